package dev.tarn.cli;

import dev.tarn.cli.client.RequestException;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a command ends: one number for each class of error, so that a script can tell what to do next. */
public enum ExitCode {
    OK(0, "done"),
    UNEXPECTED(1, "an unexpected error, of the server or of the command"),
    USAGE(2, "the command line is wrong"),
    NOT_ALLOWED(3, "no key, a wrong one, or one without the right"),
    NOT_FOUND(4, "what was named does not exist"),
    CONFLICT(5, "it exists already, was changed meanwhile, or was cancelled"),
    WRONG_INPUT(6, "the statement, the file or a value is wrong"),
    UNREACHABLE(7, "no server, or the connection broke"),
    TRY_LATER(8, "out of time, too much at once, stopping, or storage full: try again later");

    final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    static ExitCode of(RequestException failure) {
        return switch (failure) {
            case RequestException.Refused refused -> ofStatus(refused.problem().status());
            case RequestException.Unreachable unreachable -> UNREACHABLE;
            case RequestException.Broken broken -> UNREACHABLE;
            case RequestException.Strange strange -> UNEXPECTED;
        };
    }

    static ExitCode ofStatus(int status) {
        return switch (status) {
            case 401, 403 -> NOT_ALLOWED;
            case 404 -> NOT_FOUND;
            case 409 -> CONFLICT;
            case 400, 413, 415, 422 -> WRONG_INPUT;
            case 408, 429, 503, 507 -> TRY_LATER;
            default -> UNEXPECTED;
        };
    }

    /** For the help of every command. */
    static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (ExitCode code : values()) {
            meanings.put(Integer.toString(code.number), code.meaning);
        }
        return meanings;
    }
}

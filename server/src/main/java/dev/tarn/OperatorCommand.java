package dev.tarn;

import dev.tarn.backup.Passphrase;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** What commands for the person at this machine have in common: their answer, their failure, their exit code. */
final class OperatorCommand {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private OperatorCommand() {}

    /** An answer as data and as sentences. */
    record Answer(Object data, String text) {}

    static int run(CommandSpec spec, boolean json, Supplier<Answer> work) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            Answer answer = work.get();
            out.println(json ? JSON.writeValueAsString(answer.data()) : answer.text());
            out.flush();
            return 0;
        } catch (TarnException e) {
            return tell(err, json, e);
        } catch (RuntimeException e) {
            String reason = e.getCause() instanceof IOException cause ? " (" + cause.getMessage() + ")" : "";
            String sentence = e.getMessage() == null ? e.toString() : e.getMessage() + reason;
            return tell(err, json, new TarnException(ErrorCode.INTERNAL, sentence, e));
        }
    }

    private static int tell(PrintWriter err, boolean json, TarnException failure) {
        if (json) {
            Map<String, Object> problem = new LinkedHashMap<>();
            problem.put("code", failure.code().name().toLowerCase(Locale.ROOT));
            problem.put("detail", failure.message());
            problem.putAll(failure.details());
            err.println(JSON.writeValueAsString(problem));
        } else {
            err.println("tarn: " + failure.message());
        }
        err.flush();
        return exitCode(failure.code());
    }

    /** The command line's classes of failures; see docs/cli.md. */
    private static int exitCode(ErrorCode code) {
        return switch (code.status()) {
            case 401, 403 -> 3;
            case 404 -> 4;
            case 409 -> 5;
            case 400, 413, 415, 422 -> 6;
            case 408, 429, 503, 507 -> 8;
            default -> 1;
        };
    }

    /** The first line of standard input. */
    static Passphrase passphrase() {
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            String line = in.readLine();
            return new Passphrase(line == null ? "" : line);
        } catch (IOException e) {
            throw new UncheckedIOException("The passphrase cannot be read", e);
        }
    }

    static String version() {
        String version = OperatorCommand.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0" : version;
    }
}

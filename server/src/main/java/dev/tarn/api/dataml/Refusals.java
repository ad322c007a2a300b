package dev.tarn.api.dataml;

import dev.tarn.api.ContractFailure;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Failures in the words of the web framework and the project template that the contract's server was built on. */
final class Refusals {
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;

    private Refusals() {}

    private static ContractFailure detail(int status, Object detail) {
        return new ContractFailure(status, Map.of("detail", detail));
    }

    /** What does not fit, one entry a field. */
    static ContractFailure invalid(List<Map<String, Object>> problems) {
        return detail(UNPROCESSABLE, problems);
    }

    static ContractFailure unreadableBody() {
        return detail(BAD_REQUEST, "There was an error parsing the body");
    }

    static ContractFailure unknownUser() {
        return detail(NOT_FOUND, "User not found");
    }

    static ContractFailure unknownTenant() {
        return detail(NOT_FOUND, "Tenant not found");
    }

    /** Runs a sign-in; the same answer whatever was wrong. */
    static <T> T login(Supplier<T> work) {
        return told(work, ErrorCode.UNAUTHENTICATED, detail(BAD_REQUEST, "Incorrect email or password"));
    }

    /** Runs what carries its own token. */
    static <T> T withToken(Supplier<T> work) {
        return told(work, ErrorCode.UNAUTHENTICATED, detail(FORBIDDEN, "Could not validate credentials"));
    }

    /** Runs what names a user. */
    static <T> T ofUser(Supplier<T> work) {
        return told(work, ErrorCode.NOT_FOUND, unknownUser());
    }

    private static <T> T told(Supplier<T> work, ErrorCode code, ContractFailure instead) {
        try {
            return work.get();
        } catch (TarnException e) {
            if (e.code() == code) {
                instead.initCause(e);
                throw instead;
            }
            throw e;
        }
    }
}

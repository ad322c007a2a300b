package dev.tarn.api;

import dev.tarn.access.Caller;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Which failures are answers: the same request would be refused again. Not what may be otherwise in a moment (the server's own
 * failures, limits, quotas), nor who may not: rights are looked at each time.
 */
final class LastingRefusals {
    private static final Set<Integer> STATUSES = Set.of(400, 404, 405, 406, 409, 422);

    private LastingRefusals() {}

    /** The failure as its contract answers it, when it will stay. */
    static Optional<Answer> of(Caller caller, Contract contract, RuntimeException failure) {
        if (failure instanceof ContractFailure own) {
            return answer(own.status(), own.body());
        }
        if (failure instanceof TarnException own && !own.code().retryable()) {
            FailureShapes.Shape shape =
                    FailureShapes.of(contract, Failure.of(own), caller.origin().requestId());
            return own.code() == ErrorCode.IDEMPOTENCY_CONFLICT
                    ? Optional.empty()
                    : answer(shape.status(), shape.body());
        }
        return Optional.empty();
    }

    private static Optional<Answer> answer(int status, Object body) {
        return STATUSES.contains(status)
                ? Optional.of(Answer.of(status, new String(FailureRenderer.bytes(body), StandardCharsets.UTF_8)))
                : Optional.empty();
    }
}

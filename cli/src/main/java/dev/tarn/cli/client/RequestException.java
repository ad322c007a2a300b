package dev.tarn.cli.client;

import java.net.URI;

/** A request that brought no answer to work with: {@link Refused}, {@link Unreachable}, {@link Broken} or {@link Strange}. */
@SuppressWarnings("serial")
public abstract sealed class RequestException extends Exception {

    private RequestException(String message) {
        super(message);
    }

    /** The server answered with an error. */
    public static final class Refused extends RequestException {
        private final Problem problem;

        public Refused(Problem problem) {
            super(problem.detail());
            this.problem = problem;
        }

        public Problem problem() {
            return problem;
        }
    }

    /** No connection was made, so nothing was done. */
    public static final class Unreachable extends RequestException {
        public Unreachable(URI url, String reason) {
            super("No server answers at " + url + " (" + reason
                    + "). Start one with `tarn serve` or `tarn quickstart`, or name another with --url.");
        }
    }

    /** The connection was lost after the request was sent; whether it was carried out is not known. */
    public static final class Broken extends RequestException {
        public Broken(URI url, String reason) {
            super("The connection to " + url + " broke before the answer was complete (" + reason + ").");
        }
    }

    /** Something answered that is not Tarn's API. */
    public static final class Strange extends RequestException {
        public Strange(URI url, String what) {
            super(url + " answered " + what + ", which is not Tarn's API. Check --url.");
        }
    }
}

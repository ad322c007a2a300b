package dev.tarn.api;

import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Repeating;
import dev.tarn.sql.StatementRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Ends statements whose clients have gone: twice a second one thread looks whether the connections of those that run are still
 * open. A look reads without waiting; what it finds (the next request of a client that does not wait for answers) stays in the
 * connection's buffer, where Tomcat takes it from in its turn. Nobody looks while an answer is written. A client that closes
 * its sending half counts as gone, as it does for most proxies; behind a proxy it is the proxy's connection that counts.
 */
public final class Clients implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
    private final Repeating look;

    Clients() {
        this.look = Repeating.start("tarn-clients", LOOK, () -> waiting.forEach(Waiting::look));
    }

    /** Carries a statement out, and cancels it as soon as the client of this thread's request has closed its connection. */
    public <T> T whileThere(StatementRequest request, Function<StatementRequest, T> work) {
        Optional<SocketWrapperBase<?>> connection = Http.connection();
        if (connection.isEmpty()) {
            return work.apply(request);
        }
        try (Waiting client = new Waiting(connection.get(), request.cancellation())) {
            waiting.add(client);
            return work.apply(request);
        }
    }

    @Override
    public void close() {
        look.close();
    }

    /** A client that waits for its answer. */
    private final class Waiting implements AutoCloseable {
        private final SocketWrapperBase<?> connection;
        private final Cancellation cancellation;
        private boolean over;

        Waiting(SocketWrapperBase<?> connection, Cancellation cancellation) {
            this.connection = connection;
            this.cancellation = cancellation;
        }

        void look() {
            if (hasGone()) {
                waiting.remove(this);
                cancellation.clientGone();
            }
        }

        /** The lock keeps the look apart from what the request's own thread does with the connection afterwards. */
        private synchronized boolean hasGone() {
            if (over) {
                return false;
            }
            try {
                connection.isReadyForRead();
                return false;
            } catch (IOException e) {
                return true;
            }
        }

        @Override
        public void close() {
            waiting.remove(this);
            synchronized (this) {
                over = true;
            }
        }
    }
}

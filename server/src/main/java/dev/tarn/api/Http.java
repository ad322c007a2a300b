package dev.tarn.api;

import java.io.IOException;
import java.util.Optional;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP as Tomcat speaks it, which besides tells each thread whose connection it works for. Tomcat itself looks at a connection
 * only between requests, so a request that is being worked at never learns that its client has gone.
 */
public final class Http extends Http11NioProtocol {
    private static final ThreadLocal<SocketWrapperBase<?>> CONNECTION = new ThreadLocal<>();

    /** The connection whose request this thread works at; empty for other threads. */
    static Optional<SocketWrapperBase<?>> connection() {
        return Optional.ofNullable(CONNECTION.get());
    }

    @Override
    protected Processor createProcessor() {
        return new Http11Processor(this, getAdapter()) {
            @Override
            public AbstractEndpoint.Handler.SocketState service(SocketWrapperBase<?> connection) throws IOException {
                CONNECTION.set(connection);
                try {
                    return super.service(connection);
                } finally {
                    CONNECTION.remove();
                }
            }
        };
    }
}

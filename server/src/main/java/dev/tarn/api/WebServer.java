package dev.tarn.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** Tomcat as we want it: our address, bounded in every way, and silent about itself. */
final class WebServer implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, AutoCloseable {
    private static final int HEADER_BYTES = 16 * 1024;
    private static final int THREADS = 300;
    private static final int READ_BYTES = 64 * 1024;
    private static final int SWALLOWED_BYTES = 32 * 1024 * 1024;

    private final ServerSettings settings;
    private final Optional<Tls> tls;

    WebServer(ServerSettings settings, Optional<Tls> tls) {
        this.settings = settings;
        this.tls = tls;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        try {
            factory.setAddress(InetAddress.getByName(settings.host()));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "The host " + settings.host() + " is unknown; choose another with --host", e);
        }
        factory.setPort(settings.port());
        factory.setProtocol(Http.class.getName());
        factory.addContextCustomizers(WebServer::reportLikeUs);
        factory.addConnectorCustomizers(connector -> {
            // A name with a slash travels as %2F, one with a backslash as %5C, and is one segment.
            connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
            connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
            if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                http.setMaxHttpRequestHeaderSize(HEADER_BYTES);
                http.setMaxThreads(THREADS);
                // Nested parameters, pageCursor[lastStartTime], come as they are from some clients.
                http.setRelaxedQueryChars("[]");
                // Large uploads come in large pieces: with the default of 8 KB the calls cost more than the bytes.
                http.setProperty("socket.appReadBufSize", Integer.toString(READ_BYTES));
                // What is left of a refused body is read up to here, so that the client sees the answer and not a
                // reset.
                http.setMaxSwallowSize(SWALLOWED_BYTES);
                // A client that asks first is told to go on when the body is wanted: a load that is refused costs it
                // nothing.
                http.setContinueResponseTiming("onRead");
            }
            tls.ifPresent(files -> files.putOn(connector));
        });
    }

    private static void reportLikeUs(Context context) {
        if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(BareRequestFailure.class.getName());
        }
    }

    @Override
    public void close() {
        tls.ifPresent(Tls::close);
    }
}

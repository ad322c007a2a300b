package dev.tarn.api.drls;

import dev.tarn.api.EdgeSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The address of this server's Iceberg REST catalog, as whoever asks reaches it. */
@Component
class OwnAddress {
    private static final String PATH = "/iceberg";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final EdgeSettings edge;

    OwnAddress(EdgeSettings edge) {
        this.edge = edge;
    }

    /** What the client is told: by the address that the operator has set, else by the one that it has used. */
    String of(HttpServletRequest request) {
        return edge.address().orElseGet(() -> asReached(request)) + PATH;
    }

    /** Whether an address is this server's; the host that the request names is believed, since it is told to nobody else. */
    boolean is(String address, HttpServletRequest request) {
        Optional<URI> uri = parsed(address.replaceFirst("/+$", ""));
        return uri.filter(any -> PATH.equals(any.getRawPath()) || (PATH + "/v1").equals(any.getRawPath()))
                .filter(any -> any.getRawQuery() == null && any.getRawUserInfo() == null)
                .filter(any -> isHere(any, request))
                .isPresent();
    }

    private boolean isHere(URI uri, HttpServletRequest request) {
        String there = authority(uri);
        boolean loopback = LOOPBACK.contains(String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT))
                && port(uri) == request.getLocalPort();
        return loopback
                || there.equals(
                        parsed(asReached(request)).map(OwnAddress::authority).orElse(""))
                || edge.address()
                        .flatMap(OwnAddress::parsed)
                        .map(OwnAddress::authority)
                        .filter(there::equals)
                        .isPresent();
    }

    private static String asReached(HttpServletRequest request) {
        int port = request.getServerPort();
        boolean usual = port == (request.isSecure() ? 443 : 80);
        return request.getScheme() + "://" + request.getServerName() + (usual ? "" : ":" + port);
    }

    private static String authority(URI uri) {
        return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port(uri);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    private static Optional<URI> parsed(String address) {
        try {
            return Optional.of(URI.create(address));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

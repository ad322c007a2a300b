package dev.tarn.api;

import dev.tarn.platform.network.AddressRange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request as its client sent it. Behind proxies that the operator trusts, the client is the last address of X-Forwarded-For
 * that is not such a proxy's: whatever stands further to the left, the client may have written itself. From everybody else
 * these headers say nothing.
 */
final class ClientSide {
    /** Proxies in a row; whoever sends more is not listened to. */
    private static final int MOST_HOPS = 32;

    private final List<AddressRange> proxies;

    ClientSide(EdgeSettings settings) {
        this.proxies = settings.proxies();
    }

    HttpServletRequest of(HttpServletRequest request) {
        Optional<InetAddress> peer = AddressRange.address(withoutZone(request.getRemoteAddr()));
        if (peer.isEmpty() || !isProxy(peer.get())) {
            return request;
        }
        boolean secure = proto(request).map("https"::equals).orElse(request.isSecure());
        return new Forwarded(request, client(request, peer.get()).getHostAddress(), secure);
    }

    private boolean isProxy(InetAddress address) {
        return AddressRange.anyContains(proxies, address);
    }

    private InetAddress client(HttpServletRequest request, InetAddress peer) {
        List<String> hops = values(request, "X-Forwarded-For");
        InetAddress client = peer;
        for (int i = hops.size() - 1; i >= Math.max(0, hops.size() - MOST_HOPS); i--) {
            Optional<InetAddress> hop = AddressRange.address(withoutPort(hops.get(i)));
            if (hop.isEmpty()) {
                break; // a trusted proxy writes addresses; beyond anything else nothing can be believed
            }
            client = hop.get();
            if (!isProxy(client)) {
                break;
            }
        }
        return client;
    }

    private static Optional<String> proto(HttpServletRequest request) {
        List<String> values = values(request, "X-Forwarded-Proto");
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.getFirst().toLowerCase(Locale.ROOT))
                        .filter(text -> text.equals("https") || text.equals("http"));
    }

    private static List<String> values(HttpServletRequest request, String header) {
        List<String> values = new ArrayList<>();
        for (String line : Collections.list(request.getHeaders(header))) {
            for (String value : line.split(",", -1)) {
                values.add(value.strip());
            }
        }
        return values;
    }

    /** {@code 192.0.2.1:4711} and {@code [2001:db8::1]:4711} are addresses with a port. */
    private static String withoutPort(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? text : text.substring(1, end);
        }
        int colon = text.indexOf(':');
        return colon >= 0 && colon == text.lastIndexOf(':') ? text.substring(0, colon) : text;
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    private static final class Forwarded extends HttpServletRequestWrapper {
        private final String address;
        private final boolean secure;

        Forwarded(HttpServletRequest request, String address, boolean secure) {
            super(request);
            this.address = address;
            this.secure = secure;
        }

        @Override
        public String getRemoteAddr() {
            return address;
        }

        @Override
        public String getRemoteHost() {
            return address;
        }

        @Override
        public boolean isSecure() {
            return secure;
        }

        @Override
        public String getScheme() {
            return secure ? "https" : "http";
        }
    }
}

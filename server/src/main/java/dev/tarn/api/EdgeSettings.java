package dev.tarn.api;

import dev.tarn.platform.network.AddressRange;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What stands between the server and its clients.
 *
 * @param trustedProxies address ranges of proxies, {@code 10.0.0.0/8,fd00::/8}: only their X-Forwarded-For and X-Forwarded-Proto
 *     count; everybody else's are ignored
 * @param publicUrl the address under which people reach the server, {@code https://tarn.example.com}; a sign-in through another
 *     identity provider comes back to it, and {@code credentials.json} names it
 */
@ConfigurationProperties("tarn.server")
public record EdgeSettings(
        @DefaultValue List<String> trustedProxies, @Nullable String publicUrl) {
    public EdgeSettings {
        trustedProxies = List.copyOf(trustedProxies);
        trustedProxies.forEach(EdgeSettings::range);
        if (publicUrl != null) {
            publicUrl = checked(publicUrl.strip());
        }
    }

    List<AddressRange> proxies() {
        return trustedProxies.stream().map(EdgeSettings::range).toList();
    }

    /** The address for people, without a slash at its end. */
    public Optional<String> address() {
        return Optional.ofNullable(publicUrl);
    }

    private static AddressRange range(String text) {
        try {
            return AddressRange.of(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("tarn.server.trusted-proxies: " + e.getMessage(), e);
        }
    }

    private static String checked(String text) {
        try {
            URI uri = URI.create(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("https") || scheme.equals("http");
            boolean bare = uri.getRawPath() == null
                    || uri.getRawPath().isEmpty()
                    || uri.getRawPath().equals("/");
            if (web && bare && uri.getHost() != null && uri.getRawQuery() == null && uri.getRawUserInfo() == null) {
                return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new IllegalArgumentException(
                "tarn.server.public-url must be like https://tarn.example.com, without a path; it is " + text);
    }
}

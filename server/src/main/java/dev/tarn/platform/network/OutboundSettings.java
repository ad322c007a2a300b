package dev.tarn.platform.network;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which addresses the server itself calls when a tenant's setting names a URL.
 *
 * @param allowPrivate ranges of private addresses that may be called, {@code 10.0.0.0/8}; public addresses always may, over
 *     https; these also over http
 */
@ConfigurationProperties("tarn.outbound")
public record OutboundSettings(@DefaultValue List<String> allowPrivate) {
    public OutboundSettings {
        allowPrivate = List.copyOf(allowPrivate);
        try {
            allowPrivate.forEach(text -> AddressRange.of(text.strip()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("tarn.outbound.allow-private: " + e.getMessage(), e);
        }
    }

    List<AddressRange> ranges() {
        return allowPrivate.stream().map(text -> AddressRange.of(text.strip())).toList();
    }
}

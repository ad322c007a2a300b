package dev.tarn.api;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * TLS; without these two the server speaks plain HTTP. The files are read again when they change.
 *
 * @param certificate a PEM file with the server's certificate and then those between it and the authority
 * @param privateKey a PEM file with the certificate's private key, not encrypted
 * @param reload how often the files are looked at
 */
@ConfigurationProperties("tarn.server.tls")
public record TlsSettings(
        @Nullable Path certificate,
        @Nullable Path privateKey,
        @DefaultValue("10s") Duration reload) {
    public TlsSettings {
        if ((certificate == null) != (privateKey == null)) {
            throw new IllegalArgumentException(
                    "tarn.server.tls.certificate and tarn.server.tls.private-key go together; give both or neither");
        }
        if (reload.isNegative() || reload.isZero()) {
            throw new IllegalArgumentException("tarn.server.tls.reload must be longer than nothing");
        }
    }

    /** Whether the server speaks TLS itself. */
    public boolean isOn() {
        return certificate != null;
    }
}

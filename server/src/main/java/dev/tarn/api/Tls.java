package dev.tarn.api;

import dev.tarn.platform.Repeating;
import dev.tarn.platform.TarnException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS 1.2 and 1.3 on the server's port. Connections that are open keep the certificate that they began with. */
final class Tls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);
    private static final Duration WARNING = Duration.ofDays(14);

    /** Those of TLS 1.2 with forward secrecy and authenticated encryption; all of 1.3, which are not named here, have both. */
    private static final String CIPHERS = String.join(
            ":",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

    private final Path certificate;
    private final Path privateKey;
    private final Clock clock;
    private final Duration look;
    private TlsFiles used;
    private String lastTrouble = "";
    private @Nullable AbstractHttp11Protocol<?> http;
    private @Nullable Repeating looking;

    private Tls(Path certificate, Path privateKey, Clock clock, Duration look) {
        this.certificate = certificate;
        this.privateKey = privateKey;
        this.clock = clock;
        this.look = look;
        this.used = TlsFiles.read(certificate, privateKey);
    }

    /** Reads the files; a server whose certificate cannot be used does not start. */
    static Tls of(TlsSettings settings, Clock clock) {
        return new Tls(
                Objects.requireNonNull(settings.certificate()).toAbsolutePath(),
                Objects.requireNonNull(settings.privateKey()).toAbsolutePath(),
                clock,
                settings.reload());
    }

    void putOn(Connector connector) {
        connector.setScheme("https");
        connector.setSecure(true);
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
            protocol.setSSLEnabled(true);
            protocol.addSslHostConfig(hostConfig());
            http = protocol;
            warnOfTheEnd();
            looking = Repeating.start("tarn-tls", look, this::lookAgain);
        }
    }

    private SSLHostConfig hostConfig() {
        SSLHostConfig config = new SSLHostConfig();
        config.setProtocols("TLSv1.2+TLSv1.3");
        config.setCiphers(CIPHERS);
        config.setHonorCipherOrder(true);
        SSLHostConfigCertificate files = new SSLHostConfigCertificate(config, SSLHostConfigCertificate.Type.UNDEFINED);
        files.setCertificateFile(certificate.toString());
        files.setCertificateKeyFile(privateKey.toString());
        config.addCertificate(files);
        return config;
    }

    private void lookAgain() {
        try {
            TlsFiles found = TlsFiles.read(certificate, privateKey);
            if (!found.sameAs(used)) {
                Objects.requireNonNull(http).addSslHostConfig(hostConfig(), true);
                used = found;
                LOG.info("TLS: the new certificate is in use, good until {}", found.expiresAt());
                warnOfTheEnd();
            }
            lastTrouble = "";
        } catch (TarnException | IllegalArgumentException e) {
            String trouble = String.valueOf(e.getMessage());
            if (!trouble.equals(lastTrouble)) {
                LOG.warn("The certificate of before stays in use. {}", trouble);
                lastTrouble = trouble;
            }
        }
    }

    private void warnOfTheEnd() {
        if (used.expiresAt().isBefore(clock.instant().plus(WARNING))) {
            LOG.warn("TLS: the certificate in {} is good until {} only; replace it", certificate, used.expiresAt());
        }
    }

    @Override
    public void close() {
        if (looking != null) {
            looking.close();
        }
    }
}

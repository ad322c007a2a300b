package dev.tarn.api;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.tomcat.util.net.jsse.PEMFile;
import org.jspecify.annotations.Nullable;

/**
 * A certificate and its key as they are on the disk at one moment. Two files are never replaced in one step, so they are only
 * used when they belong together.
 *
 * @param contents of both files, to notice a change
 */
record TlsFiles(Path certificate, Path privateKey, List<byte[]> contents, Instant expiresAt) {

    /**
     * Reads both files.
     *
     * @throws TarnException {@code INVALID_REQUEST} when one is missing, is none, or they do not belong together
     */
    static TlsFiles read(Path certificate, Path privateKey) {
        try {
            List<byte[]> contents = List.of(Files.readAllBytes(certificate), Files.readAllBytes(privateKey));
            List<X509Certificate> chain = new PEMFile(certificate.toString()).getCertificates();
            PrivateKey key = new PEMFile(privateKey.toString()).getPrivateKey();
            if (chain.isEmpty()) {
                throw unusable("%s holds no certificate in PEM form".formatted(certificate), null);
            }
            if (key == null) {
                throw unusable("%s holds no private key in PEM form".formatted(privateKey), null);
            }
            if (!belongTogether(chain.getFirst(), key)) {
                throw unusable("%s is not the key of the certificate in %s".formatted(privateKey, certificate), null);
            }
            return new TlsFiles(
                    certificate,
                    privateKey,
                    contents,
                    chain.getFirst().getNotAfter().toInstant());
        } catch (IOException | GeneralSecurityException e) {
            throw unusable("%s or %s cannot be read (%s)".formatted(certificate, privateKey, e.getMessage()), e);
        }
    }

    private static TarnException unusable(String sentence, @Nullable Exception cause) {
        String message = "TLS: " + sentence + "; correct tarn.server.tls.certificate and tarn.server.tls.private-key";
        return cause == null
                ? new TarnException(ErrorCode.INVALID_REQUEST, message)
                : new TarnException(ErrorCode.INVALID_REQUEST, message, cause);
    }

    private static boolean belongTogether(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        byte[] text = "do they belong together".getBytes(StandardCharsets.UTF_8);
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(text);
        return signature.verify(signed);
    }

    boolean sameAs(TlsFiles other) {
        return Arrays.equals(contents.getFirst(), other.contents.getFirst())
                && Arrays.equals(contents.getLast(), other.contents.getLast());
    }
}

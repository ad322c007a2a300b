package dev.tarn.adoption;

import dev.tarn.access.Caller;
import dev.tarn.access.StoredSecrets;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What opens another's REST catalog. It is kept sealed while the adoption runs, and never shown.
 *
 * @param value a bearer token, or {@code id:secret} that the catalog gives a token for
 */
public record CatalogSecret(Kind kind, String value) {
    private static final int LONGEST = 16 * 1024;

    /** What it is. */
    public enum Kind {
        TOKEN,
        CREDENTIAL;

        /** What Iceberg's clients call it. */
        String property() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The secret itself, where {@code secret:NAME} stands for a stored one.
     *
     * @throws TarnException {@code INVALID_REQUEST} for what no catalog takes, {@code NOT_FOUND} when none is stored under that name
     */
    CatalogSecret opened(Caller caller, StoredSecrets stored) {
        String plain = value.startsWith(StoredSecrets.REFERENCE)
                ? stored.use(caller, value.substring(StoredSecrets.REFERENCE.length()))
                : value;
        boolean printable = plain.chars().allMatch(letter -> letter > ' ' && letter < 127);
        if (plain.isEmpty() || plain.length() > LONGEST || !printable) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The catalog's token or credential has 1 to %,d printable ASCII characters without blanks"
                            .formatted(LONGEST));
        }
        return new CatalogSecret(kind, plain);
    }

    byte[] bytes() {
        return (kind.name() + ":" + value).getBytes(StandardCharsets.UTF_8);
    }

    static CatalogSecret of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int colon = text.indexOf(':');
        return new CatalogSecret(Kind.valueOf(text.substring(0, colon)), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return "CatalogSecret[" + kind + "]";
    }
}

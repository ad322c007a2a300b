package dev.tarn.adoption;

import java.nio.charset.StandardCharsets;

/**
 * What opens another's REST catalog. It is kept sealed while the adoption runs, and never shown.
 *
 * @param value a bearer token, or {@code id:secret} that the catalog gives a token for
 */
public record CatalogSecret(Kind kind, String value) {
    /** What it is. */
    public enum Kind {
        TOKEN,
        CREDENTIAL
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

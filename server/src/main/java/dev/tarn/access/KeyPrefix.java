package dev.tarn.access;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a key begins: as the clients of a contract expect it, and so that scanners of repositories recognise a leaked one. All keys
 * are of one kind, and each works with every contract.
 */
public enum KeyPrefix {
    TARN("dlx_sk_v1_"),
    DATIXLAB("sk_live_"),
    DATALINKS("dl_sk_v1_");

    private final String text;

    KeyPrefix(String text) {
        this.text = text;
    }

    /** The first characters of the key. */
    public String text() {
        return text;
    }

    /** The prefix that is written so. */
    public static Optional<KeyPrefix> named(String text) {
        return Arrays.stream(values())
                .filter(prefix -> prefix.text.equals(text))
                .findFirst();
    }

    /** The prefix that a key begins with. */
    static Optional<KeyPrefix> of(String key) {
        return Arrays.stream(values())
                .filter(prefix -> key.startsWith(prefix.text))
                .findFirst();
    }
}

package dev.tarn.access;

/**
 * A key just made.
 *
 * @param secret the key itself; it is shown this once and then known only by its hash
 */
public record NewKey(ApiKey key, String secret) {
    @Override
    public String toString() {
        return "NewKey[" + key.prefix() + "...]";
    }
}

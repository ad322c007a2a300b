package dev.tarn.access;

/** What a sign-in or a refresh brought; both are shown once. */
public record IssuedTokens(String access, String refresh) {
    /** Both are secret. */
    @Override
    public String toString() {
        return "IssuedTokens[...]";
    }
}

package dev.tarn.contracts;

import java.util.Arrays;

/** How much of an operation a client finds on this server. */
public enum State {
    SERVED("served", "served"),
    PARTLY("partly", "served in part"),
    NOT_YET("not-yet", "not yet");

    private final String word;
    private final String phrase;

    State(String word, String phrase) {
        this.word = word;
        this.phrase = phrase;
    }

    static State of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("x-tarn-state is '" + word + "'"));
    }

    /** Whether a handler exists. */
    public boolean handled() {
        return this != NOT_YET;
    }

    String phrase() {
        return phrase;
    }
}

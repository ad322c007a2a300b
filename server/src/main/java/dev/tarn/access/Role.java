package dev.tarn.access;

/**
 * A name for what some users may.
 *
 * @param number unique on the server; 0 for a built-in role
 * @param members how many users have it
 */
public record Role(String name, boolean builtIn, String description, long number, long members) {}

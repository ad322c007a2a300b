package dev.tarn.access;

/** A user with whom a table or a namespace is shared. */
public record Share(String username, ShareRole role) {}

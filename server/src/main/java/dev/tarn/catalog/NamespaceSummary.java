package dev.tarn.catalog;

/**
 * A namespace in a list.
 *
 * @param name its levels joined by dots: {@code shop}, {@code shop.eu}
 * @param tableCount tables and views directly in it
 */
public record NamespaceSummary(String name, long tableCount) {}

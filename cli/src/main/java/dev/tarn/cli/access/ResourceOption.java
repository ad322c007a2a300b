package dev.tarn.cli.access;

import picocli.CommandLine.Option;

/** What a grant or a question is about. */
final class ResourceOption {
    @Option(
            names = "--on",
            required = true,
            paramLabel = "RESOURCE",
            completionCandidates = Candidates.Resources.class,
            description = "A kind and a name, for example table:iceberg.shop.orders, namespace:shop (its tables too),"
                    + " column:shop.orders.status, 'agent:*' (all of a kind), '*' (everything).")
    private String on = "";

    String on() {
        return on;
    }
}

package dev.tarn.cli;

import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.TarnClient;
import dev.tarn.cli.output.Amount;
import dev.tarn.cli.output.CellText;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        description =
                "Show a table: columns, rows, size, description; and when asked a profile of its values, or its snapshots.",
        footer = {
            "",
            "Examples:",
            "  tarn describe iceberg.shop.orders",
            "  tarn describe shop.orders --profile",
            "  tarn describe shop.orders --snapshots --json"
        })
final class DescribeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(index = "0", paramLabel = "TABLE", description = "With or without `iceberg.` before it.")
    private String table = "";

    @Option(
            names = "--profile",
            description = "Of each column: NULLs, distinct values, least and greatest, mean, most frequent.")
    private boolean profile;

    @Option(names = "--snapshots", description = "What changed the table and when, newest first.")
    private boolean snapshots;

    DescribeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        TarnClient client = server.client(terminal);
        String path = "/tarn/v1/tables/" + TarnClient.encode(fullName(table));
        Map<String, @Nullable Object> all =
                new LinkedHashMap<>(client.fetch(path).members());
        if (profile) {
            all.put("profile", client.fetch(path + "/profile"));
        }
        if (snapshots) {
            all.put("snapshots", client.fetchAll(path + "/snapshots", "snapshots"));
        }
        JsonObject answer = new JsonObject(all);
        if (server.json) {
            terminal.out().println(Json.write(answer));
        } else {
            print(answer);
        }
        return ExitCode.OK.number;
    }

    /** The API names tables in full; a person leaves the only catalog out. */
    static String fullName(String name) {
        return name.startsWith("iceberg.") ? name : "iceberg." + name;
    }

    /** Whoever may see a part of a table alone is not told how large it is. */
    private static String size(JsonObject answer) {
        if (answer.text("kind", "table").equals("view")) {
            return "a view";
        }
        return answer.truth("limited")
                ? "you may see a part of it"
                : Amount.rows(answer.number("row_count")) + ", " + Amount.bytes(answer.number("size_bytes")) + " in "
                        + Amount.count(answer.number("file_count"))
                        + (answer.number("file_count") == 1 ? " file" : " files");
    }

    private void print(JsonObject answer) {
        PrintStream out = terminal.out();
        out.println(CellText.visible(answer.text("name", table)) + ": " + size(answer) + ", changed "
                + answer.text("updated_at", "never"));
        String description = answer.text("description");
        if (description != null && !description.isBlank()) {
            out.println(CellText.visible(description));
        }
        if (!answer.texts("tags").isEmpty()) {
            out.println("Tags: " + CellText.visible(String.join(", ", answer.texts("tags"))));
        }
        out.println();
        new Listing()
                .text("column", "name")
                .text("type", "type")
                .text("nullable", column -> column.truth("nullable") ? "yes" : "no")
                .text("description", column -> column.text("description", column.text("comment", "")))
                .print(out, answer.objects("columns"));
        JsonObject found = answer.object("profile");
        if (found != null) {
            printProfile(out, found);
        }
        if (answer.value("snapshots") != null) {
            out.println();
            new Listing()
                    .text("snapshot", "snapshot_id")
                    .text("at", "committed_at")
                    .text("by", "operation")
                    .count("rows added", "added_rows")
                    .count("deleted", "deleted_rows")
                    .count("rows then", "total_rows")
                    .bytes("size then", "total_bytes")
                    .text("", snapshot -> snapshot.truth("current") ? "current" : "")
                    .print(out, answer.objects("snapshots"));
        }
    }

    private static void printProfile(PrintStream out, JsonObject profile) {
        out.println();
        out.println("Profile of " + Amount.rows(profile.number("profiled_rows")) + ":");
        new Listing()
                .text("column", "name")
                .count("nulls", "nulls")
                .count("distinct", "distinct")
                .text("least", column -> Listing.shortened(column.text("min"), 24))
                .text("greatest", column -> Listing.shortened(column.text("max"), 24))
                .text("mean", column -> column.value("mean"))
                .text("most frequent", DescribeCommand::mostFrequent)
                .print(out, profile.objects("columns"));
    }

    private static String mostFrequent(JsonObject column) {
        List<JsonObject> top = column.objects("top_values");
        return top.stream()
                .limit(3)
                .map(value -> Listing.shortened(CellText.visible(value.value("value")), 16) + " ("
                        + Amount.count(value.number("count")) + ")")
                .collect(Collectors.joining(", "));
    }
}

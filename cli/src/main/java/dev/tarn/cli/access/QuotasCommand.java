package dev.tarn.cli.access;

import dev.tarn.cli.CommandException;
import dev.tarn.cli.CommandGroup;
import dev.tarn.cli.Listing;
import dev.tarn.cli.ServerCommand;
import dev.tarn.cli.Terminal;
import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.PathQuery;
import dev.tarn.cli.client.TarnClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "quotas",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "show|set",
        description = "Show and set how much a tenant may store and scan at most.",
        footer = {
            "",
            "Examples:",
            "  tarn quotas show",
            "  tarn quotas set --storage 500GB --scanned-day 1TB --scanned-month none"
        })
final class QuotasCommand extends CommandGroup {
    private static final String PATH = "/tarn/v1/quotas";

    private static void print(JsonObject standing, Terminal terminal) {
        JsonObject used = standing.object("used");
        List<JsonObject> rows = List.of(
                row("storage", "storage_bytes", standing, used),
                row("scanned today (UTC)", "scanned_bytes_day", standing, used),
                row("scanned this month", "scanned_bytes_month", standing, used));
        new Listing()
                .text("quota", "quota")
                .bytes("used", "used")
                .text("at most", row -> ByteSize.text(row.value("limit")))
                .print(terminal.out(), rows);
    }

    private static JsonObject row(String quota, String member, JsonObject standing, @Nullable JsonObject used) {
        return JsonObject.of(
                "quota", quota, "used", used == null ? null : used.value(member), "limit", standing.value(member));
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show a tenant's quotas, and what is used of them.",
            footer = {"", "Examples:", "  tarn quotas show", "  tarn quotas show --tenant default --json"})
    static final class Show extends ServerCommand {
        @Option(
                names = "--tenant",
                paramLabel = "TENANT",
                description = "Another tenant than your own, by name or id; for the operator.")
        private @Nullable String tenant;

        Show(Terminal terminal) {
            super(terminal);
        }

        @Override
        protected void run(TarnClient client) throws Exception {
            JsonObject standing = client.fetch(new PathQuery(PATH).with("tenant", tenant));
            if (json()) {
                terminal().out().println(Json.write(standing));
            } else {
                print(standing, terminal());
            }
        }
    }

    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = "Set all quotas of a tenant at once; for the operator. SIZE is " + ByteSize.FORMS
                    + ". What runs is not stopped.",
            footer = {
                "",
                "Examples:",
                "  tarn quotas set --storage 500GB --scanned-day 1TB --scanned-month none",
                "  tarn quotas set --tenant default --storage none --scanned-day none --scanned-month none"
            })
    static final class Set extends ServerCommand {
        @Option(names = "--tenant", paramLabel = "TENANT", description = "Another tenant than your own, by name or id.")
        private @Nullable String tenant;

        @Option(names = "--storage", required = true, paramLabel = "SIZE", description = "Of all its files.")
        private String storage = "";

        @Option(
                names = "--scanned-day",
                required = true,
                paramLabel = "SIZE",
                description = "What its statements may read in a day of UTC.")
        private String scannedDay = "";

        @Option(
                names = "--scanned-month",
                required = true,
                paramLabel = "SIZE",
                description = "What its statements may read in a month of UTC.")
        private String scannedMonth = "";

        Set(Terminal terminal) {
            super(terminal);
        }

        @Override
        protected void run(TarnClient client) throws Exception {
            JsonObject standing = client.put(PATH, wish());
            if (json()) {
                terminal().out().println(Json.write(standing));
            } else {
                print(standing, terminal());
            }
        }

        private JsonObject wish() throws CommandException {
            return JsonObject.given(
                    "tenant",
                    tenant,
                    "storage_bytes",
                    ByteSize.parse(storage, "--storage"),
                    "scanned_bytes_day",
                    ByteSize.parse(scannedDay, "--scanned-day"),
                    "scanned_bytes_month",
                    ByteSize.parse(scannedMonth, "--scanned-month"));
        }
    }
}

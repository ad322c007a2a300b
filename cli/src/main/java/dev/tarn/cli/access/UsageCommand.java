package dev.tarn.cli.access;

import dev.tarn.cli.CommandException;
import dev.tarn.cli.ExitCode;
import dev.tarn.cli.Listing;
import dev.tarn.cli.ServerCommand;
import dev.tarn.cli.Terminal;
import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.PathQuery;
import dev.tarn.cli.client.TarnClient;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "usage",
        mixinStandardHelpOptions = true,
        description = "Show what was used: calls, statements, bytes scanned, seconds of jobs, tokens of models, cost.",
        footer = {
            "",
            "Examples:",
            "  tarn usage",
            "  tarn usage --by user --since 7d",
            "  tarn usage --by day --since 2026-11-01 --time-zone Europe/Berlin --json"
        })
final class UsageCommand extends ServerCommand {
    private enum Group {
        day,
        hour,
        user,
        key,
        kind
    }

    @Option(names = "--by", paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES}; day unless told otherwise.")
    private Group by = Group.day;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description = "From when on; 30d unless told otherwise. " + Moment.FORMS)
    private String since = "30d";

    @Option(names = "--until", paramLabel = "WHEN", description = "Up to then; now unless told otherwise.")
    private @Nullable String until;

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            description = "In which days begin, for example Europe/Berlin; UTC unless told otherwise.")
    private String timeZone = "UTC";

    UsageCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected void run(TarnClient client) throws Exception {
        JsonObject usage = client.fetch(query());
        if (json()) {
            terminal().out().println(Json.write(usage));
            return;
        }
        List<JsonObject> rows = new ArrayList<>(usage.objects("rows"));
        JsonObject total = usage.object("total");
        if (total != null) {
            Map<String, @Nullable Object> last = new LinkedHashMap<>(total.members());
            last.put("group", "total");
            rows.add(new JsonObject(last));
        }
        new Listing()
                .text(by.name(), row -> Shown.name(row, "group"))
                .count("calls", "calls")
                .count("statements", "statements")
                .bytes("scanned", "bytes_scanned")
                .number("job seconds", "job_seconds")
                .count("model tokens", "model_tokens")
                .number("cost (USD)", "cost_usd")
                .print(terminal().out(), rows);
    }

    private PathQuery query() throws CommandException {
        ZoneId zone = zone();
        Instant now = terminal().clock().instant();
        return new PathQuery("/tarn/v1/usage")
                .with("by", by)
                .with("time_zone", zone)
                .with("from", Moment.ago(since, "--since", now, zone))
                .with("until", until == null ? null : Moment.ago(until, "--until", now, zone));
    }

    private ZoneId zone() throws CommandException {
        try {
            return ZoneId.of(timeZone);
        } catch (DateTimeException e) {
            throw new CommandException(
                    ExitCode.USAGE, "\"" + timeZone + "\" is no time zone; one looks like Europe/Berlin or UTC.");
        }
    }
}

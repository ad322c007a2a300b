package dev.tarn.cli.doctor;

import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;
import dev.tarn.cli.output.Amount;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** What a running server says of itself: its database, its workers, its version, its clock. */
public record ServerChecks(TarnClient client, String clientVersion, Clock clock) {
    private static final Duration SKEW = Duration.ofSeconds(5);
    private static final String SERVER = "/tarn/v1/server";

    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        Instant before = clock.instant();
        try (TarnClient.Opened answer = client.download(SERVER)) {
            findings.add(Finding.ok("server", "serves at " + client.url()));
            if (Json.read(answer.body()) instanceof JsonObject server) {
                findings.addAll(told(server));
            }
            findings.add(skew(answer.header("date"), before, clock.instant()));
        } catch (RequestException.Refused refused) {
            findings.add(refused(refused.problem().status(), refused.problem().detail()));
        } catch (RequestException | IOException e) {
            findings.add(Finding.problem("server", String.valueOf(e.getMessage()), "Start it with `tarn serve`."));
            return findings;
        }
        findings.add(workers());
        return findings;
    }

    private Finding refused(int status, String sentence) {
        return switch (status) {
            case 401 -> Finding.problem("server", sentence, "Give a key that it knows with --key or TARN_KEY.");
            case 403 ->
                Finding.warning("server", "serves, but tells you nothing of itself", "Use a key of an administrator.");
            case 404 ->
                Finding.warning("server", "serves, but is older than this command", "Stop it and start it again.");
            default -> Finding.problem("server", sentence, "Look into logs/tarn.log of its home.");
        };
    }

    private List<Finding> told(JsonObject server) {
        List<Finding> findings = new ArrayList<>();
        String version = server.text("version", "?");
        findings.add(
                version.equals(clientVersion)
                        ? Finding.ok("version", "server and command line are " + version)
                        : Finding.warning(
                                "version",
                                "the server is " + version + ", this command line " + clientVersion,
                                "Restart the server after `./build package`, or use its own clone's tarn."));
        findings.add(Finding.ok(
                "database",
                server.text("database", "?") + ", schema version " + server.value("schema_version") + ", reachable"));
        JsonObject disk = server.object("disk");
        if (disk != null) {
            long free = disk.number("free_bytes");
            long total = disk.number("total_bytes");
            String found = Amount.bytes(free) + " of " + Amount.bytes(total) + " free for tables";
            findings.add(
                    total > 0 && free < total / 50
                            ? Finding.problem("warehouse", found, "Free some space, or give the server a larger disk.")
                            : Finding.ok("warehouse", found));
        }
        return findings;
    }

    /** A statement needs a worker: that one answers is the proof. */
    private Finding workers() {
        try {
            JsonObject answer = client.post("/tarn/v1/statements", JsonObject.of("statement", "select 1 as one"));
            return Finding.ok("workers", "one answered in " + answer.number("elapsed_ms") + " ms");
        } catch (RequestException e) {
            return Finding.problem(
                    "workers",
                    String.valueOf(e.getMessage()),
                    "Look into logs/tarn.log of the server's home for why none starts.");
        }
    }

    static Finding skew(String date, Instant before, Instant after) {
        try {
            Instant theirs = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
            // Their clock is told in whole seconds.
            Duration ahead = Duration.between(after, theirs);
            Duration behind = Duration.between(theirs.plusSeconds(1), before);
            Duration off = ahead.compareTo(behind) > 0 ? ahead : behind;
            return off.compareTo(SKEW) > 0
                    ? Finding.warning(
                            "clock",
                            "the server's clock and this one differ by " + off.toSeconds() + " s",
                            "Let both follow a time server: expiring keys and sessions depend on it.")
                    : Finding.ok("clock", "the server's clock and this one agree");
        } catch (DateTimeException e) {
            return Finding.warning("clock", "the server told no time", "Look at both clocks by hand.");
        }
    }
}

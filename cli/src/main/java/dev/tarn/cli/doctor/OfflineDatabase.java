package dev.tarn.cli.doctor;

import dev.tarn.cli.client.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What the server's program found in a database that no server has open. */
public final class OfflineDatabase {
    private OfflineDatabase() {}

    public static List<Finding> findings(JsonObject answer) {
        List<Finding> findings = new ArrayList<>();
        String integrity = answer.text("integrity", "ok");
        String schema = answer.text("schema_version", "?");
        String known = answer.text("known_schema_version", schema);
        if (!integrity.equals("ok")) {
            findings.add(Finding.problem(
                    "database",
                    "it is damaged: " + integrity,
                    "Restore a backup with `tarn restore`; keep the damaged file until that is done."));
        } else if (answer.truth("newer")) {
            findings.add(Finding.problem(
                    "database",
                    "schema version " + schema + " is newer than this Tarn's " + known,
                    "Start the newer Tarn that made it."));
        } else if (answer.truth("other_build")) {
            findings.add(Finding.problem(
                    "database",
                    "its schema version " + schema + " was made by another build, on which this Tarn does not start",
                    "Start the build that made it; only unreleased builds differ within a version."));
        } else {
            findings.add(
                    Finding.ok("database", answer.text("database", "?") + ", schema version " + schema + ", whole"));
        }
        List<JsonObject> missing = answer.objects("missing");
        if (missing.isEmpty()) {
            findings.add(Finding.ok("tables", "all files of " + answer.number("tables") + " tables are there"));
        }
        for (JsonObject table : missing) {
            findings.add(Finding.problem(
                    "tables",
                    table.text("table", "?") + ": " + table.text("reason", "?"),
                    "Bring the files back to " + answer.text("warehouse", "the warehouse") + ", or drop the table."));
        }
        return findings;
    }

    public static Finding unreachable(String sentence) {
        return Finding.problem(
                "database", sentence, "Check --home, TARN_DATABASE_URL and tarn.yaml; is the database running?");
    }
}

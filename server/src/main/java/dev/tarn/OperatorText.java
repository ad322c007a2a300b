package dev.tarn;

import dev.tarn.backup.BackupReport;
import dev.tarn.backup.MissingFiles;
import dev.tarn.backup.RestoreReport;
import java.nio.file.Path;

/** What a person reads of a backup or a restore. */
final class OperatorText {
    private OperatorText() {}

    static String of(BackupReport report, Path output) {
        return """
                Backup %s: %s, written to %s (%,d bytes).
                Not in it: the tables' own files in %s. Copy that folder too; tables name their files by that path.
                Keep the passphrase: without it nobody can open the file, neither can we.""".formatted(report.id(), contents(report), output, report.bytes(), report.warehouse());
    }

    static String ofCheck(BackupReport report, Path file) {
        return "%s is whole: backup %s of %s, %s. The tables' files were in %s."
                .formatted(file, report.id(), report.createdAt(), contents(report), report.warehouse());
    }

    static String of(RestoreReport restored, Path home) {
        BackupReport report = restored.backup();
        StringBuilder text = new StringBuilder("Restored backup %s of %s into %s: %s, every row checked."
                .formatted(report.id(), report.createdAt(), home, contents(report)));
        if (restored.missing().isEmpty()) {
            text.append("\nAll tables' files are in ")
                    .append(report.warehouse())
                    .append('.');
        } else {
            text.append("\nTables whose files are not all in ")
                    .append(report.warehouse())
                    .append("; bring that folder back:");
            for (MissingFiles missing : restored.missing()) {
                text.append("\n  ").append(missing.table()).append(": ").append(missing.reason());
            }
        }
        return text.append("\nStart it with: tarn serve --home ").append(home).toString();
    }

    private static String contents(BackupReport report) {
        return "%,d rows of %d tables, %s"
                .formatted(
                        report.rows(),
                        report.tables().size(),
                        report.files().isEmpty() ? "no secret files" : String.join(", ", report.files()));
    }
}

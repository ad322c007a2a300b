package dev.tarn.loading;

import dev.tarn.access.Caller;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.TableWrite;
import dev.tarn.catalog.WriteMode;
import dev.tarn.engine.WorkerRows;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Home;
import dev.tarn.platform.TarnException;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.GivenColumn;
import dev.tarn.worker.protocol.InputFile;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.RejectPolicy;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a load left out, as rows of a table: made when it is missing, else one that has these columns. */
final class RejectsTable {
    private static final Logger LOG = LoggerFactory.getLogger(RejectsTable.class);
    private static final List<GivenColumn> COLUMNS = List.of(
            new GivenColumn("file", "file", "VARCHAR"),
            new GivenColumn("line", "line", "BIGINT"),
            new GivenColumn("column", "column", "VARCHAR"),
            new GivenColumn("value", "value", "VARCHAR"),
            new GivenColumn("reason", "reason", "VARCHAR"),
            new GivenColumn("load_id", "load_id", "VARCHAR"));

    private final LoadingParts parts;
    private final Caller caller;
    private final UUID load;

    RejectsTable(LoadingParts parts, Caller caller, UUID load) {
        this.parts = parts;
        this.caller = caller;
        this.load = load;
    }

    /** Loads the rejects; returns what is to be said when that fails. */
    Optional<String> load(Path rejects, TableName table) {
        Path folder = parts.scratch().resolve("rejects-" + load);
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(LoadRun.REJECTS);
            addLoad(rejects, file);
            write(file, table);
            return Optional.empty();
        } catch (TarnException e) {
            return Optional.of("The rejects were not written to table %s: %s".formatted(table.text(), e.message()));
        } catch (IOException | RuntimeException e) {
            LOG.warn("The rejects of load {} could not be written to a table", load, e);
            return Optional.of(
                    "The rejects were not written to table %s; fetch them as a file".formatted(table.text()));
        } finally {
            remove(folder);
        }
    }

    private void write(Path file, TableName table) {
        try (TableWrite write = begin(table)) {
            LoadTask task = new LoadTask(
                    List.of(new InputFile(file.toString(), LoadRun.REJECTS)),
                    FileOptions.csv(",", "\"", true),
                    COLUMNS,
                    LoadTasks.target(write),
                    false,
                    RejectPolicy.STOP,
                    WorkerRows.folder(write),
                    write.filePrefix(),
                    WorkerRows.targetFileBytes(write, parts.targetFileBytes()),
                    WorkerRows.arrangement(write),
                    parts.conversion().memoryBytes(),
                    parts.conversion().threads());
            Message.Loaded loaded = parts.conversion().run(task, new LoadProgress(), new Cancellation("load"));
            write.note(Map.of("rejects_of_load", load.toString(), "rows", loaded.rows()));
            write.commit(WorkerRows.schema(loaded.columns()), WorkerRows.files(loaded.files()));
        }
    }

    private TableWrite begin(TableName table) {
        try {
            return parts.tables().begin(caller, table, WriteMode.APPEND);
        } catch (TarnException e) {
            if (e.code() != ErrorCode.UNKNOWN_TABLE && e.code() != ErrorCode.UNKNOWN_NAMESPACE) {
                throw e;
            }
            return parts.tables().begin(caller, table, WriteMode.CREATE);
        }
    }

    /** Copies the file with one more column; a line break inside quotes ends no record. */
    private void addLoad(Path from, Path to) throws IOException {
        byte[] head = ",load_id".getBytes(StandardCharsets.UTF_8);
        byte[] cell = ("," + load).getBytes(StandardCharsets.UTF_8);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(from));
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(to))) {
            boolean quoted = false;
            boolean inHead = true;
            for (int next = in.read(); next >= 0; next = in.read()) {
                quoted ^= next == '"';
                if (next == '\n' && !quoted) {
                    out.write(inHead ? head : cell);
                    inHead = false;
                }
                if (next != '\r' || quoted) {
                    out.write(next);
                }
            }
        }
    }

    private static void remove(Path folder) {
        try {
            Home.deleteTree(folder);
        } catch (IOException e) {
            LOG.warn("Scratch of a load stays until the next start", e);
        }
    }
}

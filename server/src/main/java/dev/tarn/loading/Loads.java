package dev.tarn.loading;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.catalog.TableWrite;
import dev.tarn.catalog.Tables;
import dev.tarn.catalog.TypeNames;
import dev.tarn.catalog.WriteMode;
import dev.tarn.catalog.WrittenFile;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import dev.tarn.usage.Meter;
import dev.tarn.usage.UsageKind;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.InputFile;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.LoadedColumn;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.RejectPolicy;
import dev.tarn.worker.protocol.TargetColumn;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** Loads of files into tables: one file, one commit, all or nothing. */
public final class Loads {
    private final Access access;
    private final Tables tables;
    private final Conversion conversion;
    private final Meter meter;
    private final LoadingSettings settings;
    private final Path scratch;
    private final Ids ids;
    private final Clock clock;
    private final Set<Cancellation> running = ConcurrentHashMap.newKeySet();

    Loads(
            Access access,
            Tables tables,
            Conversion conversion,
            Meter meter,
            LoadingSettings settings,
            Path scratch,
            Ids ids,
            Clock clock) {
        this.access = access;
        this.tables = tables;
        this.conversion = conversion;
        this.meter = meter;
        this.settings = settings;
        this.scratch = scratch;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Loads a file; when this returns, its rows are durable.
     *
     * @param body the file's bytes, read once, to their end
     * @param onCommit takes the result in the transaction that makes the rows durable
     * @throws TarnException {@code BAD_ROW} with {@code file}, {@code line}, {@code column}, {@code value};
     *     {@code BAD_FILE}; {@code ALREADY_EXISTS}; in all cases the table is as it was
     */
    public LoadResult load(Caller caller, LoadRequest request, InputStream body, Consumer<LoadResult> onCommit) {
        access.require(
                caller,
                request.mode() == WriteMode.APPEND ? Verb.INSERT : Verb.CREATE,
                Resource.table(request.table().text()));
        Instant arrival = clock.instant();
        UUID id = ids.next();
        Cancellation cancellation = new Cancellation();
        running.add(cancellation);
        try (TableWrite write = tables.begin(caller, request.table(), request.mode());
                Upload upload = Upload.receive(
                        body,
                        scratch.resolve("load-" + id + ".csv"),
                        settings.maximumUpload().toBytes(),
                        request.fileName(),
                        cancellation)) {
            Message.Loaded loaded = conversion.run(task(request, write, upload), cancellation);
            Schema schema = schema(loaded.columns());
            List<WrittenFile> files = loaded.files().stream()
                    .map(file -> new WrittenFile(Path.of(file.path()), file.rows(), file.bytes()))
                    .toList();
            LongFunction<LoadResult> result = snapshot -> new LoadResult(
                    id,
                    write.name(),
                    request.mode(),
                    loaded.rows(),
                    files.size(),
                    upload.bytes(),
                    files.stream().mapToLong(WrittenFile::bytes).sum(),
                    columns(schema),
                    snapshot,
                    Duration.between(arrival, clock.instant()).toMillis());
            LoadResult done =
                    result.apply(write.commit(schema, files, snapshot -> onCommit.accept(result.apply(snapshot))));
            meter.record(caller, UsageKind.LOAD, upload.bytes(), done.elapsedMs());
            return done;
        } catch (TarnException e) {
            throw e.with("file", e.details().containsKey("line") ? request.fileName() : null);
        } finally {
            running.remove(cancellation);
        }
    }

    /** Ends what still runs when the server stops; a commit that has begun is not disturbed. */
    void outOfTime() {
        running.forEach(Cancellation::outOfTime);
    }

    private LoadTask task(LoadRequest request, TableWrite write, Upload upload) {
        List<TargetColumn> target = request.mode() == WriteMode.APPEND
                ? write.existingSchema().orElseThrow().columns().stream()
                        .map(column -> new TargetColumn(
                                column.fieldId(), column.name(), TypeNames.duckdb(column.type()), column.isRequired()))
                        .toList()
                : List.of();
        return new LoadTask(
                List.of(new InputFile(upload.file().toString(), request.fileName())),
                FileOptions.csv(
                        request.delimiter().orElse(null),
                        request.quote().orElse(null),
                        request.header().orElse(null)),
                List.of(),
                target,
                false,
                RejectPolicy.STOP,
                write.dataFolder().toString(),
                write.filePrefix(),
                settings.targetFile().toBytes(),
                conversion.memoryBytes(),
                conversion.threads());
    }

    private static Schema schema(List<LoadedColumn> columns) {
        AtomicInteger nested = new AtomicInteger(
                columns.stream().mapToInt(LoadedColumn::fieldId).max().orElse(0));
        return new Schema(columns.stream()
                .map(column -> Types.NestedField.optional(
                        column.fieldId(), column.name(), TypeNames.parse(column.type(), nested::incrementAndGet)))
                .toList());
    }

    private static List<LoadResult.StoredColumn> columns(Schema schema) {
        return schema.columns().stream()
                .map(column -> new LoadResult.StoredColumn(column.name(), TypeNames.of(column.type())))
                .toList();
    }
}

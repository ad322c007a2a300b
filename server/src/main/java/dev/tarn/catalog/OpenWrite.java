package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.TableRights;
import dev.tarn.access.Verb;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.storage.Readers;
import dev.tarn.storage.WriteIntent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.jspecify.annotations.Nullable;

/** A write of one caller to one table, from its intent to its commit. */
final class OpenWrite implements TableWrite {
    private final CatalogParts parts;
    private final Caller caller;
    private final TableName name;
    private final WriteMode mode;
    private final TableVersion version;
    private final WriteIntent intent;
    private final Path dataFolder;
    private final @Nullable TableMetadata existing;
    private final TableRights readable;
    private final Readers.Registered reading;
    private final Map<String, Object> facts = new TreeMap<>();
    private boolean newColumns;
    private CommitAttempt.Definition definition;
    private Overwritten overwritten = Overwritten.ALL;
    private boolean ended;

    OpenWrite(
            CatalogParts parts,
            Caller caller,
            TableName name,
            WriteMode mode,
            TableVersion version,
            WriteIntent intent,
            Path dataFolder,
            @Nullable TableMetadata existing,
            TableRights readable,
            Readers.Registered reading) {
        this.parts = parts;
        this.caller = caller;
        this.name = name;
        this.mode = mode;
        this.version = version;
        this.intent = intent;
        this.dataFolder = dataFolder;
        this.existing = existing;
        this.readable = readable;
        this.reading = reading;
        this.definition = new CommitAttempt.Definition(
                existing == null ? TableShape.PLAIN : shape(existing, mode), Map.of(), false);
    }

    /** What partitions nothing any more is no part of what a table becomes. */
    private static TableShape shape(TableMetadata existing, WriteMode mode) {
        TableShape shape = TableShape.of(existing);
        return mode == WriteMode.REPLACE ? shape.withoutVoid() : shape;
    }

    @Override
    public TableName name() {
        return name;
    }

    @Override
    public WriteMode mode() {
        return mode;
    }

    @Override
    public TableVersion version() {
        return version;
    }

    @Override
    public Optional<String> property(String key) {
        return Optional.ofNullable(definition.properties().get(key))
                .or(() -> Optional.ofNullable(existing)
                        .map(table -> table.properties().get(key)));
    }

    @Override
    public void overwrite(Overwritten rows) {
        if (mode != WriteMode.OVERWRITE) {
            throw new IllegalStateException("A write that takes no rows away says of none that they go");
        }
        OverwrittenRows.check(name, Objects.requireNonNull(existing), rows);
        overwritten = rows;
    }

    @Override
    public String partitionColumn(String asked) {
        return OverwrittenRows.column(name, Objects.requireNonNull(existing), asked, this::tells);
    }

    @Override
    public Path dataFolder() {
        return dataFolder;
    }

    @Override
    public Path ownFolder() {
        return parts.files().createFolder(intent.location() + "/data/" + filePrefix());
    }

    @Override
    public TableShape shape() {
        return definition.shape();
    }

    @Override
    public void define(TableShape shape, Map<String, String> properties) {
        if (mode != WriteMode.CREATE && mode != WriteMode.REPLACE) {
            throw new IllegalStateException("A write that only changes rows defines no table");
        }
        PropertyRules.check(properties);
        definition = new CommitAttempt.Definition(shape, Map.copyOf(properties), mode == WriteMode.REPLACE);
    }

    @Override
    public String filePrefix() {
        return intent.filePrefix();
    }

    @Override
    public Optional<Schema> existingSchema() {
        return Optional.ofNullable(existing).map(TableMetadata::schema);
    }

    @Override
    public boolean tells(String column) {
        return switch (mode) {
            case CREATE, REPLACE, OVERWRITE, REWRITE -> true;
            case APPEND, CHANGE, MERGE -> readable.tells(column);
        };
    }

    @Override
    public String location() {
        return intent.location();
    }

    @Override
    public void allowNewColumns() {
        boolean all = existingSchema().stream()
                .flatMap(schema -> schema.columns().stream())
                .allMatch(column -> tells(column.name()));
        if (!all) {
            // One that is there already, and not for the caller, would be told from one that is new.
            throw new TarnException(
                    ErrorCode.FORBIDDEN,
                    "Columns can be added to %s by those alone who may see all that it has; load into the columns that you see"
                            .formatted(name.text()));
        }
        newColumns = true;
    }

    @Override
    public void note(Map<String, ?> more) {
        facts.putAll(more);
    }

    @Override
    public long commit(Schema schema, List<WrittenFile> files, LongConsumer onCommit) {
        return commit(schema, files, () -> null, onCommit);
    }

    @Override
    public long change(RowChange change, List<WrittenFile> files, LongConsumer onCommit) {
        return commit(
                change.read().schema(),
                files,
                () -> new RowChangeCommit(name, branch(), change, RowDeleteFiles.write(parts, intent, change)),
                onCommit);
    }

    @Override
    public long rewrite(FileRewrite rewrite, List<WrittenFile> files) {
        if (mode != WriteMode.REWRITE) {
            throw new IllegalStateException("Files are written anew by a write that is for that alone");
        }
        if (!rewrite.ordered()) {
            definition = new CommitAttempt.Definition(
                    new TableShape(definition.shape().partitioning(), List.of()), definition.properties(), false);
        }
        TableMetadata begun = Objects.requireNonNull(existing);
        return commit(begun.schema(), files, () -> new FileRewriteCommit(name, begun, rewrite), snapshot -> {});
    }

    @Override
    public long rewriteManifests() {
        if (mode != WriteMode.REWRITE) {
            throw new IllegalStateException("Manifests are written anew by a write that is for that alone");
        }
        Schema schema = Objects.requireNonNull(existing).schema();
        return commit(schema, List.of(), () -> new ManifestRewriteCommit(name), snapshot -> {});
    }

    private long commit(
            Schema schema,
            List<WrittenFile> files,
            Supplier<@Nullable PreparedCommit> prepared,
            LongConsumer onCommit) {
        if (ended) {
            throw new IllegalStateException("The write to " + name + " has ended already");
        }
        try {
            check(files);
            PreparedCommit rows = prepared.get();
            TarnTableOperations.Bound bound =
                    new TarnTableOperations.Bound(intent, verb(), Map.copyOf(facts), onCommit);
            CommitAttempt.Target target = new CommitAttempt.Target(name, mode, version, overwritten);
            CommitAttempt attempt = new CommitAttempt(
                    parts, caller, target, bound, existing, schema, newColumns, definition, files, rows);
            long snapshot = Attempts.run(parts, name, intent.location(), attempt::run);
            end();
            return snapshot;
        } catch (CommitStateUnknownException e) {
            // The intent stays: its row says what happened as soon as the database can be asked, and then a sweep
            // cleans.
            end();
            throw new TarnException(
                    ErrorCode.INTERNAL,
                    "The database went away during the commit to %s; look whether the rows are there before you try again"
                            .formatted(name.text()),
                    e);
        } catch (RuntimeException e) {
            abort();
            throw translated(e);
        }
    }

    private String branch() {
        return CommitAttempt.branch(version);
    }

    private Verb verb() {
        return switch (mode) {
            case REPLACE, OVERWRITE -> Verb.DROP;
            case CREATE, APPEND -> Verb.INSERT;
            case CHANGE, MERGE -> Verb.UPDATE;
            case REWRITE -> Verb.MANAGE;
        };
    }

    private void check(List<WrittenFile> files) {
        for (WrittenFile file : files) {
            Path path = file.path().toAbsolutePath().normalize();
            boolean inFolder = dataFolder.equals(path.getParent())
                    || dataFolder.resolve(filePrefix()).equals(path.getParent());
            if (!inFolder || !path.getFileName().toString().startsWith(filePrefix())) {
                throw new IllegalArgumentException("A data file of this write has a name that clean-up would not find");
            }
        }
    }

    private RuntimeException translated(RuntimeException failure) {
        return switch (failure) {
            case AlreadyExistsException e -> alreadyExists(name, e);
            case NoSuchTableException e ->
                new TarnException(
                        ErrorCode.UNKNOWN_TABLE,
                        "The table %s was dropped during the write; nothing was written".formatted(name.text()),
                        e);
            case NotFoundException e -> MetadataCache.lost(name, e);
            case PointerMovedException e ->
                new TarnException(
                        ErrorCode.CONFLICT,
                        "The table %s changed %d times during the commit; nothing was written, try again"
                                .formatted(name.text(), Attempts.MOST),
                        e);
            default -> failure;
        };
    }

    static TarnException alreadyExists(TableName name, @Nullable Throwable cause) {
        String message =
                "The table %s exists already; append to it, replace it, or choose another name".formatted(name.text());
        return cause == null
                ? new TarnException(ErrorCode.ALREADY_EXISTS, message)
                : new TarnException(ErrorCode.ALREADY_EXISTS, message, cause);
    }

    @Override
    public void abort() {
        if (!ended) {
            end();
            parts.intents().abort(intent);
        }
    }

    private void end() {
        ended = true;
        reading.close();
    }
}

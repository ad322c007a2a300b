package dev.tarn.loading;

import dev.tarn.access.Caller;
import dev.tarn.access.TestAccess;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.Tables;
import dev.tarn.catalog.TestTables;
import dev.tarn.catalog.WriteMode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.DatabaseKind;
import dev.tarn.storage.FailingStores;
import dev.tarn.storage.Faults;
import dev.tarn.storage.TestStorage;
import dev.tarn.usage.Meter;
import dev.tarn.usage.TestMeter;
import dev.tarn.worker.protocol.FileOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;

/** One database and one warehouse, with servers that load, come and go. */
final class LoadWorld implements AutoCloseable {
    final Database database;
    final TestAccess access;
    final Caller admin;
    private final Path folder;
    private final Meter meter;
    private int servers;

    /** What happens right before a load's row is written. */
    Runnable beforeInsert = () -> {};

    LoadWorld(Database database, Path folder) {
        this.database = database;
        this.folder = folder;
        this.access = TestAccess.on(database);
        this.admin = access.admin();
        this.meter = TestMeter.on(database, new Ids(access.clock(), new Random(7)), access.clock());
    }

    /** A server process: new objects on the same database and folder. */
    record Server(
            Loads loads,
            Uploads uploads,
            Tables tables,
            LoadingParts parts,
            RunningLoads running,
            TestStorage storage,
            PlainConversion conversion) {}

    Server server() {
        return server(Faults.none());
    }

    Server server(Faults faults) {
        Random random = new Random(++servers);
        Ids ids = new Ids(access.clock(), random);
        TestStorage storage = TestStorage.on(database, folder.resolve("warehouse"), ids, access.clock(), faults);
        Tables tables = TestTables.on(database, access, storage, faults, random);
        PlainConversion conversion = new PlainConversion();
        LoadingSettings settings = new LoadingSettings(
                2,
                2,
                DataSize.ofMegabytes(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                Duration.ofHours(24),
                10_000,
                Duration.ofDays(30),
                Duration.ofDays(90));
        LoadingParts parts = new LoadingParts(
                access.access(),
                access.audit(),
                tables,
                conversion,
                meter,
                TestMeter.allowance(database, tenant -> 0, access.clock()),
                database,
                FailingStores.of(LoadStore.class, hooked(new JdbcLoadStore(database)), faults),
                FailingStores.of(UploadStore.class, new JdbcUploadStore(database), faults),
                FailingStores.of(ContentStore.class, new JdbcContentStore(database), faults),
                storage.blobs(),
                settings,
                DataSize.ofMegabytes(1).toBytes(),
                folder.resolve("tmp" + servers),
                ids,
                access.clock());
        RunningLoads running = new RunningLoads(
                parts.loads(), settings, access.clock(), ids.next().toString());
        return new Server(new Loads(parts, running), new Uploads(parts), tables, parts, running, storage, conversion);
    }

    private LoadStore hooked(LoadStore store) {
        return (LoadStore) Proxy.newProxyInstance(
                LoadStore.class.getClassLoader(), new Class<?>[] {LoadStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("insert")) {
                        beforeInsert.run();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** A server that starts after all others have died, and has cleaned what they left. */
    Server restarted() {
        Server server = server();
        server.storage().intents().recover(DatabaseKind.SQLITE);
        server.running().recover(DatabaseKind.SQLITE);
        return server;
    }

    LoadRequest request(String table, WriteMode mode) {
        return request(table, mode, Optional.empty(), false);
    }

    LoadRequest request(String table, WriteMode mode, Optional<UUID> id, boolean once) {
        return new LoadRequest(
                id,
                TableName.parse(table),
                mode,
                FileOptions.FOUND,
                List.of(),
                false,
                LoadRequest.OnError.SKIP,
                Optional.empty(),
                once);
    }

    static SentFiles file(String text) {
        return SentFiles.one("numbers.csv", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    LoadOutcome load(Server server, LoadRequest request, String text) {
        try (StartedLoad load =
                server.loads().begin(admin, request, "numbers.csv", OptionalLong.empty(), request.once())) {
            load.receive(() -> file(text));
            return load.load(done -> {});
        }
    }

    Upload upload(Server server, String text) {
        return server.uploads().receive(admin, file(text));
    }

    List<Load> all(Server server) {
        return server.loads()
                .list(
                        admin,
                        new Loads.Wanted(Optional.empty(), Optional.empty(), Optional.empty()),
                        PageRequest.first(1000))
                .items();
    }

    /** The folders of the platform's own files. */
    Set<String> blobs() {
        Path own = folder.resolve("warehouse/_files").resolve(admin.tenantId().toString());
        if (!Files.exists(own)) {
            return new TreeSet<>();
        }
        try (Stream<Path> folders = Files.list(own)) {
            return folders.map(path -> path.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folders that rows name. */
    Set<String> knownBlobs(Server server) {
        TreeSet<String> known = new TreeSet<>(database.client()
                .sql("SELECT upload_id FROM uploads")
                .query((row, number) -> Upload.folder(UUID.fromString(row.getString(1))))
                .list());
        all(server).stream()
                .filter(load -> load.rejectsUntil().isPresent())
                .forEach(load -> known.add(new LoadKey(admin.tenantId(), load.id()).rejectsFolder()));
        return known;
    }

    long intents() {
        return database.client()
                .sql("SELECT COUNT(*) FROM write_intents")
                .query(Long.class)
                .single();
    }

    @Override
    public void close() {
        meter.close();
        access.close();
        database.close();
    }
}

package dev.tarn.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableFilesTest {
    private static final UUID TENANT = UUID.fromString("01900000-0000-7000-8000-000000000001");

    @TempDir
    Path folder;

    private final Faults faults = Faults.none();
    private Warehouse warehouse;
    private TableFiles files;

    @BeforeEach
    void open() {
        warehouse = new Warehouse(folder, new Ids(Clock.systemUTC(), new Random(1)));
        files = new TableFiles(warehouse, new FailingDisk(new LocalDisk(), faults));
    }

    private String location(String name) {
        return Warehouse.location(folder.resolve("t").resolve(name));
    }

    private void write(String location, String text) throws IOException {
        try (PositionOutputStream stream = files.newOutputFile(location).createOrOverwrite()) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
            assertThat(stream.getPos()).isEqualTo(text.length());
        }
    }

    @Test
    void whatIsWrittenIsReadAndIsOnTheDiskBeforeCloseReturns() throws IOException {
        write(location("a.json"), "hello");

        assertThat(faults.steps())
                .containsExactly("folder t", "create a.json", "write a.json", "sync a.json", "sync t");
        try (SeekableInputStream stream = files.newInputFile(location("a.json")).newStream()) {
            stream.seek(1);
            assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("ello");
            assertThat(stream.getPos()).isEqualTo(5);
        }
        assertThat(files.newInputFile(location("a.json")).getLength()).isEqualTo(5);
        assertThat(files.newInputFile(location("a.json")).exists()).isTrue();
    }

    @Test
    void createNeverOverwrites() throws IOException {
        write(location("a.json"), "old");

        assertThatThrownBy(() -> files.newOutputFile(location("a.json")).create())
                .isInstanceOf(AlreadyExistsException.class);
        write(location("a.json"), "n");

        assertThat(Files.readString(folder.resolve("t/a.json"))).isEqualTo("n");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> files.newInputFile(location("no.json")).newStream())
                .isInstanceOf(NotFoundException.class)
                .hasMessage("Failed to open input stream for file: " + location("no.json"));
        assertThatThrownBy(() -> files.newInputFile(location("no.json")).getLength())
                .isInstanceOf(NotFoundException.class);
        assertThat(files.newInputFile(location("no.json")).exists()).isFalse();
        files.deleteFile(location("no.json"));
        files.deleteByPrefix(location("nowhere"), "x");
        files.deleteTree(location("nowhere"));
    }

    @Test
    void aFullDiskIsSaidInOneSentence() {
        TableFiles full = new TableFiles(warehouse, new FullDisk());

        assertThatThrownBy(() -> {
                    try (PositionOutputStream stream =
                            full.newOutputFile(location("a.json")).create()) {
                        stream.write(1);
                    }
                })
                .isInstanceOfSatisfying(TarnException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FULL);
                    assertThat(e.message()).doesNotContain(folder.toString());
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "file:/etc/passwd", "file:///etc/passwd", "s3://b/k", "relative", "file:"})
    void nothingOutsideTheWarehouseIsTouched(String location) {
        assertThatThrownBy(() -> files.newInputFile(location)).isInstanceOf(TarnException.class);
        assertThatThrownBy(() -> files.newOutputFile(location)).isInstanceOf(TarnException.class);
        assertThatThrownBy(() -> files.deleteTree(location)).isInstanceOf(TarnException.class);
    }

    @Test
    void dotsDoNotLeadOutOfTheWarehouseAndTheWarehouseIsNotDeleted() {
        assertThatThrownBy(() -> files.deleteTree("file:" + folder + "/t/../../other"))
                .isInstanceOf(TarnException.class);
        assertThatThrownBy(() -> files.deleteTree("file:" + folder)).isInstanceOf(TarnException.class);
        assertThatThrownBy(() -> files.deleteByPrefix(location(""), "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyFormOfALocationIsTheSameFile() {
        Path file = folder.resolve("a b%20c");
        assertThat(Warehouse.location(file)).isEqualTo("file:" + folder + "/a b%20c");
        assertThat(warehouse.path("file:" + file)).isEqualTo(file);
        assertThat(warehouse.path("file://" + file)).isEqualTo(file);
        assertThat(warehouse.path(file.toString())).isEqualTo(file);
    }

    @Test
    void foldersOfTablesHoldPlainCharactersWhateverTheTableIsCalled() {
        String location = warehouse.newTableLocation(TENANT, List.of("a b", "..", "ü/x"), "ord\"ers. 🎉".repeat(30));

        assertThat(location).startsWith(warehouse.tenantLocation(TENANT) + "/a_b/_/_x/ord_ers_");
        assertThat(location.substring(location.indexOf(TENANT.toString()))).matches("[A-Za-z0-9_/-]+");
        assertThat(warehouse.belongsTo(TENANT, location)).isTrue();
        assertThat(warehouse.belongsTo(UUID.randomUUID(), location)).isFalse();
    }

    /** A disk without room. */
    private static final class FullDisk implements Disk {
        @Override
        public void createFolders(Path path) {}

        @Override
        public OutputStream create(Path file, boolean overwrite) {
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    throw new IOException("No space left on device");
                }
            };
        }

        @Override
        public void sync(Path fileOrFolder) {}

        @Override
        public void delete(Path file) {}

        @Override
        public void deleteTree(Path fileOrFolder) {}

        @Override
        public List<Path> list(Path path, String prefix) {
            return List.of();
        }
    }
}

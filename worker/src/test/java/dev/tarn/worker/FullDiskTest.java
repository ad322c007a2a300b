package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tarn.worker.protocol.ExportTask;
import dev.tarn.worker.protocol.ExportTask.Format;
import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.InputFile;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.MaterializeTask;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.RejectPolicy;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk of 4 MB that is full in the middle of a write: a clear failure, and nothing is left. */
@Tag("slow")
class FullDiskTest extends WorkerTest {
    private static final String ROWS = "select i, md5(i::varchar) m, md5((i + 1)::varchar) n from range(1000000) t(i)";

    private Path disk = Path.of("");

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectories(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()) == 0,
                "needs root to mount a small disk");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void anExport(Format format) throws IOException {
        Path file = disk.resolve("export");
        assertFull(new Message.Export(nextId(), query(ROWS), new ExportTask(format, file.toString(), 1L << 40)));
    }

    @Test
    void aTable() throws IOException {
        for (String order : List.of("", " order by i")) {
            assertFull(new Message.Materialize(
                    nextId(), query(ROWS + order), new MaterializeTask(disk.toString(), "part", 1 << 20)));
        }
    }

    @Test
    void aLoadOfJson() throws IOException {
        Path file = folder.resolve("rows.ndjson");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < 400_000; i++) {
                out.write("{\"h\":\"" + Long.toHexString(i * 0x9E3779B97F4A7C15L) + "\",\"g\":\""
                        + Long.toHexString(i * 0xBF58476D1CE4E5B9L) + "\"}\n");
            }
        }
        assertFull(load(file));
    }

    @Test
    void aLoadOfParquet() throws Exception {
        Path file = folder.resolve("rows.parquet");
        duckdb("copy (" + ROWS + ") to '" + file + "' (format parquet)");
        assertFull(load(file));
    }

    private Message load(Path file) {
        return new Message.Load(
                nextId(),
                new LoadTask(
                        List.of(new InputFile(
                                file.toString(), file.getFileName().toString())),
                        FileOptions.FOUND,
                        List.of(),
                        List.of(),
                        false,
                        RejectPolicy.STOP,
                        disk.toString(),
                        "part",
                        64 << 20,
                        MEMORY,
                        2));
    }

    private void assertFull(Message request) throws IOException {
        assertThat(failureOf(request).kind()).isEqualTo(Kind.STORAGE_FULL);
        assertThat(disk).isEmptyDirectory();
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).start().waitFor();
    }
}

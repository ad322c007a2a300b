package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdOutputStream;
import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.RejectPolicy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads that are cancelled, or that find no room, in the middle. */
@Tag("slow")
class LoadEndsTest extends Loading {
    private static final int LINES = 12_000_000;

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst", "zip", "xlsx"})
    void aPackedFileCanBeCancelledWherever(String packing) throws Exception {
        Path file = packed(packing);
        for (int wait : new int[] {5, 100, 300}) {
            LoadRequest request = request().file("endless." + packing, file);
            long id = nextId();
            worker.send(new Message.Load(id, request.task()));
            TimeUnit.MILLISECONDS.sleep(wait);
            worker.send(new Message.Cancel(id));
            long cancelled = System.nanoTime();
            Message last = worker.conversation().getLast();
            assertThat(last).isInstanceOf(Message.Failed.class);
            assertThat(((Message.Failed) last).failure().kind()).isEqualTo(Kind.CANCELLED);
            assertThat(System.nanoTime() - cancelled).isLessThan(TimeUnit.SECONDS.toNanos(2));
            assertThat(request.output()).isEmptyDirectory();
        }
        Files.delete(file);
        assertScratchIsEmpty();
    }

    private Path packed(String packing) throws IOException {
        Path file = folder.resolve("endless." + packing);
        if (packing.equals("xlsx")) {
            TestWorkbook book = new TestWorkbook();
            StringBuilder rows = new StringBuilder();
            for (int i = 1; i <= 300_000; i++) {
                rows.append("<row><c><v>").append(i).append("</v></c><c t=\"str\"><v>text</v></c></row>");
            }
            return Files.write(file, book.sheet("S", rows.toString()).bytes());
        }
        // Texts that differ, or the file would unpack to more than it may.
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            text.append(i)
                    .append(",some text ")
                    .append(Integer.toHexString(i * 0x9E3779B9))
                    .append('\n');
        }
        byte[] lines = bytes(text.toString());
        try (OutputStream out = packer(packing, Files.newOutputStream(file))) {
            for (int i = 0; i < LINES / 1_000; i++) {
                out.write(lines);
            }
        }
        return file;
    }

    private static OutputStream packer(String packing, OutputStream out) throws IOException {
        return switch (packing) {
            case "gz" -> new GZIPOutputStream(out);
            case "zst" -> new ZstdOutputStream(out);
            default -> {
                ZipOutputStream zip = new ZipOutputStream(out);
                zip.putNextEntry(new ZipEntry("endless.csv"));
                yield zip;
            }
        };
    }

    private void assertScratchIsEmpty() throws IOException {
        try (Stream<Path> left = Files.list(folder.resolve("scratch"))) {
            assertThat(left.map(path -> path.getFileName().toString())
                            .filter(name -> name.startsWith("source") || name.startsWith("texts")))
                    .isEmpty();
        }
    }

    @Test
    void aDiskWithoutRoomForRejectsLeavesNothing() throws Exception {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()) == 0,
                "needs root to mount a small disk");
        try {
            LoadRequest request = request().file("f.csv", "a,b\n" + "1,2\n3\n".repeat(20_000));
            LoadTask task = request.task();
            LoadTask skipping = new LoadTask(
                    task.files(),
                    task.options(),
                    task.given(),
                    task.target(),
                    task.newColumns(),
                    new RejectPolicy(disk.resolve("rejects.csv").toString()),
                    task.outputFolder(),
                    task.filePrefix(),
                    task.targetFileBytes(),
                    task.memoryLimitBytes(),
                    task.threads());
            assertThat(failureOf(new Message.Load(nextId(), skipping)).kind()).isEqualTo(Kind.STORAGE_FULL);
            assertThat(request.output()).isEmptyDirectory();
        } finally {
            run("umount", disk.toString());
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }
}

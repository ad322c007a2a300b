package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.InputFile;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.LoadedColumn;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.RejectPolicy;
import dev.tarn.worker.protocol.WrittenFile;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoadTest extends Loading {
    static List<LoadCase> cases() {
        return LoadCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void loads(LoadCase expected) throws IOException, SQLException {
        Message.Loaded loaded = load(bytes(expected.file()));
        assertThat(loaded.columns().stream()
                        .map(column -> column.name() + " " + column.type())
                        .collect(Collectors.joining(", ")))
                .isEqualTo(expected.columns());
        assertThat(loaded.columns().stream().map(LoadedColumn::fieldId))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, loaded.columns().size())
                                .boxed()
                                .toList());
        assertThat(rows(loaded)).isEqualTo(expected.rows());
        assertThat(loaded.rows()).isEqualTo(expected.rows().size());
        assertThat(loaded.passes()).isEqualTo(1);
    }

    @Test
    void fieldIdsAndTypesAreInTheFiles() throws IOException, SQLException {
        Message.Loaded loaded = load(bytes("a,b\n1,1.5\n"));
        assertThat(Parquet.rows("select name, field_id, converted_type from parquet_schema("
                        + Parquet.glob(loaded.files().getFirst().path()) + ") where field_id is not null"))
                .containsExactly(List.of("a", "1", "INT_64"), List.of("b", "2", "DECIMAL"));
        assertThat(loaded.files().getFirst().bytes())
                .isEqualTo(Files.size(Path.of(loaded.files().getFirst().path())));
    }

    @ParameterizedTest
    @MethodSource
    void emptyFilesAreRefused(String file) throws IOException {
        assertThat(failure(bytes(file), FileOptions.FOUND, List.of()).kind()).isEqualTo(Kind.BAD_FILE);
    }

    static Stream<String> emptyFilesAreRefused() {
        return Stream.of("", "\n\n\r\n");
    }

    @Test
    void raggedRowsStopAtTheirPhysicalLine() throws IOException {
        Failure few = failure(bytes("a,b,c\n1,\"x\ny\",3\n4,5\n"), FileOptions.FOUND, List.of());
        assertThat(few.kind()).isEqualTo(Kind.BAD_ROW);
        assertThat(few.line()).isEqualTo(4);
        assertThat(few.message()).isEqualTo("Line 4 has 2 cells where 3 are expected");
        assertThat(few.value()).isEqualTo("4,5");
        Failure many = failure(bytes("a,b\r\n1,2\r\n3,4,5\r\n"), FileOptions.FOUND, List.of());
        assertThat(many.line()).isEqualTo(3);
    }

    @Test
    void aRaggedRowBehindTheSampleLeavesNothing() throws IOException {
        StringBuilder file = new StringBuilder("a,b\n");
        IntStream.range(0, 60_000).forEach(i -> file.append(i).append(",x\n"));
        Failure failure = failure(bytes(file + "1,2,3\n"), FileOptions.FOUND, List.of());
        assertThat(failure.kind()).isEqualTo(Kind.BAD_ROW);
        assertThat(failure.line()).isEqualTo(60_002);
        assertThat(output()).isEmptyDirectory();
    }

    @Test
    void brokenQuotesBytesAndLinesHaveTheirLine() throws IOException {
        Failure open = failure(bytes("a,b\n1,2\n3,\"x\n4,5\n"), FileOptions.FOUND, List.of());
        assertThat(open.line()).isEqualTo(3);
        assertThat(open.message()).isEqualTo("A quote that opens on line 3 is never closed");
        assertThat(failure(bytes("a,b\n1,\"x\"y\n"), FileOptions.FOUND, List.of())
                        .line())
                .isEqualTo(2);
        assertThat(failure(bytes("a,b\n1,x\0y\n"), FileOptions.FOUND, List.of()).line())
                .isEqualTo(2);
        for (int[] wrong :
                new int[][] {{0xFF}, {0xC0, 0x80}, {0xED, 0xA0, 0x80}, {0xF4, 0x90, 0x80, 0x80}, {0xE2, 0x82}}) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.writeBytes(bytes("a,b\n1,ok\n2,"));
            for (int b : wrong) {
                file.write(b);
            }
            file.writeBytes(bytes("\n"));
            Failure failure = failure(file.toByteArray(), FileOptions.FOUND, List.of());
            assertThat(failure.kind()).isEqualTo(Kind.BAD_ROW);
            assertThat(failure.line()).isEqualTo(3);
        }
    }

    @Test
    void aCellOf50MegabytesLoadsAndOneOf70IsAFailureWithItsLine() throws IOException, SQLException {
        for (String cell : List.of("x".repeat(50 << 20), '"' + "y\n".repeat(25 << 20) + '"')) {
            Message.Loaded loaded = load(bytes("a,b\n1,z\n2," + cell + "\n3,z\n"));
            assertThat(Parquet.rows("select strlen(b) from read_parquet("
                            + Parquet.glob(loaded.files().getFirst().path()) + ")"))
                    .containsExactly(List.of("1"), List.of(String.valueOf(50 << 20)), List.of("1"));
        }
        Failure failure = failure(bytes("a,b\n1,y\n1," + "x".repeat(70 << 20) + "\n"), FileOptions.FOUND, List.of());
        assertThat(failure.kind()).isEqualTo(Kind.BAD_ROW);
        assertThat(failure.line()).isEqualTo(3);
    }

    @Test
    void aTypeThatChangesInTheLastLineOf200000TakesASecondPass() throws IOException, SQLException {
        StringBuilder file = new StringBuilder("a,b\n");
        IntStream.range(0, 199_999).forEach(i -> file.append(i).append(",1.5\n"));
        Message.Loaded loaded = load(bytes(file + "last,2.75\n"));
        assertThat(loaded.passes()).isEqualTo(2);
        assertThat(loaded.rows()).isEqualTo(200_000);
        assertThat(loaded.columns().stream().map(LoadedColumn::type)).containsExactly("VARCHAR", "DECIMAL(18,2)");
        List<List<String>> rows = rows(loaded);
        assertThat(rows.getFirst()).containsExactly("0", "1.50");
        assertThat(rows.getLast()).containsExactly("last", "2.75");
    }

    @Test
    void twoThousandColumnsLoad() throws IOException, SQLException {
        String header = IntStream.range(0, 2_000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String row = IntStream.range(0, 2_000).mapToObj(String::valueOf).collect(Collectors.joining(","));
        Message.Loaded loaded = load(bytes(header + "\n" + (row + "\n").repeat(300)));
        assertThat(loaded.rows()).isEqualTo(300);
        assertThat(rows(loaded).get(299).get(1_999)).isEqualTo("1999");
    }

    @Test
    void filesAreCutAtAboutTheWantedSizeAndKeepTheOrder() throws IOException, SQLException {
        Path file = folder.resolve("large.csv");
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("id,s\n");
            for (int i = 0; i < 500_000; i++) {
                writer.write(i + "," + Long.toHexString(i * 0x9E3779B97F4A7C15L) + "\n");
            }
        }
        runs++;
        LoadTask task = new LoadTask(
                List.of(new InputFile(file.toString(), "large.csv")),
                FileOptions.FOUND,
                List.of(),
                List.of(),
                false,
                RejectPolicy.STOP,
                output().toString(),
                "p",
                2 << 20,
                MEMORY,
                2);
        Message.Loaded loaded = (Message.Loaded) worker.ask(new Message.Load(nextId(), task));
        assertThat(loaded.files()).hasSizeGreaterThan(2);
        assertThat(loaded.files().stream().mapToLong(WrittenFile::rows).sum()).isEqualTo(500_000);
        for (WrittenFile written : loaded.files()) {
            assertThat(Path.of(written.path()).getFileName().toString()).matches("p-\\d+\\.parquet");
            assertThat(Parquet.number("select count(*) from (select id, lag(id) over () as before from read_parquet("
                            + Parquet.glob(written.path()) + ")) where id <> before + 1"))
                    .isZero();
        }
    }

    @Test
    void toldOptionsWin() throws IOException, SQLException {
        Message.Loaded loaded =
                (Message.Loaded) ask(bytes("a,b;'c;d'\n1,2;3\n"), FileOptions.csv(";", "'", false), List.of());
        assertThat(rows(loaded)).containsExactly(List.of("a,b", "c;d"), List.of("1,2", "3"));
        assertThat(failure(bytes("a\n"), FileOptions.csv(";;", null, null), List.of())
                        .kind())
                .isEqualTo(Kind.BAD_FILE);
        Message.Loaded unquoted =
                (Message.Loaded) ask(bytes("a,b\n\"x,1\n"), FileOptions.csv(",", "", true), List.of());
        assertThat(rows(unquoted)).containsExactly(List.of("\"x", "1"));
    }

    @Test
    void aMillionShortRows() throws IOException, SQLException {
        Message.Loaded loaded = load(bytes("a\n" + "1\n".repeat(1_000_000)));
        assertThat(loaded.rows()).isEqualTo(1_000_000);
        Message.Loaded blank = load(bytes("a,b\n" + ",\n\"\",\n".repeat(500_000)));
        assertThat(blank.rows()).isEqualTo(1_000_000);
    }

    @Test
    void aLoadCanBeCancelledAndTellsItsProgress() throws Exception {
        Path file = folder.resolve("endless.csv");
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("a,b\n");
            for (int i = 0; i < 3_000_000; i++) {
                writer.write("1,some text that is long enough to matter\n");
            }
        }
        runs++;
        Path output = output();
        long id = nextId();
        worker.send(new Message.Load(
                id,
                new LoadTask(
                        List.of(new InputFile(file.toString(), "e.csv")),
                        FileOptions.FOUND,
                        List.of(),
                        List.of(),
                        false,
                        RejectPolicy.STOP,
                        output.toString(),
                        "p",
                        1 << 20,
                        MEMORY,
                        2)));
        Message first = worker.next();
        assertThat(first).isInstanceOf(Message.Progress.class);
        assertThat(((Message.Progress) first).fraction()).isBetween(0.0, 1.0);
        worker.send(new Message.Cancel(id));
        long cancelled = System.nanoTime();
        Message last = worker.conversation().getLast();
        assertThat(((Message.Failed) last).failure().kind()).isEqualTo(Kind.CANCELLED);
        assertThat(System.nanoTime() - cancelled).isLessThan(TimeUnit.SECONDS.toNanos(1));
        assertThat(output).isEmptyDirectory();
        Files.delete(file);
    }

    @Test
    void aFullDiskIsAFailureThatLeavesNothing() throws Exception {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()) == 0,
                "needs root to mount a small disk");
        try {
            StringBuilder file = new StringBuilder("a\n");
            IntStream.range(0, 400_000)
                    .forEach(i -> file.append(Long.toHexString(i * 0x9E3779B97F4A7C15L))
                            .append('\n'));
            Path source = Files.writeString(folder.resolve("full.csv"), file);
            LoadTask task = new LoadTask(
                    List.of(new InputFile(source.toString(), "f.csv")),
                    FileOptions.FOUND,
                    List.of(),
                    List.of(),
                    false,
                    RejectPolicy.STOP,
                    disk.toString(),
                    "p",
                    1 << 20,
                    MEMORY,
                    2);
            Failure failure = failureOf(new Message.Load(nextId(), task));
            assertThat(failure.kind()).isEqualTo(Kind.STORAGE_FULL);
            assertThat(disk).isEmptyDirectory();
        } finally {
            run("umount", disk.toString());
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }
}

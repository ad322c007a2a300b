package dev.tarn.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.InputFile;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.RejectPolicy;
import dev.tarn.worker.protocol.TargetColumn;
import dev.tarn.worker.protocol.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How a test loads a file and looks at what became of it. */
abstract class Loading extends WorkerTest {
    int runs;

    Path output() throws IOException {
        return Files.createDirectories(folder.resolve("out-" + runs));
    }

    Message.Loaded load(byte[] file) throws IOException {
        Message message = ask(file, FileOptions.FOUND, List.of());
        assertThat(message).isInstanceOf(Message.Loaded.class);
        return (Message.Loaded) message;
    }

    Failure failure(byte[] file, FileOptions options, List<TargetColumn> target) throws IOException {
        Message message = ask(file, options, target);
        assertThat(message).isInstanceOf(Message.Failed.class);
        Failure failure = ((Message.Failed) message).failure();
        assertThat(failure.message()).doesNotContain(folder.toString());
        assertThat(output()).isEmptyDirectory();
        return failure;
    }

    Message ask(byte[] file, FileOptions options, List<TargetColumn> target) throws IOException {
        runs++;
        Path path = Files.write(folder.resolve("file.csv"), file);
        return worker.ask(new Message.Load(
                nextId(),
                new LoadTask(
                        List.of(new InputFile(path.toString(), "file.csv")),
                        options,
                        List.of(),
                        target,
                        false,
                        RejectPolicy.STOP,
                        output().toString(),
                        "part",
                        64 << 20,
                        MEMORY,
                        2)));
    }

    LoadRequest request() throws IOException {
        return new LoadRequest(folder);
    }

    Message.Loaded load(LoadRequest request) throws IOException {
        Message message = worker.ask(new Message.Load(nextId(), request.task()));
        if (message instanceof Message.Failed failed) {
            throw new AssertionError(failed.failure().toString());
        }
        return (Message.Loaded) message;
    }

    Failure failure(LoadRequest request) throws IOException {
        Failure failure = failureOf(new Message.Load(nextId(), request.task()));
        assertThat(failure.message()).doesNotContain(folder.toString());
        assertThat(request.output()).isEmptyDirectory();
        return failure;
    }

    /** Names and types of the columns, as {@code a BIGINT, b VARCHAR}. */
    static String columns(Message.Loaded loaded) {
        return loaded.columns().stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(", "));
    }

    /** The rows as {@code 1~x}, a null as {@code NULL}. */
    static List<String> lines(Message.Loaded loaded) throws SQLException {
        return rows(loaded).stream()
                .map(row -> row.stream()
                        .map(String::valueOf)
                        .map(v -> v.equals("null") ? "NULL" : v)
                        .collect(Collectors.joining("~")))
                .toList();
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static List<List<String>> rows(Message.Loaded loaded) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        for (WrittenFile file : loaded.files()) {
            rows.addAll(
                    Parquet.rows("select COLUMNS(*)::VARCHAR from read_parquet(" + Parquet.glob(file.path()) + ")"));
        }
        return rows;
    }
}

package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.GivenColumn;
import dev.tarn.worker.protocol.InputFile;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.RejectPolicy;
import dev.tarn.worker.protocol.TargetColumn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How a test loads files of formats whose names tell what they are. */
abstract class FileLoading extends Loading {
    static final List<GivenColumn> ALL = List.of();
    static final List<TargetColumn> NEW = List.of();

    LoadTask task(
            List<Path> files, List<GivenColumn> given, List<TargetColumn> target, boolean newColumns, boolean skip)
            throws IOException {
        return task(files, given, target, newColumns, skip, MEMORY, 64 << 20);
    }

    LoadTask task(
            List<Path> files,
            List<GivenColumn> given,
            List<TargetColumn> target,
            boolean newColumns,
            boolean skip,
            long memory,
            long targetFileBytes)
            throws IOException {
        runs++;
        List<InputFile> inputs = new ArrayList<>();
        files.forEach(file ->
                inputs.add(new InputFile(file.toString(), file.getFileName().toString())));
        return new LoadTask(
                inputs,
                FileOptions.FOUND,
                given,
                target,
                newColumns,
                skip ? new RejectPolicy(rejects().toString()) : RejectPolicy.STOP,
                output().toString(),
                "part",
                targetFileBytes,
                memory,
                2);
    }

    Path rejects() {
        return folder.resolve("rejects.csv");
    }

    Message.Loaded loaded(LoadTask task) throws IOException {
        Message message = worker.ask(new Message.Load(nextId(), task));
        assertThat(message).isInstanceOf(Message.Loaded.class);
        return (Message.Loaded) message;
    }

    Failure failed(LoadTask task) throws IOException {
        Failure failure = failureOf(new Message.Load(nextId(), task));
        assertThat(failure.message()).doesNotContain(folder.toString());
        assertThat(output()).isEmptyDirectory();
        return failure;
    }

    static String numbered(Message.Loaded loaded) {
        return loaded.columns().stream()
                .map(column -> column.fieldId() + " " + column.name() + " " + column.type())
                .collect(Collectors.joining(", "));
    }
}

package dev.tarn.loading;

import dev.tarn.catalog.TestTables;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.InputFile;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.LoadedColumn;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Preview;
import dev.tarn.worker.protocol.WrittenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files of a number a line, without a worker; a line that is none is left out or ends the load. */
final class PlainConversion implements Conversion {
    /** What happens while it works. */
    Runnable meanwhile = () -> {};

    @Override
    public long memoryBytes() {
        return 1;
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public Message.Loaded run(LoadTask task, LoadProgress progress, Cancellation cancellation) {
        List<Long> numbers = new ArrayList<>();
        List<String> rejects = new ArrayList<>(List.of("file,line,column,value,reason"));
        for (InputFile file : task.files()) {
            for (String line : lines(Path.of(file.path()))) {
                if (line.matches("-?\\d+")) {
                    numbers.add(Long.valueOf(line));
                } else if (task.rejects().skips()) {
                    rejects.add("%s,1,n,%s,no number".formatted(file.displayName(), line));
                } else {
                    throw new TarnException(ErrorCode.BAD_ROW, "No number: " + line).with("line", 1L);
                }
            }
        }
        meanwhile.run();
        if (cancellation.requested()) {
            throw cancellation.failure();
        }
        Path data = Path.of(task.outputFolder()).resolve(task.filePrefix() + "-0.parquet");
        long bytes = TestTables.write(data, numbers);
        if (rejects.size() > 1) {
            write(Path.of(String.valueOf(task.rejects().file())), rejects);
        }
        return new Message.Loaded(
                1,
                List.of(new LoadedColumn(1, "n", "BIGINT")),
                List.of(new WrittenFile(data.toString(), numbers.size(), bytes)),
                numbers.size(),
                rejects.size() - 1L,
                1,
                FileOptions.FOUND,
                List.of());
    }

    @Override
    public Preview preview(LoadTask task, int rows, Cancellation cancellation) {
        return new Preview(FileOptions.FOUND, List.of(), List.of(), List.of(), List.of());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, List<String> lines) {
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.tarn.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.GivenColumn;
import dev.tarn.worker.protocol.InputFile;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.RejectPolicy;
import dev.tarn.worker.protocol.TargetColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A load as a test asks for it, one word after the other. */
final class LoadRequest {
    private final Path folder;
    private final List<InputFile> files = new ArrayList<>();
    private final List<GivenColumn> given = new ArrayList<>();
    private List<TargetColumn> target = List.of();
    private FileOptions options = FileOptions.FOUND;
    private boolean newColumns;
    private RejectPolicy rejects = RejectPolicy.STOP;

    LoadRequest(Path folder) throws IOException {
        this.folder = Files.createTempDirectory(folder, "load");
    }

    LoadRequest file(String name, String text) throws IOException {
        return file(name, text.getBytes(UTF_8));
    }

    LoadRequest file(String name, byte[] bytes) throws IOException {
        return file(name, Files.write(folder.resolve("file-" + files.size()), bytes));
    }

    LoadRequest file(String name, Path path) {
        files.add(new InputFile(path.toString(), name));
        return this;
    }

    LoadRequest options(FileOptions told) {
        options = told;
        return this;
    }

    LoadRequest given(String source, String name, @Nullable String type) {
        given.add(new GivenColumn(source, name, type));
        return this;
    }

    LoadRequest into(TargetColumn... columns) {
        target = List.of(columns);
        return this;
    }

    LoadRequest addingColumns() {
        newColumns = true;
        return this;
    }

    LoadRequest skipping() {
        rejects = new RejectPolicy(rejectsFile().toString());
        return this;
    }

    Path rejectsFile() {
        return folder.resolve("rejects.csv");
    }

    String rejects() throws IOException {
        return Files.readString(rejectsFile());
    }

    Path output() throws IOException {
        return Files.createDirectories(folder.resolve("out"));
    }

    LoadTask task() throws IOException {
        return new LoadTask(
                files,
                options,
                given,
                target,
                newColumns,
                rejects,
                output().toString(),
                "part",
                64 << 20,
                WorkerTest.MEMORY,
                2);
    }

    /** Options, all open but what is told afterwards. */
    static ToldOptions told() {
        return new ToldOptions();
    }
}

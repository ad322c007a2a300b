package dev.tarn.loading;

import dev.tarn.worker.protocol.InputFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Whole files that a load reads.
 *
 * @param files in the folder, 0, 1 and so on
 * @param upload the upload that they are; empty when they came with the load itself
 */
record LoadSource(Path folder, List<Upload.SentFile> files, String hash, Optional<UUID> upload) {

    List<InputFile> inputs() {
        List<InputFile> inputs = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            inputs.add(new InputFile(
                    folder.resolve(Integer.toString(i)).toString(), files.get(i).name()));
        }
        return inputs;
    }

    long bytes() {
        return files.stream().mapToLong(Upload.SentFile::bytes).sum();
    }

    List<String> names() {
        return files.stream().map(Upload.SentFile::name).toList();
    }

    /** What a list shows of the names. */
    String title() {
        String first = files.getFirst().name();
        return files.size() == 1 ? first : "%s and %d more".formatted(first, files.size() - 1);
    }
}

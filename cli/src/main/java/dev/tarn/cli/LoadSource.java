package dev.tarn.cli;

import dev.tarn.cli.sample.SampleTable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What is loaded: a file, standard input, or a table of the sample. Only what can be opened again can be sent again. */
record LoadSource(
        String name, String contentType, OptionalLong length, boolean repeatable, Supplier<InputStream> content) {

    static LoadSource of(Path file) throws CommandException {
        if (Files.isDirectory(file) || !Files.isReadable(file)) {
            throw new CommandException(
                    ExitCode.WRONG_INPUT,
                    file + (Files.exists(file) ? " cannot be read as a file." : " does not exist."));
        }
        boolean regular = Files.isRegularFile(file);
        try {
            OptionalLong length = regular ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
            return new LoadSource(file.getFileName().toString(), contentType(file), length, regular, () -> open(file));
        } catch (IOException e) {
            throw new CommandException(ExitCode.WRONG_INPUT, file + " cannot be read.");
        }
    }

    static LoadSource of(SampleTable table) {
        return new LoadSource(table.name() + ".csv", "text/csv", OptionalLong.empty(), true, table.csv());
    }

    static LoadSource standardInput(Terminal terminal) {
        return new LoadSource("stdin", "application/octet-stream", OptionalLong.empty(), false, terminal::in);
    }

    private static InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read.", e);
        }
    }

    private static String contentType(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "csv" -> "text/csv";
            case "tsv", "tab" -> "text/tab-separated-values";
            default -> "application/octet-stream";
        };
    }

    /** The content, telling {@code progress} what of it was read. */
    private InputStream open(LoadProgress progress) {
        return new FilterInputStream(content.get()) {
            @Override
            public int read(byte[] target, int offset, int count) throws IOException {
                int read = super.read(target, offset, count);
                if (read > 0) {
                    progress.sent(read);
                }
                return read;
            }
        };
    }

    BodyPublisher body(LoadProgress progress) {
        BodyPublisher stream = BodyPublishers.ofInputStream(() -> open(progress));
        // A length of 0 is not allowed here, and an empty file needs none.
        return length.isPresent() && length.getAsLong() > 0
                ? BodyPublishers.fromPublisher(stream, length.getAsLong())
                : stream;
    }
}

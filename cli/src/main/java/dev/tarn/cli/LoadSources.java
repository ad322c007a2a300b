package dev.tarn.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** From what is named on the command line to files: each file once, those of a folder or a glob in the order of their names. */
final class LoadSources {
    static final String STANDARD_INPUT = "-";

    private static final Pattern GLOB = Pattern.compile("[*?\\[{]");
    private static final Pattern KNOWN =
            Pattern.compile(".*\\.(csv|tsv|tab|txt|json|jsonl|ndjson|parquet|xlsx)(\\.gz|\\.zst)?|.*\\.zip");
    private static final int MOST_FILES = 10_000;

    private LoadSources() {}

    /** The files; empty stands for standard input. */
    static List<Path> files(List<String> named) throws CommandException {
        if (named.contains(STANDARD_INPUT)) {
            if (named.size() > 1) {
                throw new CommandException(ExitCode.USAGE, "Standard input (-) is loaded alone, without other files.");
            }
            return List.of();
        }
        Set<Path> files = new LinkedHashSet<>();
        for (String name : named) {
            files.addAll(files(name));
        }
        if (files.size() > MOST_FILES) {
            throw new CommandException(
                    ExitCode.USAGE, files.size() + " files are more than the " + MOST_FILES + " of one load.");
        }
        return List.copyOf(files);
    }

    private static List<Path> files(String name) throws CommandException {
        Path path = Path.of(name);
        try {
            if (Files.isDirectory(path)) {
                return some(inFolder(path), path + " holds no file of a kind that can be loaded.");
            }
            if (!Files.exists(path) && GLOB.matcher(name).find()) {
                return some(matching(name), "No file matches " + name + ".");
            }
            return List.of(path);
        } catch (IOException e) {
            throw new CommandException(ExitCode.WRONG_INPUT, path + " cannot be listed.");
        }
    }

    private static List<Path> some(List<Path> files, String otherwise) throws CommandException {
        if (files.isEmpty()) {
            throw new CommandException(ExitCode.WRONG_INPUT, otherwise);
        }
        return files;
    }

    private static List<Path> inFolder(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile)
                    .filter(file -> KNOWN.matcher(file.getFileName().toString().toLowerCase(Locale.ROOT))
                            .matches())
                    .filter(file -> !file.getFileName().toString().endsWith(".rejects.csv"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> matching(String glob) throws IOException {
        List<String> fixed = new ArrayList<>();
        for (String part : glob.split("/", -1)) {
            if (GLOB.matcher(part).find()) {
                break;
            }
            fixed.add(part);
        }
        Path start = Path.of(String.join("/", fixed) + (glob.startsWith("/") && fixed.size() == 1 ? "/" : ""));
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        if (!Files.isDirectory(start.toString().isEmpty() ? Path.of(".") : start)) {
            return List.of();
        }
        try (Stream<Path> entries =
                Files.walk(start.toString().isEmpty() ? Path.of("") : start, FileVisitOption.FOLLOW_LINKS)) {
            return entries.filter(matcher::matches)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }
}

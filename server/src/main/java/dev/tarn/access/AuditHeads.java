package dev.tarn.access;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Heads of chains in log files: the sealer writes them, and a verification reads them back, whatever the log's format is and
 * wherever the file has been meanwhile. A cut tail can be found in no other way, since who can cut it can also write the head
 * that fits.
 */
final class AuditHeads {
    private static final Pattern LINE = Pattern.compile(
            "Audit head of tenant ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}): ([0-9]{1,18}:[0-9a-f]{64})");

    private AuditHeads() {}

    /** The log's line. */
    static String logged(UUID tenantId, long sequence, String hash) {
        return "Audit head of tenant %s: %d:%s".formatted(tenantId, sequence, hash);
    }

    /** The heads in the log files of a folder, by tenant; none when there is no such folder. */
    static Map<UUID, List<AuditHead>> in(Path folder) {
        Map<UUID, Map<String, AuditHead>> found = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(AuditHeads::isLog).sorted().forEach(file -> read(file, found));
            } catch (IOException e) {
                throw new UncheckedIOException("The log files cannot be listed", e);
            }
        }
        Map<UUID, List<AuditHead>> heads = new TreeMap<>();
        found.forEach((tenantId, byText) -> heads.put(tenantId, List.copyOf(byText.values())));
        return heads;
    }

    private static boolean isLog(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file) && name.contains(".log");
    }

    private static void read(Path file, Map<UUID, Map<String, AuditHead>> found) {
        try (InputStream in = Files.newInputStream(file);
                InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
                BufferedReader lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> find(line, found));
        } catch (IOException | UncheckedIOException e) {
            // A log that is rolled away this moment, or was cut off in the middle of a block: the others are read.
            org.slf4j.LoggerFactory.getLogger("dev.tarn.audit")
                    .warn("The log file {} could not be read to its end", file.getFileName(), e);
        }
    }

    private static void find(String line, Map<UUID, Map<String, AuditHead>> found) {
        if (!line.contains("Audit head of tenant")) {
            return;
        }
        Matcher matcher = LINE.matcher(line);
        while (matcher.find()) {
            AuditHead head = AuditHead.parse(matcher.group(2));
            found.computeIfAbsent(UUID.fromString(matcher.group(1)), tenant -> new TreeMap<>())
                    .putIfAbsent(head.text(), head);
        }
    }
}

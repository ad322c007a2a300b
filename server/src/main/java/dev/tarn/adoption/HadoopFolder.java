package dev.tarn.adoption;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.storage.TableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.InputFile;

/**
 * A warehouse folder of Iceberg's hadoop catalog: a folder with {@code metadata/v*.metadata.json} is a table, any other one a
 * namespace. Which version is current is told as that catalog does: {@code version-hint.text}, and whatever follows it.
 */
final class HadoopFolder implements ForeignCatalog {
    private static final Pattern VERSION = Pattern.compile("v(\\d{1,18})(\\.gz)?\\.metadata\\.json(\\.gz)?");
    private static final Pattern METADATA = Pattern.compile(".*\\.metadata\\.json(\\.gz)?");
    private static final int DEEPEST = 20;
    private static final int LONGEST_HINT = 32;

    private final TableFiles files;
    private final UUID tenantId;
    private final String folder;

    /** @param folder the location of a granted folder */
    HadoopFolder(TableFiles files, UUID tenantId, String folder) {
        this.files = files;
        this.tenantId = tenantId;
        this.folder = folder;
    }

    @Override
    public void check() {
        if (!files.isGrantedFolder(tenantId, folder)) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "There is no folder %s; make it, or name another".formatted(folder.replaceFirst("^file:", "")));
        }
        files.listGranted(tenantId, folder);
    }

    @Override
    public Contents contents(TableChoice choice, Runnable goingOn) {
        Contents found = new Contents(new ArrayList<>(), new ArrayList<>());
        collect(Namespace.empty(), choice, goingOn, found);
        return found;
    }

    private void collect(Namespace namespace, TableChoice choice, Runnable goingOn, Contents found) {
        goingOn.run();
        for (TableFiles.Entry entry : files.listGranted(tenantId, location(namespace))) {
            if (!entry.folder() || entry.name().startsWith(".")) {
                continue;
            }
            TableIdentifier table = TableIdentifier.of(namespace, entry.name());
            if (isTable(table)) {
                if (choice.has(table)) {
                    found.tables().add(table);
                    ForeignCatalog.requireRoom(found.tables().size());
                }
            } else if (namespace.length() < DEEPEST && choice.mayBeBelow(inside(namespace, entry.name()))) {
                Namespace inside = inside(namespace, entry.name());
                found.namespaces().add(inside);
                collect(inside, choice, goingOn, found);
            }
        }
    }

    private static Namespace inside(Namespace namespace, String level) {
        List<String> levels = new ArrayList<>(List.of(namespace.levels()));
        levels.add(level);
        return Namespace.of(levels.toArray(new String[0]));
    }

    private boolean isTable(TableIdentifier table) {
        return files.listGranted(tenantId, metadataFolder(table)).stream()
                .anyMatch(entry ->
                        !entry.folder() && METADATA.matcher(entry.name()).matches());
    }

    private String location(Namespace namespace) {
        return namespace.isEmpty() ? folder : folder + "/" + String.join("/", namespace.levels());
    }

    private String metadataFolder(TableIdentifier table) {
        return location(table.namespace()) + "/" + table.name() + "/metadata";
    }

    /** A name is that of a folder, and of none that leads elsewhere. */
    private static boolean isFolder(String name) {
        return !name.startsWith(".") && name.indexOf('/') < 0 && name.indexOf('\\') < 0;
    }

    @Override
    public Optional<Loaded> load(TableIdentifier table) {
        boolean folders = isFolder(table.name())
                && Arrays.stream(table.namespace().levels()).allMatch(HadoopFolder::isFolder);
        return folders && isTable(table)
                ? Optional.of(new Loaded(metadataLocation(table), Optional.empty()))
                : Optional.empty();
    }

    @Override
    public String metadataLocation(TableIdentifier table) {
        NavigableMap<Long, String> versions = new TreeMap<>();
        for (TableFiles.Entry entry : files.listGranted(tenantId, metadataFolder(table))) {
            Matcher version = VERSION.matcher(entry.name());
            if (!entry.folder() && version.matches()) {
                versions.put(Long.parseLong(version.group(1)), entry.name());
            }
        }
        if (versions.isEmpty()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "It is no table of a hadoop catalog: only its own catalog knows which metadata file is the newest; "
                            + "adopt it through that one, or by the file");
        }
        Long version = hint(table);
        if (version == null || !versions.containsKey(version)) {
            version = versions.lastKey();
        }
        while (versions.containsKey(version + 1)) {
            version++;
        }
        return metadataFolder(table) + "/" + versions.get(version);
    }

    /** What the hint says; it may be missing, old or cut off. */
    private @org.jspecify.annotations.Nullable Long hint(TableIdentifier table) {
        InputFile file = files.newInputFile(metadataFolder(table) + "/version-hint.text");
        if (!file.exists()) {
            return null;
        }
        try (InputStream stream = file.newStream()) {
            String text = new String(stream.readNBytes(LONGEST_HINT), StandardCharsets.US_ASCII).strip();
            return text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.tarn.adoption;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tables that are elsewhere and are wanted here; the secret of a REST catalog is told apart from it.
 *
 * @param location of the metadata file or of the hadoop catalog's folder; of a REST catalog the address that {@code /v1} follows
 * @param name what the one table of a metadata file is called here
 * @param warehouse what a REST catalog calls the warehouse
 * @param tokenAddress where a REST catalog's tokens come from, when it is not the catalog itself
 * @param scope of such a token; {@code catalog} when absent
 * @param namespaces of these all tables, also of those below; none of both lists: all tables
 * @param tables these, by their names there
 * @param into the namespace here under which theirs go; absent: at the top
 * @param dryRun whether it is only found out what would happen
 */
public record WantedAdoption(
        Kind kind,
        String location,
        @Nullable String name,
        @Nullable String warehouse,
        @Nullable String tokenAddress,
        @Nullable String scope,
        List<String> namespaces,
        List<String> tables,
        @Nullable String into,
        boolean dryRun) {
    /** Where tables come from. */
    public enum Kind {
        METADATA_FILE,
        HADOOP,
        REST;

        /** The kind as it is shown. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind of that text. */
        public static Optional<Kind> of(@Nullable String text) {
            return java.util.Arrays.stream(values())
                    .filter(kind -> kind.text().equals(text))
                    .findFirst();
        }
    }

    public WantedAdoption {
        namespaces = List.copyOf(namespaces);
        tables = List.copyOf(tables);
    }

    TableChoice choice() {
        return new TableChoice(namespaces, tables);
    }
}

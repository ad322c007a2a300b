package dev.tarn.adoption;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A catalog that a tenant looks at.
 *
 * @param warehouse the folder of a hadoop catalog; what a REST catalog calls the warehouse
 * @param name what it is called in names of tables
 * @param uri of a REST catalog, the address that {@code /v1} follows
 * @param properties by Iceberg's names; those in {@link #SECRETS} are shown as {@link #MASK}
 */
public record MountedCatalog(
        Kind kind,
        @Nullable String warehouse,
        String name,
        @Nullable String uri,
        Map<String, String> properties) {
    /** What stands for a secret; sent back, it means the one that is kept. */
    public static final String MASK = "********";

    static final String TOKEN = "token";
    static final String CREDENTIAL = "credential";
    static final String SCOPE = "scope";
    static final String TOKEN_ADDRESS = "oauth2-server-uri";
    static final Set<String> SECRETS = Set.of(TOKEN, CREDENTIAL);

    /** How a catalog is read. */
    public enum Kind {
        /** The tenant's own. */
        OWN,
        HADOOP,
        REST,
        /** Apache Polaris, which speaks the REST catalog's protocol. */
        POLARIS;

        /** The kind as it is stored and shown. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind of that text. */
        public static Optional<Kind> of(String text) {
            return Arrays.stream(values())
                    .filter(kind -> kind.text().equals(text))
                    .findFirst();
        }

        Set<String> properties() {
            return switch (this) {
                case OWN, HADOOP -> Set.of();
                case REST, POLARIS -> Set.of(TOKEN, CREDENTIAL, SCOPE, TOKEN_ADDRESS);
            };
        }
    }

    public MountedCatalog {
        properties = Map.copyOf(properties);
    }

    /** The same with every secret masked. */
    MountedCatalog masked() {
        Map<String, String> shown = new TreeMap<>(properties);
        shown.replaceAll((key, value) -> SECRETS.contains(key) ? MASK : value);
        return new MountedCatalog(kind, warehouse, name, uri, shown);
    }

    /** Whether a secret that was meant for the other may be sent where this one's goes. */
    boolean asksWhere(MountedCatalog other) {
        return uri != null
                && uri.equals(other.uri())
                && Optional.ofNullable(properties.get(TOKEN_ADDRESS))
                        .equals(Optional.ofNullable(other.properties().get(TOKEN_ADDRESS)));
    }

    /** The same in words of an adoption, which reads such catalogs as well. */
    WantedAdoption source() {
        boolean hadoop = kind == Kind.HADOOP;
        return new WantedAdoption(
                hadoop ? WantedAdoption.Kind.HADOOP : WantedAdoption.Kind.REST,
                String.valueOf(hadoop ? warehouse : uri),
                null,
                hadoop ? null : warehouse,
                properties.get(TOKEN_ADDRESS),
                properties.get(SCOPE),
                List.of(),
                List.of(),
                null,
                true);
    }

    @Override
    public String toString() {
        MountedCatalog shown = masked();
        return "MountedCatalog[%s %s %s %s %s]"
                .formatted(kind, warehouse, name, uri, new TreeMap<>(shown.properties()));
    }
}

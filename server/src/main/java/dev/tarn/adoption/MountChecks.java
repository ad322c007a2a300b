package dev.tarn.adoption;

import dev.tarn.catalog.TableName;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a configuration of a catalog can say, before anybody is asked. */
final class MountChecks {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    private static final int LONGEST_VALUE = 2_000;

    private MountChecks() {}

    static void check(MountedCatalog wanted) {
        if (!NAME.matcher(wanted.name()).matches()) {
            throw refused("The name of a catalog has 1 to 100 letters, digits and _, and begins with no digit");
        }
        boolean own = wanted.kind() == MountedCatalog.Kind.OWN && wanted.name().equals(TableName.DEFAULT_CATALOG);
        if (!own && TableName.isCatalog(wanted.name())) {
            throw refused("%s is the name of a catalog of this server; choose another".formatted(wanted.name()));
        }
        wanted.properties().forEach((key, value) -> property(wanted.kind(), key, value));
        if (wanted.properties().keySet().containsAll(MountedCatalog.SECRETS)) {
            throw refused("A catalog is opened by a token or by a credential; send one of both");
        }
        switch (wanted.kind()) {
            case OWN -> {}
            case HADOOP -> {
                if (isBlank(wanted.warehouse())) {
                    throw refused("A hadoop catalog needs its folder as warehouse, like /tmp/warehouse");
                }
                if (!isBlank(wanted.uri())) {
                    throw refused("A hadoop catalog is a folder and has no uri; leave it out");
                }
            }
            case REST, POLARIS -> {
                if (isBlank(wanted.uri())) {
                    throw refused("A %s catalog needs its address as uri, like https://catalog.example.com/iceberg"
                            .formatted(wanted.kind().text()));
                }
            }
        }
    }

    private static void property(MountedCatalog.Kind kind, String key, String value) {
        if (!kind.properties().contains(key)) {
            String known = kind.properties().isEmpty()
                    ? "there are none"
                    : "there are " + String.join(", ", new TreeSet<>(kind.properties()));
            throw refused("The property %s is not taken for a catalog of type %s; %s"
                    .formatted(key.length() > 60 ? key.substring(0, 60) + "..." : key, typed(kind), known));
        }
        if (value.length() > LONGEST_VALUE && !MountedCatalog.SECRETS.contains(key)) {
            throw refused("The property %s has more than %,d characters".formatted(key, LONGEST_VALUE));
        }
    }

    private static String typed(MountedCatalog.Kind kind) {
        return kind == MountedCatalog.Kind.OWN ? "rest at this server's own address" : kind.text();
    }

    private static boolean isBlank(@org.jspecify.annotations.Nullable String text) {
        return text == null || text.isBlank();
    }

    private static TarnException refused(String message) {
        return new TarnException(ErrorCode.INVALID_REQUEST, message);
    }
}

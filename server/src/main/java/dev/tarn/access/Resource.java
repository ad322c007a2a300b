package dev.tarn.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a verb applies to, written {@code kind:name}: {@code table:iceberg.shop.orders}, {@code namespace:iceberg.shop}.
 *
 * @param kind the sort of thing
 * @param name its full name or id inside the tenant
 */
public record Resource(Kind kind, String name) {
    /** The sorts of things that can be granted. */
    public enum Kind {
        CATALOG,
        NAMESPACE,
        TABLE,
        STATEMENT,
        LOAD,
        KEY,
        WORKSPACE,
        USER,
        ROLE,
        GRANT,
        TENANT,
        SETTING,
        SECRET,
        AUDIT,
        USAGE,
        DATASET,
        AGENT,
        PIPELINE,
        MODEL,
        JOB;

        /** The kind as it is stored and shown. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Everything: of the tenant, or as a name all of a kind. */
    public static final String ALL = "*";

    public static Resource catalog(String name) {
        return new Resource(Kind.CATALOG, name);
    }

    public static Resource namespace(String fullName) {
        return new Resource(Kind.NAMESPACE, fullName);
    }

    public static Resource table(String fullName) {
        return new Resource(Kind.TABLE, fullName);
    }

    public static Resource statement(String id) {
        return new Resource(Kind.STATEMENT, id);
    }

    public static Resource load(String id) {
        return new Resource(Kind.LOAD, id);
    }

    public static Resource key(String id) {
        return new Resource(Kind.KEY, id);
    }

    public static Resource workspace(String name) {
        return new Resource(Kind.WORKSPACE, name);
    }

    public static Resource user(String id) {
        return new Resource(Kind.USER, id);
    }

    /** All things of a kind. */
    public static Resource all(Kind kind) {
        return new Resource(kind, ALL);
    }

    /** The resource that {@code kind:name} means; empty for any other text. */
    public static Optional<Resource> parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            return Optional.empty();
        }
        String kind = text.substring(0, colon).toLowerCase(Locale.ROOT);
        return Arrays.stream(Kind.values())
                .filter(known -> known.text().equals(kind))
                .findFirst()
                .map(known -> new Resource(known, text.substring(colon + 1)));
    }

    /**
     * Whether this resource is the other one or holds it: all of a kind, a catalog its namespaces and tables, a namespace the
     * ones below it and their tables. Names are full ones, their parts quoted where they must be.
     */
    public boolean covers(Resource other) {
        if (kind == other.kind && (name.equals(ALL) || name.equals(other.name))) {
            return true;
        }
        boolean holds = (kind == Kind.CATALOG || kind == Kind.NAMESPACE)
                && (other.kind == Kind.NAMESPACE || other.kind == Kind.TABLE);
        return holds && (name.equals(ALL) || other.name.startsWith(name + "."));
    }

    /** The texts of all that {@link #covers} this resource, {@value #ALL} too. */
    List<String> coveredBy() {
        List<String> texts = new ArrayList<>(List.of(ALL, all(kind).text()));
        if (!name.equals(ALL)) {
            texts.add(text());
        }
        if (kind == Kind.NAMESPACE || kind == Kind.TABLE) {
            for (Kind holder : List.of(Kind.CATALOG, Kind.NAMESPACE)) {
                if (holder != kind) {
                    texts.add(all(holder).text());
                }
                for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                    texts.add(new Resource(holder, name.substring(0, dot)).text());
                }
            }
        }
        return texts;
    }

    /** The resource as it is stored and shown. */
    public String text() {
        return kind.text() + ":" + name;
    }
}

package dev.tarn.access;

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
        USER
    }

    /** Everything of the tenant. */
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

    /** The resource as it is stored and shown. */
    public String text() {
        return kind.name().toLowerCase(java.util.Locale.ROOT) + ":" + name;
    }
}

package dev.tarn.catalog;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * The full name of a table. This is the only place where names are put together or taken apart.
 *
 * <p>A name is parts between dots. The last part is the table. A first part that is a catalog is the catalog, else it is a
 * namespace; the parts between are namespace levels. What is missing is {@code iceberg} and {@code default}. A part may be
 * quoted with double quotes or backticks, doubled inside. A level of a namespace holds no dot: the catalog's rows join
 * levels with dots, as Iceberg's JDBC catalog does.
 *
 * @param catalog {@code iceberg} or {@code delta}
 * @param namespace levels, at least one
 * @param table may hold any character that is not a control character
 */
public record TableName(String catalog, List<String> namespace, String table) {
    /** The catalog of a name that says none. */
    public static final String DEFAULT_CATALOG = "iceberg";

    /** The namespace of a name that says none. */
    public static final String DEFAULT_NAMESPACE = "default";

    /** Characters of a namespace (levels and dots together) and of a table's name at most. */
    public static final int LENGTH_LIMIT = 255;

    private static final Set<String> CATALOGS = Set.of(DEFAULT_CATALOG, "delta");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    public TableName {
        namespace = List.copyOf(namespace);
        if (!CATALOGS.contains(catalog)) {
            throw invalid("There is no catalog %s; the catalogs are iceberg and delta".formatted(shown(catalog)));
        }
        if (namespace.isEmpty()) {
            throw invalid("The name of table %s has no namespace; write namespace.table".formatted(shown(table)));
        }
        checkNamespace(namespace);
        checkPart("table", table);
        checkLength("table", table);
    }

    /** The name that a text means, with the defaults {@code iceberg} and {@code default}. */
    public static TableName parse(String text) {
        return of(split(text), List.of(DEFAULT_NAMESPACE));
    }

    /** The name that a text means where unqualified names belong to {@code defaultNamespace}. */
    public static TableName parse(String text, List<String> defaultNamespace) {
        return of(split(text), defaultNamespace);
    }

    /** The name of parts that a parser has already taken apart, quotes removed. */
    public static TableName of(List<String> parts, List<String> defaultNamespace) {
        if (parts.isEmpty()) {
            throw invalid("The name of a table is empty; write namespace.table");
        }
        boolean qualified = parts.size() > 1 && isCatalog(parts.getFirst());
        String catalog = qualified ? parts.getFirst().toLowerCase(Locale.ROOT) : DEFAULT_CATALOG;
        List<String> levels = parts.subList(qualified ? 1 : 0, parts.size() - 1);
        return new TableName(catalog, levels.isEmpty() ? defaultNamespace : levels, parts.getLast());
    }

    /**
     * The name that a text means where the catalog has one more name.
     *
     * @param alias stands for {@code iceberg} as a first part, in any case
     */
    public static TableName parseAliased(String text, String alias) {
        List<String> parts = split(text);
        if (parts.size() > 1 && parts.getFirst().equalsIgnoreCase(alias)) {
            parts.set(0, DEFAULT_CATALOG);
        }
        return of(parts, List.of(DEFAULT_NAMESPACE));
    }

    /** The levels of a namespace that a text means; a first part that is a catalog is left out. */
    public static List<String> parseNamespace(String text) {
        List<String> parts = split(text);
        List<String> levels = parts.size() > 1 && isCatalog(parts.getFirst()) ? parts.subList(1, parts.size()) : parts;
        checkNamespace(levels);
        return List.copyOf(levels);
    }

    /** Whether a name is that of a catalog, in any case; no namespace may have it. */
    public static boolean isCatalog(String name) {
        return CATALOGS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** A table beside this one. */
    public TableName withTable(String other) {
        return new TableName(catalog, namespace, other);
    }

    /** The name of a part of this table, as if the table were a namespace. */
    public TableName inside(String part) {
        return new TableName(
                catalog, Stream.concat(namespace.stream(), Stream.of(table)).toList(), part);
    }

    /** The name of the table that this is {@link #inside}, read as a name with a namespace or without. */
    public TableName outside(List<String> defaultNamespace) {
        return namespace.size() == 1
                ? new TableName(catalog, defaultNamespace, namespace.getFirst())
                : new TableName(catalog, namespace.subList(0, namespace.size() - 1), namespace.getLast());
    }

    /** The full name of a namespace whose levels are joined by dots, parts quoted where they must be. */
    public static String namespaceFullName(String levels) {
        return Stream.concat(Stream.of(DEFAULT_CATALOG), Stream.of(levels.split("\\.", -1)))
                .map(TableName::quotedWhereNeeded)
                .collect(Collectors.joining("."));
    }

    /** The name in Iceberg's form, without the catalog. */
    TableIdentifier identifier() {
        return TableIdentifier.of(Namespace.of(namespace.toArray(new String[0])), table);
    }

    /** The namespace's levels joined by dots, as lists show it. */
    public String namespaceText() {
        return String.join(".", namespace);
    }

    /** The full name, parts quoted where they must be: {@code iceberg.shop."my orders"}. It parses back to this name. */
    public String text() {
        return rendered(TableName::quotedWhereNeeded);
    }

    /** The name without its catalog, parts quoted where they must be: {@code shop."my orders"}. */
    public String textInCatalog() {
        return Stream.concat(namespace.stream(), Stream.of(table))
                .map(TableName::quotedWhereNeeded)
                .collect(Collectors.joining("."));
    }

    /** The full name with every part in double quotes, safe in SQL whatever the words mean there. */
    public String sql() {
        return rendered(TableName::quoted);
    }

    @Override
    public String toString() {
        return text();
    }

    private String rendered(java.util.function.UnaryOperator<String> part) {
        return Stream.of(List.of(catalog), namespace, List.of(table))
                .flatMap(List::stream)
                .map(part)
                .collect(Collectors.joining("."));
    }

    /** A part in double quotes unless it is a plain identifier. */
    static String quotedWhereNeeded(String part) {
        return PLAIN.matcher(part).matches() ? part : quoted(part);
    }

    /** A part in double quotes. */
    static String quoted(String part) {
        return '"' + part.replace("\"", "\"\"") + '"';
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        do {
            at = TableNamePart.read(text, at, parts);
        } while (at <= text.length());
        return parts;
    }

    /** The levels, when they are a namespace's. */
    static List<String> checkedNamespace(List<String> levels) {
        if (levels.isEmpty()) {
            throw invalid("The name of a namespace is empty; write a name");
        }
        checkNamespace(levels);
        return levels;
    }

    private static void checkNamespace(List<String> levels) {
        for (String level : levels) {
            checkPart("namespace", level);
            if (level.indexOf('.') >= 0) {
                throw invalid("The namespace level %s holds a dot, which separates levels; choose a name without dots"
                        .formatted(shown(level)));
            }
        }
        if (isCatalog(levels.getFirst())) {
            throw invalid("A namespace cannot be called %s, which is a catalog; choose another name"
                    .formatted(shown(levels.getFirst())));
        }
        checkLength("namespace", String.join(".", levels));
    }

    private static void checkPart(String kind, String part) {
        if (part.isBlank()) {
            throw invalid("The name of a %s is empty; write namespace.table".formatted(kind));
        }
        if (part.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw invalid("The %s name %s holds a control character; choose another name".formatted(kind, shown(part)));
        }
    }

    private static void checkLength(String kind, String name) {
        int length = name.codePointCount(0, name.length());
        if (length > LENGTH_LIMIT) {
            throw invalid("The %s name %s has %d characters; at most %d are possible"
                    .formatted(kind, shown(name), length, LENGTH_LIMIT));
        }
    }

    private static String shown(String name) {
        String cleaned = name.replaceAll("\\p{Cntrl}", "?");
        return quoted(
                cleaned.length() <= 40 ? cleaned : cleaned.substring(0, cleaned.offsetByCodePoints(0, 30)) + "...");
    }

    private static TarnException invalid(String message) {
        return new TarnException(ErrorCode.INVALID_REQUEST, message);
    }
}

package dev.tarn.catalog;

import dev.tarn.platform.database.Database;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.RowMapper;

/** The catalog in the platform's database. */
final class JdbcCatalogStore implements CatalogStore {
    /** The property by which Iceberg's JDBC catalog knows a namespace that was made. */
    static final String EXISTS = "exists";

    private static final String SELECT =
            "SELECT table_namespace, table_name, iceberg_type, metadata_location FROM iceberg_tables ";
    private static final String ONE = " WHERE catalog_name = ? AND table_namespace = ? AND table_name = ?";

    /** A row of an older layout has no type and is a table. */
    private static final String KIND = " AND COALESCE(iceberg_type, 'TABLE') = ?";

    private static final RowMapper<Pointer> POINTER = (row, number) -> new Pointer(
            row.getString("table_namespace"),
            row.getString("table_name"),
            "VIEW".equals(row.getString("iceberg_type")) ? Pointer.Kind.VIEW : Pointer.Kind.TABLE,
            row.getString("metadata_location"));

    private final Database database;

    JdbcCatalogStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Pointer> find(UUID tenantId, String namespace, String name) {
        return database.client()
                .sql(SELECT + ONE)
                .params(tenantId.toString(), namespace, name)
                .query(POINTER)
                .optional();
    }

    @Override
    public Optional<Pointer> hold(UUID tenantId, String namespace, String name) {
        return database.client()
                .sql("UPDATE iceberg_tables SET metadata_location = metadata_location" + ONE
                        + " RETURNING table_namespace, table_name, iceberg_type, metadata_location")
                .params(tenantId.toString(), namespace, name)
                .query(POINTER)
                .optional();
    }

    @Override
    public List<Pointer> similar(UUID tenantId, String namespace, String name, int limit) {
        return database.client()
                .sql(SELECT + """
                        WHERE catalog_name = ? AND LOWER(table_namespace) = LOWER(?) AND LOWER(table_name) = LOWER(?)
                        ORDER BY table_namespace, table_name LIMIT ?""")
                .params(tenantId.toString(), namespace, name, limit)
                .query(POINTER)
                .list();
    }

    @Override
    public List<UUID> tenants() {
        return database.client()
                .sql("SELECT DISTINCT catalog_name FROM iceberg_tables")
                .query((row, number) -> UUID.fromString(row.getString("catalog_name")))
                .list();
    }

    @Override
    public List<Pointer> list(
            UUID tenantId, Optional<Pointer.Kind> kind, Optional<String> namespace, Place after, int limit) {
        String place = namespace.isPresent()
                ? "table_namespace = ? AND table_name > ?"
                : "(table_namespace, table_name) > (?, ?)";
        List<Object> values =
                new ArrayList<>(List.of(tenantId.toString(), namespace.orElse(after.namespace()), after.name()));
        kind.ifPresent(one -> values.add(one.name()));
        values.add(limit);
        return database.client()
                .sql(SELECT + " WHERE catalog_name = ? AND " + place + (kind.isPresent() ? KIND : "")
                        + " ORDER BY table_namespace, table_name LIMIT ?")
                .params(values)
                .query(POINTER)
                .list();
    }

    @Override
    public boolean insert(UUID tenantId, Pointer pointer) {
        return update(
                """
                INSERT INTO iceberg_tables (catalog_name, table_namespace, table_name, metadata_location, iceberg_type)
                VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                tenantId.toString(),
                pointer.namespace(),
                pointer.name(),
                pointer.location(),
                pointer.kind().name());
    }

    @Override
    public boolean move(UUID tenantId, Pointer pointer, String expected) {
        return update(
                "UPDATE iceberg_tables SET metadata_location = ?, previous_metadata_location = ?" + ONE
                        + " AND metadata_location = ?" + KIND,
                pointer.location(),
                expected,
                tenantId.toString(),
                pointer.namespace(),
                pointer.name(),
                expected,
                pointer.kind().name());
    }

    @Override
    public boolean remove(UUID tenantId, Pointer pointer) {
        return update(
                "DELETE FROM iceberg_tables" + ONE + " AND metadata_location = ?" + KIND,
                tenantId.toString(),
                pointer.namespace(),
                pointer.name(),
                pointer.location(),
                pointer.kind().name());
    }

    @Override
    public boolean rename(UUID tenantId, Pointer pointer, String newNamespace, String newName) {
        return update(
                "UPDATE iceberg_tables SET table_namespace = ?, table_name = ?" + ONE + KIND,
                newNamespace,
                newName,
                tenantId.toString(),
                pointer.namespace(),
                pointer.name(),
                pointer.kind().name());
    }

    @Override
    public boolean isAnyAt(List<String> metadataPrefixes) {
        return !at(metadataPrefixes, 1).isEmpty();
    }

    @Override
    public List<String> at(List<String> metadataPrefixes, int limit) {
        List<Object> values = new ArrayList<>();
        metadataPrefixes.forEach(prefix -> values.addAll(List.of(prefix.codePointCount(0, prefix.length()), prefix)));
        values.add(limit);
        String any = metadataPrefixes.stream()
                .map(prefix -> "SUBSTR(metadata_location, 1, ?) = ?")
                .collect(Collectors.joining(" OR "));
        return database.client()
                .sql("SELECT metadata_location FROM iceberg_tables WHERE " + any + " LIMIT ?")
                .params(values)
                .query(String.class)
                .list();
    }

    @Override
    public List<NamespaceSummary> namespaces(UUID tenantId, String after, int limit) {
        return database.client()
                .sql("""
                    WITH known AS (
                        SELECT namespace FROM iceberg_namespace_properties WHERE catalog_name = ? AND namespace > ?
                        UNION
                        SELECT table_namespace FROM iceberg_tables WHERE catalog_name = ? AND table_namespace > ?)
                    SELECT namespace, (
                        SELECT COUNT(*) FROM iceberg_tables t
                        WHERE t.catalog_name = ? AND t.table_namespace = namespace) AS tables
                    FROM known ORDER BY namespace LIMIT ?""")
                .params(tenantId.toString(), after, tenantId.toString(), after, tenantId.toString(), limit)
                .query((row, number) -> new NamespaceSummary(row.getString("namespace"), row.getLong("tables")))
                .list();
    }

    @Override
    public List<String> similarNamespaces(UUID tenantId, String namespace, int limit) {
        return database.client()
                .sql("""
                    SELECT namespace FROM iceberg_namespace_properties
                    WHERE catalog_name = ? AND LOWER(namespace) = LOWER(?)
                    UNION
                    SELECT table_namespace FROM iceberg_tables
                    WHERE catalog_name = ? AND LOWER(table_namespace) = LOWER(?)
                    ORDER BY 1 LIMIT ?""")
                .params(tenantId.toString(), namespace, tenantId.toString(), namespace, limit)
                .query(String.class)
                .list();
    }

    @Override
    public boolean namespaceExists(UUID tenantId, String namespace) {
        // LIKE means other things to different databases, in the case of letters too.
        String below = namespace + ".";
        int length = below.codePointCount(0, below.length());
        return database.client()
                        .sql("""
                            SELECT
                                (SELECT COUNT(*) FROM (SELECT 1 FROM iceberg_namespace_properties
                                WHERE catalog_name = ? AND (namespace = ? OR SUBSTR(namespace, 1, ?) = ?) LIMIT 1) p)
                                + (SELECT COUNT(*) FROM (SELECT 1 FROM iceberg_tables
                                WHERE catalog_name = ? AND (table_namespace = ? OR SUBSTR(table_namespace, 1, ?) = ?)
                                LIMIT 1) t)""")
                        .params(
                                tenantId.toString(),
                                namespace,
                                length,
                                below,
                                tenantId.toString(),
                                namespace,
                                length,
                                below)
                        .query(Long.class)
                        .single()
                > 0;
    }

    @Override
    public boolean holdNamespace(UUID tenantId, String namespace) {
        return update("""
                UPDATE iceberg_namespace_properties SET property_value = property_value
                WHERE catalog_name = ? AND namespace = ? AND property_key = ?""", tenantId.toString(), namespace, EXISTS);
    }

    @Override
    public boolean createNamespace(UUID tenantId, String namespace) {
        return update("""
                INSERT INTO iceberg_namespace_properties (catalog_name, namespace, property_key, property_value)
                VALUES (?, ?, ?, 'true') ON CONFLICT DO NOTHING""", tenantId.toString(), namespace, EXISTS);
    }

    @Override
    public Map<String, String> properties(UUID tenantId, String namespace) {
        Map<String, String> properties = new LinkedHashMap<>();
        database.client()
                .sql("""
                    SELECT property_key, property_value FROM iceberg_namespace_properties
                    WHERE catalog_name = ? AND namespace = ? AND property_key <> ? ORDER BY property_key""")
                .params(tenantId.toString(), namespace, EXISTS)
                .query(row -> {
                    properties.put(row.getString(1), row.getString(2));
                });
        return properties;
    }

    @Override
    public void setProperty(UUID tenantId, String namespace, String key, String value) {
        update("""
                INSERT INTO iceberg_namespace_properties (catalog_name, namespace, property_key, property_value)
                VALUES (?, ?, ?, ?)
                ON CONFLICT (catalog_name, namespace, property_key) DO UPDATE SET property_value = excluded.property_value""", tenantId.toString(), namespace, key, value);
    }

    @Override
    public boolean removeProperty(UUID tenantId, String namespace, String key) {
        return update(
                "DELETE FROM iceberg_namespace_properties WHERE catalog_name = ? AND namespace = ? AND property_key = ?",
                tenantId.toString(),
                namespace,
                key);
    }

    @Override
    public boolean removeNamespace(UUID tenantId, String namespace) {
        return update(
                "DELETE FROM iceberg_namespace_properties WHERE catalog_name = ? AND namespace = ?",
                tenantId.toString(),
                namespace);
    }

    private boolean update(String sql, Object... values) {
        return database.inTransaction(
                        () -> database.client().sql(sql).params(values).update())
                > 0;
    }
}

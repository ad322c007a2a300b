package dev.tarn.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The rows of a tenant's catalog, laid out as Iceberg's JDBC catalog (version V1) does; a namespace's levels are joined by dots. */
interface CatalogStore {
    /** The table or view of exactly this name. */
    Optional<Pointer> find(UUID tenantId, String namespace, String name);

    /** In a transaction: the same, and it stays where it points to until the transaction ends. */
    Optional<Pointer> hold(UUID tenantId, String namespace, String name);

    /** Tables and views whose namespace and name differ from these in the case of letters at most; maybe more than in A to Z. */
    List<Pointer> similar(UUID tenantId, String namespace, String name, int limit);

    /** The tenants that have pointers. */
    List<UUID> tenants();

    /** Pointers in order of namespace and name, after a place; of one kind or of all, of one namespace or of all. */
    List<Pointer> list(UUID tenantId, Optional<Pointer.Kind> kind, Optional<String> namespace, Place after, int limit);

    /**
     * Adds a pointer.
     *
     * @return false when there is a table or view of this name
     */
    boolean insert(UUID tenantId, Pointer pointer);

    /**
     * Moves a pointer.
     *
     * @return false when it was not at {@code expected} any more
     */
    boolean move(UUID tenantId, Pointer pointer, String expected);

    /**
     * Removes a pointer.
     *
     * @return false when it was not at its location any more
     */
    boolean remove(UUID tenantId, Pointer pointer);

    /**
     * Gives a table or view another name.
     *
     * @return false when there is none of the old name
     */
    boolean rename(UUID tenantId, Pointer pointer, String newNamespace, String newName);

    /** Whether a metadata file of a table or view of any tenant begins with one of these. */
    boolean isAnyAt(List<String> metadataPrefixes);

    /** The locations of metadata files of tables and views of all tenants that begin with one of these; some of them, when there are many. */
    List<String> at(List<String> metadataPrefixes, int limit);

    /** Namespaces with the number of their tables and views, by name, after a place. */
    List<NamespaceSummary> namespaces(UUID tenantId, String after, int limit);

    /** Namespaces that differ from this one in the case of letters at most. */
    List<String> similarNamespaces(UUID tenantId, String namespace, int limit);

    /** Whether the namespace was made, or holds a table, a view or a namespace. */
    boolean namespaceExists(UUID tenantId, String namespace);

    /** Holds a made namespace in being until the transaction ends; false when it was not made. */
    boolean holdNamespace(UUID tenantId, String namespace);

    /** Makes a namespace; false when it was made before. */
    boolean createNamespace(UUID tenantId, String namespace);

    Map<String, String> properties(UUID tenantId, String namespace);

    void setProperty(UUID tenantId, String namespace, String key, String value);

    boolean removeProperty(UUID tenantId, String namespace, String key);

    /** Removes a namespace's own rows. */
    boolean removeNamespace(UUID tenantId, String namespace);

    /** A place in a list: what follows it is wanted. */
    record Place(String namespace, String name) {
        static final Place START = new Place("", "");
    }
}

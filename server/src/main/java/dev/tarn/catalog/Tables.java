package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import java.util.Optional;

/** The tables of the caller's tenant. */
@SuppressWarnings("DoNotCallSuggester") // until the bodies are here
public final class Tables {
    Tables() {}

    /** The namespaces, by name. */
    public Page<NamespaceSummary> namespaces(Caller caller, PageRequest page) {
        throw new UnsupportedOperationException("not yet: " + caller + page);
    }

    /**
     * The tables, by namespace and name, with their columns.
     *
     * @param namespace levels joined by dots, exactly or as a unique match of another case; all namespaces when empty
     */
    public Page<TableDescription> tables(Caller caller, Optional<String> namespace, PageRequest page) {
        throw new UnsupportedOperationException("not yet: " + caller + namespace + page);
    }

    /** One table. */
    public TableDescription describe(Caller caller, TableName name) {
        throw new UnsupportedOperationException("not yet: " + caller + name);
    }

    /**
     * The table that a name means: the one of exactly that name, or else the only one that differs in case alone (of the
     * letters A to Z).
     *
     * @throws dev.tarn.platform.TarnException {@code UNKNOWN_TABLE}, {@code UNKNOWN_NAMESPACE}, or
     *     {@code INVALID_REQUEST} when several differ in case alone
     */
    public TableName resolve(Caller caller, TableName name) {
        throw new UnsupportedOperationException("not yet: " + caller + name);
    }

    /** The table as a statement reads it, resolved as by {@link #resolve}. */
    public ReadableTable read(Caller caller, TableName name) {
        throw new UnsupportedOperationException("not yet: " + caller + name);
    }

    /** Begins a write; the caller must close it. */
    public TableWrite begin(Caller caller, TableName name, WriteMode mode) {
        throw new UnsupportedOperationException("not yet: " + caller + name + mode);
    }

    /** Removes the table and its files. */
    public void drop(Caller caller, TableName name) {
        throw new UnsupportedOperationException("not yet: " + caller + name);
    }
}

package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.Verb;

/** Tables for those who look at what they are made of, their files and versions, and at no row. */
public final class TableInspection {
    private final CatalogParts parts;
    private final Tables tables;

    TableInspection(CatalogParts parts, Tables tables) {
        this.parts = parts;
        this.tables = tables;
    }

    /** The newest version of a table; what is told of its columns' values is the business of who may read all of it. */
    public ReadableTable describe(Caller caller, TableName name) {
        parts.access().requireSomebody(caller);
        return tables.read(tables.open(caller, Verb.DESCRIBE, name), TableVersion.NEWEST);
    }

    /**
     * The same for who looks after the table.
     *
     * @throws dev.tarn.platform.TarnException {@code FORBIDDEN} also for who may not be told of all its columns
     */
    public ReadableTable manage(Caller caller, TableName name) {
        parts.access().requireSomebody(caller);
        Tables.Opened table = tables.open(caller, Verb.MANAGE, name);
        Tables.requireAllTold(table);
        return tables.read(table, TableVersion.NEWEST);
    }
}

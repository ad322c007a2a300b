package dev.tarn.backup;

/**
 * Where a table's metadata lies.
 *
 * @param tenant the name of the tenant
 * @param name namespace and table
 * @param location of the metadata file
 */
record TablePlace(String tenant, String name, boolean view, String location) {}

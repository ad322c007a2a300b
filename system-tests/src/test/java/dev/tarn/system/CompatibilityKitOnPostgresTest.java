package dev.tarn.system;

import org.apache.iceberg.rest.RESTCompatibilityKitCatalogTests;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Iceberg's own tests of a REST catalog (iceberg-open-api 1.11.0), with Iceberg's own client, against a server on PostgreSQL. */
@Tag("conformance")
@ExtendWith(PostgresKitServer.class)
class CompatibilityKitOnPostgresTest extends RESTCompatibilityKitCatalogTests {}

package dev.tarn.system;

import org.apache.iceberg.rest.RESTCompatibilityKitViewCatalogTests;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** The kit's tests of views. */
@Tag("conformance")
@ExtendWith(PostgresKitServer.class)
class ViewCompatibilityKitOnPostgresTest extends RESTCompatibilityKitViewCatalogTests {}

package dev.tarn.api.iceberg;

import org.apache.iceberg.rest.RESTCompatibilityKitCatalogTests;
import org.junit.jupiter.api.extension.ExtendWith;

/** Iceberg's own tests of a REST catalog (iceberg-open-api 1.11.0), with Iceberg's own client, against our server. */
@ExtendWith(KitServer.class)
class CompatibilityKitTest extends RESTCompatibilityKitCatalogTests {}

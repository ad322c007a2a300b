package dev.tarn.api.iceberg;

import org.apache.iceberg.rest.RESTCompatibilityKitViewCatalogTests;
import org.junit.jupiter.api.extension.ExtendWith;

/** The kit's tests of views. */
@ExtendWith(KitServer.class)
class ViewCompatibilityKitTest extends RESTCompatibilityKitViewCatalogTests {}

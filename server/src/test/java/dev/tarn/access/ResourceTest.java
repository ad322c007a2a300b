package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResourceTest {
    private static final List<Resource> RESOURCES = List.of(
                    "catalog:*",
                    "catalog:iceberg",
                    "catalog:ice",
                    "namespace:*",
                    "namespace:iceberg.shop",
                    "namespace:iceberg.shop.eu",
                    "namespace:iceberg.sho",
                    "table:*",
                    "table:iceberg.shop",
                    "table:iceberg.shop.eu",
                    "table:iceberg.shop.orders",
                    "table:iceberg.shop.eu.orders",
                    "table:iceberg.shop2.orders",
                    "table:iceberg.shop.\"a.b\"",
                    "key:*",
                    "key:iceberg.shop.orders")
            .stream()
            .map(Resource::parse)
            .flatMap(Optional::stream)
            .toList();

    @Test
    void whatCoversAThingCanBeNamed() {
        for (Resource other : RESOURCES) {
            assertThat(other.coveredBy()).doesNotHaveDuplicates().contains(Resource.ALL);
            for (Resource resource : RESOURCES) {
                assertThat(other.coveredBy().contains(resource.text()))
                        .as("%s covers %s", resource.text(), other.text())
                        .isEqualTo(resource.covers(other));
            }
        }
    }
}

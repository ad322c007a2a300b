package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.MissingNode;

class ReplacementTest {
    @Test
    void aNestedNamespaceBecomesOneQuotedName() {
        String sql = "select * from iceberg.a.\"b\" . t as x where 1 = 1";
        TableReference.Place place = new TableReference.Place(MissingNode.getInstance(), MissingNode.getInstance());
        TableReference reference =
                new TableReference(List.of("iceberg", "a", "b", "t"), 14, 23, place, Optional.empty());
        Replacement replacement = Replacement.of(sql, reference, "iceberg", "a.b", "t");
        assertThat(Replacement.applied(sql, List.of(replacement)))
                .isEqualTo("select * from \"iceberg\".\"a.b\".\"t\" as x where 1 = 1");
    }
}

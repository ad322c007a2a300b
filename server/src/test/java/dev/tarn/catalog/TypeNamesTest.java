package dev.tarn.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.platform.TarnException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.types.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypeNamesTest {
    private static Type parse(String text) {
        return TypeNames.parse(text, new AtomicInteger(100)::incrementAndGet);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '!',
            value = {
                "BOOLEAN | BOOLEAN",
                "INT | INTEGER",
                "BIGINT | BIGINT",
                "FLOAT | FLOAT",
                "DOUBLE | DOUBLE",
                "DECIMAL(38,10) | DECIMAL(38,10)",
                "STRING | VARCHAR",
                "BINARY | BLOB",
                "DATE | DATE",
                "TIME | TIME",
                "TIMESTAMP | TIMESTAMP",
                "TIMESTAMPTZ | TIMESTAMP WITH TIME ZONE",
                "UUID | UUID",
                "ARRAY<STRING> | VARCHAR[]",
                "ARRAY<ARRAY<INT>> | INTEGER[][]",
                "MAP<STRING, DECIMAL(5,2)> | MAP(VARCHAR, DECIMAL(5,2))",
                "STRUCT<a: INT, \"b c\": DATE> | STRUCT(\"a\" INTEGER, \"b c\" DATE)",
                "ARRAY<STRUCT<a: MAP<INT, ARRAY<UUID>>>> | STRUCT(\"a\" MAP(INTEGER, UUID[]))[]"
            })
    void bothLanguagesMeanTheSameType(String tarn, String duckdb) {
        assertThat(TypeNames.of(parse(tarn))).isEqualTo(tarn);
        assertThat(TypeNames.duckdb(parse(tarn))).isEqualTo(duckdb);
        assertThat(TypeNames.of(parse(duckdb))).isEqualTo(tarn);
        assertThat(TypeNames.of(parse(tarn.toLowerCase(java.util.Locale.ROOT)))).isEqualToIgnoringCase(tarn);
    }

    @Test
    void partsOfNestedTypesHaveIdsOfTheirOwn() {
        Type type = parse("STRUCT<a: ARRAY<INT>, b: MAP<STRING, STRUCT<c: INT>>>");
        assertThat(org.apache.iceberg.types.TypeUtil.indexById(type.asStructType())
                        .keySet())
                .containsExactlyInAnyOrder(101, 102, 103, 104, 105, 106);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "WORD",
                "DECIMAL(39,1)",
                "DECIMAL(2,3)",
                "DECIMAL(x,y)",
                "ARRAY",
                "ARRAY<>",
                "MAP<INT>",
                "INT INT",
                "STRUCT<>",
                "STRUCT<a INT",
                "INT[",
                "INT]",
                "DECIMAL(1,2,3)",
                "STRUCT<\"a: INT>",
                "DECIMAL(-1,0)"
            })
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(TarnException.class);
    }

    @Test
    void nestingHasALimit() {
        assertThatThrownBy(() -> parse("ARRAY<".repeat(3_000) + "INT" + ">".repeat(3_000)))
                .isInstanceOf(TarnException.class);
    }
}

package dev.tarn.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '!',
            value = {
                "orders | iceberg.default.orders",
                "shop.orders | iceberg.shop.orders",
                "iceberg.shop.orders | iceberg.shop.orders",
                "ICEBERG.shop.orders | iceberg.shop.orders",
                "iceberg.orders | iceberg.default.orders",
                "iceberg | iceberg.default.iceberg",
                "delta.shop.orders | delta.shop.orders",
                "a.b.c | iceberg.a.b.c",
                "iceberg.a.b.c | iceberg.a.b.c",
                "\"shop\".\"orders\" | iceberg.shop.orders",
                "`shop`.`orders` | iceberg.shop.orders",
                "shop.\"a.b\" | iceberg.shop.\"a.b\"",
                "shop.\"a\"\"b\" | iceberg.shop.\"a\"\"b\"",
                "shop.`a``b` | iceberg.shop.\"a`b\"",
                "shop.my orders | iceberg.shop.\"my orders\"",
                "shop.1st | iceberg.shop.\"1st\"",
                "shop.größe | iceberg.shop.\"größe\"",
                "shop.t$snapshots | iceberg.shop.\"t$snapshots\""
            })
    void textsMeanNames(String text, String full) {
        assertThat(TableName.parse(text).text()).isEqualTo(full);
        assertThat(TableName.parse(full)).isEqualTo(TableName.parse(text));
        assertThat(TableName.parse(TableName.parse(text).sql())).isEqualTo(TableName.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "a.",
                ".a",
                "a..b",
                "\"",
                "\"a",
                "\"a\"b",
                "a\"b",
                "`a\"",
                "shop.\"\"",
                "shop.\" \"",
                " shop.orders",
                "shop .orders",
                "shop.orders ",
                "\"a.b\".t",
                "iceberg.iceberg.t",
                "\"Delta\".x.t.\"\"",
                "shop.a\nb",
                "shop.\"a\u0000b\"",
                "iceberg.DELTA.t",
                "shop.\"\ud83c\""
            })
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> TableName.parse(text))
                .isInstanceOfSatisfying(
                        TarnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    @Test
    void unqualifiedNamesBelongToTheDefaultNamespace() {
        assertThat(TableName.parse("orders", List.of("a", "b")).text()).isEqualTo("iceberg.a.b.orders");
        assertThat(TableName.parse("s.orders", List.of("a", "b")).text()).isEqualTo("iceberg.s.orders");
        assertThat(TableName.of(List.of("a.b"), List.of("n")).table()).isEqualTo("a.b");
    }

    @Test
    void namespacesAreParsedToo() {
        assertThat(TableName.parseNamespace("shop")).containsExactly("shop");
        assertThat(TableName.parseNamespace("iceberg.shop")).containsExactly("shop");
        assertThat(TableName.parseNamespace("\"my shop\".eu")).containsExactly("my shop", "eu");
        assertThatThrownBy(() -> TableName.parseNamespace("iceberg")).isInstanceOf(TarnException.class);
    }

    @Test
    void whatIsRenderedIsParsedBack() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String alphabet = "ab.\"` \\/'%$ü🎉-_1";
        for (int i = 0; i < 2_000; i++) {
            StringBuilder table = new StringBuilder("t");
            for (int j = random.nextInt(12); j > 0; j--) {
                table.appendCodePoint(alphabet.codePointAt(
                        alphabet.offsetByCodePoints(0, random.nextInt(alphabet.codePointCount(0, alphabet.length())))));
            }
            TableName name = new TableName("iceberg", List.of("n " + i, "x"), table.toString());
            assertThat(TableName.parse(name.text())).as("seed %d", seed).isEqualTo(name);
            assertThat(TableName.parse(name.sql())).as("seed %d", seed).isEqualTo(name);
        }
    }

    @Test
    void oneMoreNameOfTheCatalogStandsFirst() {
        assertThat(TableName.parseAliased("drls.shop.orders", "drls")).isEqualTo(TableName.parse("shop.orders"));
        assertThat(TableName.parseAliased("DRLS.orders", "drls")).isEqualTo(TableName.parse("default.orders"));
        assertThat(TableName.parseAliased("shop.orders", "drls")).isEqualTo(TableName.parse("shop.orders"));
        assertThat(TableName.parseAliased("drls", "drls")).isEqualTo(TableName.parse("default.drls"));
        assertThat(TableName.parseAliased("drls.drls.t", "drls").namespaceText())
                .isEqualTo("drls");
        assertThat(TableName.parseAliased("iceberg.drls.t", "drls").namespaceText())
                .isEqualTo("drls");
        assertThat(TableName.parse("shop.\"my orders\"").textInCatalog()).isEqualTo("shop.\"my orders\"");
    }
}

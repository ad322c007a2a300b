package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementParserTest {
    private static final Defaults DEFAULTS = Defaults.of(null, null);

    private static Statement parsed(String sql) {
        return StatementParser.parse(sql, DEFAULTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "SELECT 1;",
                "  -- a comment; with a semicolon\n select ';' ;; ",
                "/* ; */ with a as (select 1) from a",
                "((select 1) union all select 2)",
                "from iceberg.shop.orders",
                "values (1), (2)",
                "select $$;$$, $tag$ ; ' $tag$, e'\\';'"
            })
    void aQueryIsOneStatementWhateverItsTextHolds(String sql) {
        assertThat(parsed(sql)).isInstanceOf(Statement.Query.class);
    }

    @Test
    void theQueryKnowsWhereItBegins() {
        assertThat(parsed("  /* x */ select 1 ; ")).isEqualTo(new Statement.Query("select 1", 10));
        assertThat(parsed("explain select 1")).isEqualTo(new Statement.Explain(new Statement.Query("select 1", 8)));
        assertThat(parsed("describe select 1"))
                .isEqualTo(new Statement.DescribeQuery(new Statement.Query("select 1", 9)));
    }

    @Test
    void namesAreReadAsWritten() {
        assertThat(parsed("DESCRIBE iceberg.shop.orders"))
                .isEqualTo(new Statement.DescribeTable("iceberg.shop.orders", 9));
        assertThat(parsed("desc table `odd name`.\"x.y\""))
                .isEqualTo(new Statement.DescribeTable("`odd name`.\"x.y\"", 11));
        assertThat(parsed("show columns in shop.orders;")).isEqualTo(new Statement.DescribeTable("shop.orders", 16));
        assertThat(parsed("show tables")).isEqualTo(new Statement.ShowTables(null, null, false));
        assertThat(parsed("show tables from shop like 'o%'")).isEqualTo(new Statement.ShowTables("shop", "o%", false));
        assertThat(parsed("show schemas")).isEqualTo(new Statement.ShowNamespaces(null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1; select 2",
                "begin",
                "copy t to 'x'",
                "attach 'x' as y",
                "install httpfs",
                "set memory_limit = '1GB'",
                "pragma database_list",
                "call pragma_version()",
                "prepare p as select 1",
                "use x",
                "explain analyze select 1",
                "explain (format json) select 1",
                "explain insert into t values (1)",
                "show all tables",
                "'select'"
            })
    void whatIsNoQueryIsRefusedByName(String sql) {
        assertThatThrownBy(() -> parsed(sql)).isInstanceOfSatisfying(TarnException.class, failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.STATEMENT_NOT_ALLOWED);
            assertThat(failure.position()).isPresent();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ; ",
                "-- nothing",
                "describe",
                "show tables in",
                "select 'open",
                "/* open",
                "show tables x y"
            })
    void whatIsNoStatementIsASyntaxError(String sql) {
        assertThatThrownBy(() -> parsed(sql))
                .isInstanceOfSatisfying(
                        TarnException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.SYNTAX_ERROR));
    }

    @Test
    void bracketsBeyondTheLimitAreRefusedBeforeAnyParserRecurses() {
        String deep = "select " + "(".repeat(3_000) + "1" + ")".repeat(3_000);
        assertThatThrownBy(() -> parsed(deep))
                .hasMessageContaining("200 levels")
                .isInstanceOf(TarnException.class);
        String fine = "select " + "(".repeat(200) + "1" + ")".repeat(200);
        assertThat(parsed(fine)).isInstanceOf(Statement.Query.class);
    }
}

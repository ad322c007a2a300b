package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.TextPosition;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedParametersTest {
    private static final Map<String, ParameterValue> VALUES = Map.of("n", new ParameterValue("BIGINT", "5"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select :n | select $1",
                "select a=:n, (:n), [:n, :n], -:n | select a=$1, ($1), [$1, $1], -$1",
                "select a[1: :n], {a: :n} | select a[1: $1], {a: $1}",
                "select * from t where x between :n and :n limit :n | select * from t where x between $1 and $1 limit $1",
                "select :n::int, case when :n then :n else :n end | select $1::int, case when $1 then $1 else $1 end",
                "values (:n,:n) | values ($1,$1)",
            })
    void parametersBecomeNumbers(String sql, String expected) {
        NamedParameters parameters = NamedParameters.of(sql, VALUES);
        assertThat(parameters.sql()).isEqualTo(expected);
        assertThat(parameters.values()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select a::n, '1'::date",
                "select ':n', \":n\", $$:n$$ -- :n\n /* :n */",
                "select a[1:n], a[b:n], a[:m], (a)[1:n], a[1:2:n]",
                "select {a:n, 'b':n, \"c\":n, from:n}",
                "select list_transform(a, lambda x:n), f(x := n), map {1:n}",
                "select a:n from b:n",
            })
    void otherColonsStay(String sql) {
        assertThat(NamedParameters.of(sql, Map.of()).sql()).isEqualTo(sql);
    }

    @ParameterizedTest
    @ValueSource(strings = {"select $1", "select $n", "select ?"})
    void otherFormsAreRefused(String sql) {
        assertThatThrownBy(() -> NamedParameters.of(sql, Map.of()))
                .isInstanceOfSatisfying(
                        TarnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATEMENT_NOT_ALLOWED));
    }

    @Test
    void placesStayWhatTheyAre() {
        String sql = "select :bb, :a_name,\n :bb + nope";
        NamedParameters parameters = NamedParameters.of(
                sql, Map.of("a_name", ParameterValue.ofText("a"), "bb", new ParameterValue("BIGINT", "2")));
        assertThat(parameters.sql()).isEqualTo("select $1 , $2     ,\n $1  + nope");
        assertThat(parameters.values()).extracting(value -> value.value()).containsExactly("2", "a");
    }

    @Test
    void aMissingValueIsNamedWithItsPlaceAndAValueTooManyIsNamed() {
        String sql = "select é, :n";
        assertThatThrownBy(() -> NamedParameters.of(sql, Map.of())).isInstanceOfSatisfying(TarnException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
            assertThat(e.getMessage()).contains(":n has no value");
            assertThat(e.position()).contains(TextPosition.of(sql, sql.indexOf(":n"), 2));
        });
        assertThatThrownBy(() -> NamedParameters.of("select ':n'", VALUES))
                .isInstanceOfSatisfying(TarnException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
                    assertThat(e.getMessage()).contains("has no parameter :n");
                });
    }
}

package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.platform.TarnException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScriptTest {
    private static final Defaults DEFAULTS = Defaults.of(null, null);

    private static Script script(String sql) {
        return Script.of(BoundStatement.of(sql, DEFAULTS)).orElseThrow();
    }

    @Test
    void itsStatementsStandWhereTheyStoodInIt() {
        String sql = "begin work;\n drop table a; -- ; no\n\n  drop table \"b;c\" ;; commit transaction;";
        Script script = script(sql);

        assertThat(script.statements().stream().map(one -> one.sql().strip()))
                .containsExactly("drop table a", "drop table \"b;c\"");
        for (BoundStatement one : script.statements()) {
            String text = one.sql().strip();
            assertThat(one.sql().indexOf(text)).isEqualTo(sql.indexOf(text));
            assertThat(one.sql().lines().count())
                    .isEqualTo(sql.substring(0, sql.indexOf(text)).lines().count());
        }
    }

    @Test
    void eachStatementHasItsOwnParameters() {
        Map<String, ParameterValue> values = Map.of("a", ParameterValue.ofText("1"), "b", ParameterValue.ofText("2"));
        String sql = "BEGIN; insert into t select :a; insert into t select :b || :a; COMMIT";
        Script script = Script.of(new BoundStatement(sql, values, DEFAULTS)).orElseThrow();

        assertThat(script.statements().stream()
                        .map(one -> one.parameters().keySet().stream()
                                .sorted()
                                .toList()
                                .toString()))
                .containsExactly("[a]", "[a, b]");
        assertThatThrownBy(() -> Script.of(new BoundStatement("BEGIN; drop table a; COMMIT", values, DEFAULTS)))
                .isInstanceOf(TarnException.class)
                .hasMessageContaining("no parameter :a");
    }

    @Test
    void whatDoesNotBeginSoIsNone() {
        assertThat(Script.of(BoundStatement.of("select 1", DEFAULTS))).isEmpty();
        assertThat(Script.of(BoundStatement.of("", DEFAULTS))).isEmpty();
        assertThat(Script.of(BoundStatement.of("\"begin\"; commit", DEFAULTS))).isEmpty();
    }

    @Test
    void thereIsALimit() {
        String most = IntStream.range(0, 100).mapToObj(i -> "drop table a;").collect(Collectors.joining());
        assertThat(script("BEGIN;" + most + "COMMIT").statements()).hasSize(100);
        assertThatThrownBy(() -> script("BEGIN;" + most + most + "COMMIT")).hasMessageContaining("1 to 100");
    }
}

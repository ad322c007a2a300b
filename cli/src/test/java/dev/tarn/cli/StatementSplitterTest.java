package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.cli.statement.StatementSplitter;
import dev.tarn.cli.statement.StatementText;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementSplitterTest {
    private static List<String> split(String text) {
        return StatementSplitter.split(text).stream().map(StatementText::text).toList();
    }

    @Test
    void semicolonsWithinTextsNamesAndCommentsAreNoEnds() {
        assertThat(
                        split(
                                "select ';', 'it''s;', E'\\';', \"a;\"\"b\", `c;`; -- ; \n/* ; /* ; */ ; */ select $$ ; $$, $t$;$$;$t$ ; ;"))
                .containsExactly(
                        "select ';', 'it''s;', E'\\';', \"a;\"\"b\", `c;`",
                        "-- ; \n/* ; /* ; */ ; */ select $$ ; $$, $t$;$$;$t$");
        assertThat(split("")).isEmpty();
        assertThat(split(" ;; -- nothing\n/* here */")).isEmpty();
        assertThat(split("select 1")).containsExactly("select 1");
        assertThat(split("select 'open; ")).containsExactly("select 'open;");
    }

    @Test
    void eachStatementKnowsItsFirstLineAndItsParameters() {
        List<StatementText> statements = StatementSplitter.split(
                "select :a;\n\nselect :b::int, x::date, ':c', \":d\" -- :e\n, arr[1:2], :größe;");
        assertThat(statements).extracting(StatementText::firstLine).containsExactly(1, 3);
        assertThat(statements.get(0).parameters()).containsExactly("a");
        assertThat(statements.get(1).parameters()).containsExactly("b", "größe");
    }

    @Test
    void aTextIsCompleteWhenItsLastStatementIsEnded() {
        assertThat(StatementSplitter.complete("select 1;")).isTrue();
        assertThat(StatementSplitter.complete("select 1; -- done\n")).isTrue();
        assertThat(StatementSplitter.complete("select 1")).isFalse();
        assertThat(StatementSplitter.complete("select 1; select 2")).isFalse();
        assertThat(StatementSplitter.complete("select ';")).isFalse();
        assertThat(StatementSplitter.complete("select 1; /* ;")).isFalse();
        assertThat(StatementSplitter.complete("select $a$ ;")).isFalse();
    }
}

package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.cli.client.Problem.Position;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FailureTextTest {
    @Test
    void aLongLineIsShownAroundThePlace() {
        String statement = "select " + "x + ".repeat(500) + "amont from t" + " ".repeat(300) + ";";
        int column = statement.indexOf("amont") + 1;

        String place = Objects.requireNonNull(FailureText.place(statement, new Position(1, column, 5)));

        String[] lines = place.split("\n", -1);
        assertThat(lines[0]).startsWith("  …").endsWith("…").hasSizeLessThan(130);
        assertThat(lines[1].indexOf('^')).isEqualTo(lines[0].indexOf("amont"));
        assertThat(lines[1]).endsWith(" ^^^^^");
    }

    @Test
    void theEndOfTheStatementHasAPlaceToo() {
        assertThat(FailureText.place("select", new Position(1, 7, 0))).isEqualTo("  select\n        ^");
        assertThat(FailureText.place("\tselect x", new Position(1, 9, 1))).isEqualTo("  \\tselect x\n           ^");
    }

    @Test
    void aPlaceOutsideTheStatementIsNotShown() {
        assertThat(FailureText.place("select", new Position(2, 1, 1))).isNull();
        assertThat(FailureText.place("select", new Position(0, 0, 0))).isNull();
        assertThat(FailureText.place("select", new Position(1, 900, 40))).isNotNull();
    }
}

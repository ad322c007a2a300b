package dev.tarn.worker.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.worker.protocol.FileOptions.DateOrder;
import org.jspecify.annotations.Nullable;

/**
 * How numbers and dates are written, the same in all files of a load.
 *
 * @param decimal {@code .} or {@code ,}
 * @param thousands between groups of three digits; empty for none
 * @param dateOrder of dates that do not begin with the year; null: such dates are texts
 */
record Notation(char decimal, String thousands, @Nullable DateOrder dateOrder) {
    static final Notation PLAIN = new Notation('.', "", null);

    Notation withNumbersOf(Notation other) {
        return new Notation(other.decimal, other.thousands, dateOrder);
    }

    Notation withDatesOf(Notation other) {
        return new Notation(decimal, thousands, other.dateOrder);
    }

    NumberText number() {
        return new NumberText((byte) decimal, thousands.getBytes(UTF_8));
    }

    TimeText time() {
        return new TimeText(dateOrder);
    }
}

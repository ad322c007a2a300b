package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.FileOptions.DateOrder;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The notations that the options leave open. One is chosen for all files together, and only by values that can be read in no other
 * way: 1.234,5 has a decimal comma, 31/12/2024 begins with the day. Where no value decides, such columns stay text.
 *
 * @param base the plain one
 * @param comma with a decimal comma
 * @param grouped with a decimal point and commas between thousands
 * @param dayFirst with dates as 31/12/2024
 * @param monthFirst with dates as 12/31/2024
 */
record Notations(
        Notation base,
        @Nullable Notation comma,
        @Nullable Notation grouped,
        @Nullable Notation dayFirst,
        @Nullable Notation monthFirst) {

    static final List<Notation> ALL = List.of(
            Notation.PLAIN,
            new Notation(',', ".", null),
            new Notation('.', ",", null),
            new Notation('.', "", DateOrder.DMY),
            new Notation('.', "", DateOrder.MDY));

    static Notations of(FileOptions options) throws TaskFailedException {
        String decimal = options.decimal();
        String thousands = options.thousands();
        if (decimal != null && !decimal.equals(".") && !decimal.equals(",")) {
            throw Faults.file("The decimal must be . or , and not '" + decimal + "'");
        }
        check(decimal, thousands);
        boolean commaTold = ",".equals(decimal) || (decimal == null && ".".equals(thousands));
        boolean pointTold = ".".equals(decimal) || (decimal == null && ",".equals(thousands));
        String groups = thousands != null ? thousands : commaTold ? "." : "";
        Notation base = new Notation(commaTold ? ',' : '.', groups, options.dateOrder());
        boolean open = options.dateOrder() == null;
        return new Notations(
                base,
                commaTold || pointTold
                        ? null
                        : new Notation(',', thousands == null ? "." : thousands, options.dateOrder()),
                thousands == null && !commaTold ? new Notation('.', ",", options.dateOrder()) : null,
                open ? new Notation(base.decimal(), groups, DateOrder.DMY) : null,
                open ? new Notation(base.decimal(), groups, DateOrder.MDY) : null);
    }

    private static void check(@Nullable String decimal, @Nullable String thousands) throws TaskFailedException {
        if (thousands == null || thousands.isEmpty()) {
            return;
        }
        if (thousands.equals(decimal)) {
            throw Faults.file("Decimal and thousands cannot be the same character");
        }
        if (thousands.codePointCount(0, thousands.length()) != 1
                || Character.isLetterOrDigit(thousands.codePointAt(0))
                || "-+".contains(thousands)) {
            throw Faults.file(
                    "The separator of thousands must be one character that is no digit, not '" + thousands + "'");
        }
    }

    /** All that are open, the base first. */
    List<Notation> open() {
        return Stream.of(base, comma, grouped, dayFirst, monthFirst)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The one that the cells of all columns ask for. */
    Notation chosen(Collection<ColumnEvidence> columns) {
        Notation chosen = base;
        boolean commas = columns.stream().anyMatch(ColumnEvidence::needsComma);
        boolean points = columns.stream().anyMatch(ColumnEvidence::needsPoint);
        boolean groups = columns.stream().anyMatch(ColumnEvidence::hasGroups);
        if (comma != null && commas && !points) {
            chosen = chosen.withNumbersOf(comma);
        } else if (grouped != null && points && !commas && groups) {
            chosen = chosen.withNumbersOf(grouped);
        }
        boolean days = columns.stream().anyMatch(ColumnEvidence::needsDayFirst);
        boolean months = columns.stream().anyMatch(ColumnEvidence::needsMonthFirst);
        if (dayFirst != null && days && !months) {
            chosen = chosen.withDatesOf(dayFirst);
        } else if (monthFirst != null && months && !days) {
            chosen = chosen.withDatesOf(monthFirst);
        }
        return chosen;
    }
}

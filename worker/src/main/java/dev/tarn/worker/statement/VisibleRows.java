package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Sql;
import dev.tarn.worker.protocol.SourceColumn;
import dev.tarn.worker.protocol.TableSource;
import dev.tarn.worker.protocol.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a statement may see of a table, when that is not all of it. It stands in a secure view, which tells nothing of the rows
 * and columns below it: no statistics, no plan, no error of an expression of the statement over a row that is not there. The
 * filters are computed once for each row, under names that no column has.
 */
final class VisibleRows {
    private static final String CURRENT_USER = "current_user";
    private static final String CURRENT_ROLES = "current_roles";

    private final TableSource table;
    private final Visibility visible;
    private final List<Visibility.Part> parts;
    private final String flag;

    VisibleRows(TableSource table, Visibility visible) {
        this.table = table;
        this.visible = visible;
        this.parts = visible.parts();
        this.flag = freeName(table);
    }

    /**
     * The visible rows and columns of {@code source}, a query that has all of them.
     *
     * @param besides columns that are none of the table's, which stay
     */
    String of(String source, List<String> besides) {
        List<String> cells = new ArrayList<>();
        for (SourceColumn column : table.columns()) {
            List<Integer> having = having(column.name());
            if (!having.isEmpty()) {
                cells.add(cell(column, having));
            }
        }
        besides.forEach(column -> cells.add(Sql.name(column)));
        List<String> filters = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).rows() != null) {
                // The line break ends a comment that the filter may end in.
                filters.add("(" + parts.get(i).rows() + "\n) AS " + flag(i));
            }
        }
        String all = "(" + source + ") AS tarn_rows";
        String select = "SELECT " + String.join(", ", cells) + " FROM ";
        if (filters.isEmpty()) {
            return select + all;
        }
        String known = "(SELECT *, " + Sql.text(visible.currentUser()) + " AS " + CURRENT_USER + ", CAST("
                + Sql.texts(visible.currentRoles()) + " AS VARCHAR[]) AS " + CURRENT_ROLES + " FROM " + all
                + ") AS tarn_known";
        String flagged = select + "(SELECT *, " + String.join(", ", filters) + " FROM " + known + ") AS tarn_flagged";
        return isOfAllRows(every()) ? flagged : flagged + " WHERE " + either(every());
    }

    /** Whether a filter's words could mean the caller or a column. */
    boolean isAmbiguous() {
        return parts.stream().anyMatch(part -> part.rows() != null)
                && table.columns().stream()
                        .map(SourceColumn::name)
                        .anyMatch(name -> name.equalsIgnoreCase(CURRENT_USER) || name.equalsIgnoreCase(CURRENT_ROLES));
    }

    private String cell(SourceColumn column, List<Integer> having) {
        String name = Sql.name(column.name());
        boolean always = isOfAllRows(having) || having.equals(every());
        return always ? name : "CASE WHEN " + either(having) + " THEN " + name + " END AS " + name;
    }

    private List<Integer> having(String column) {
        List<Integer> having = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).columns().contains(column)) {
                having.add(i);
            }
        }
        return having;
    }

    private List<Integer> every() {
        return IntStream.range(0, parts.size()).boxed().toList();
    }

    private boolean isOfAllRows(List<Integer> some) {
        return some.stream().anyMatch(i -> parts.get(i).rows() == null);
    }

    private String either(List<Integer> some) {
        return some.stream().map(this::flag).collect(Collectors.joining(" OR "));
    }

    private String flag(int part) {
        return Sql.name(flag + part);
    }

    private static String freeName(TableSource table) {
        String name = "tarn_visible";
        while (startsAny(table, name)) {
            name += "_";
        }
        return name;
    }

    private static boolean startsAny(TableSource table, String name) {
        return table.columns().stream()
                .anyMatch(column -> column.name().regionMatches(true, 0, name, 0, name.length()));
    }
}

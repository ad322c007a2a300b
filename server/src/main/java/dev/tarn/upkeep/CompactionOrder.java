package dev.tarn.upkeep;

import static dev.tarn.upkeep.CompactionOptions.refused;
import static dev.tarn.upkeep.CompactionOptions.shortened;

import dev.tarn.catalog.TableShape;
import dev.tarn.engine.FileRewrites.RowOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/** In which order a compaction leaves the rows: as it is told, or the table's own. */
final class CompactionOrder {
    /** With more, each has so few bits that rows are near in none. */
    private static final int MOST_NEAR = 8;

    private static final String NAME = "(?:\"((?:[^\"]|\"\")+)\"|([^\\s,\"]+))";
    private static final Pattern COLUMN = Pattern.compile("\\s*" + NAME + "\\s*(,|$)");
    private static final Pattern SORTED = Pattern.compile(
            "\\s*" + NAME + "(?:\\s+(ASC|DESC))?(?:\\s+NULLS\\s+(FIRST|LAST))?\\s*(,|$)", Pattern.CASE_INSENSITIVE);

    private final Table table;

    CompactionOrder(Table table) {
        this.table = table;
    }

    RowOrder of(UpkeepTask.Compact task) {
        Optional<String> columns = text(task, "columns");
        Optional<String> sort = text(task, "sort_order");
        return switch (task.strategy()) {
            case "sort" -> {
                if (columns.isPresent() && sort.isPresent()) {
                    throw refused("Give columns or sort_order, not both");
                }
                yield new RowOrder.Sorted(sort.map(this::sorted)
                        .or(() -> columns.map(text -> names(text).stream()
                                .map(name -> new TableShape.Sort(identity(name), false, true))
                                .toList()))
                        .orElseGet(this::own));
            }
            case "zorder" -> {
                if (sort.isPresent()) {
                    throw refused("sort_order is for the strategy sort; give columns for zorder");
                }
                yield new RowOrder.Near(columns.map(this::names).orElseGet(this::ownColumns));
            }
            default -> {
                if (columns.isPresent() || sort.isPresent()) {
                    throw refused("columns and sort_order are for the strategies sort and zorder");
                }
                yield new RowOrder.Any();
            }
        };
    }

    private static Optional<String> text(UpkeepTask.Compact task, String option) {
        return Optional.ofNullable(task.options().get(option)).filter(text -> !text.isBlank());
    }

    private static TableShape.Transform identity(String column) {
        return new TableShape.Transform(List.of(column), "identity", 0);
    }

    private List<TableShape.Sort> own() {
        List<TableShape.Sort> own = TableShape.of(table).order();
        if (own.isEmpty()) {
            throw refused(
                    "The table has no sort order of its own; say one with columns or sort_order, as in ts DESC NULLS LAST, id");
        }
        return own;
    }

    private List<String> ownColumns() {
        List<String> own = TableShape.of(table).order().stream()
                .filter(sort -> sort.transform().transform().equals("identity"))
                .map(sort -> String.join(".", sort.transform().column()))
                .toList();
        if (own.isEmpty()) {
            throw refused("zorder needs columns, since the table has no sort order of its own");
        }
        return names(String.join(
                ", ",
                own.stream().map(name -> '"' + name.replace("\"", "\"\"") + '"').toList()));
    }

    private List<String> names(String text) {
        List<String> names = new ArrayList<>();
        Matcher columns = COLUMN.matcher(text);
        int at = 0;
        while (at < text.length() && columns.find(at) && columns.start() == at) {
            names.add(column(columns.group(1), columns.group(2)));
            at = columns.end();
        }
        requireWhole(text, at, "columns are names with commas between them, as in country, day");
        if (names.size() > MOST_NEAR) {
            throw refused("%d columns are too many; give at most %d".formatted(names.size(), MOST_NEAR));
        }
        return distinct(names);
    }

    private List<TableShape.Sort> sorted(String text) {
        List<TableShape.Sort> order = new ArrayList<>();
        Matcher columns = SORTED.matcher(text);
        int at = 0;
        while (at < text.length() && columns.find(at) && columns.start() == at) {
            boolean descending = "desc".equals(lower(columns.group(3)));
            // As Iceberg has it where nothing is said.
            boolean nullsFirst = columns.group(4) == null
                    ? !descending
                    : lower(columns.group(4)).equals("first");
            order.add(
                    new TableShape.Sort(identity(column(columns.group(1), columns.group(2))), descending, nullsFirst));
            at = columns.end();
        }
        requireWhole(text, at, "sort_order is as in ts DESC NULLS LAST, id");
        distinct(order.stream()
                .map(sort -> String.join(".", sort.transform().column()))
                .toList());
        return order;
    }

    private static String lower(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    private static void requireWhole(String text, int read, String form) {
        if (read < text.length() || text.stripTrailing().endsWith(",")) {
            throw refused("%s cannot be read: %s".formatted(shortened(text), form));
        }
    }

    private static List<String> distinct(List<String> names) {
        if (new HashSet<>(names).size() < names.size()) {
            throw refused("A column is named twice in %s".formatted(shortened(String.join(", ", names))));
        }
        return names;
    }

    private String column(
            @org.jspecify.annotations.Nullable String quoted, @org.jspecify.annotations.Nullable String plain) {
        String name = quoted == null ? String.valueOf(plain) : quoted.replace("\"\"", "\"");
        NestedField column = table.schema().columns().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .or(() -> table.schema().columns().stream()
                        .filter(field -> field.name().equalsIgnoreCase(name))
                        .findFirst())
                .orElseThrow(() -> refused("The table has no column %s".formatted(shortened(name))));
        Type type = column.type();
        boolean comparable = type.isPrimitiveType()
                && type.typeId() != Type.TypeID.UNKNOWN
                && type.typeId() != Type.TypeID.GEOMETRY
                && type.typeId() != Type.TypeID.GEOGRAPHY;
        if (!comparable) {
            throw refused("Rows cannot be ordered by %s, which is of type %s".formatted(column.name(), type));
        }
        return column.name();
    }
}

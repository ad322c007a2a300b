package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.DuckType;
import dev.tarn.worker.duckdb.Failures;
import dev.tarn.worker.duckdb.IcebergType;
import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.ReadableType;
import dev.tarn.worker.duckdb.Sql;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.Query;
import dev.tarn.worker.protocol.SourceColumn;
import dev.tarn.worker.protocol.TableSource;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A view of the catalog. It has the columns that it had when it was made, whatever its tables have become; when that cannot be, it
 * says so. The engine binds it by itself, so that no name of the query around it is taken for one inside, nor the other way round.
 */
final class NamedQuery {
    private final TableSource view;
    private final String sql;
    private final boolean limited;

    NamedQuery(TableSource view, String sql, Query query) {
        this.view = view;
        this.sql = sql;
        this.limited = HiddenValues.limited(query).isPresent();
    }

    void create(Instance instance, String name) throws TaskFailedException, SQLException {
        ResultColumns now = columns(instance);
        List<String> names =
                now.shownNames(false).stream().map(NamedQuery::folded).toList();
        String internal = String.join(
                ", ", IntStream.range(0, names.size()).mapToObj(i -> "c" + i).toList());
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < view.columns().size(); i++) {
            SourceColumn column = view.columns().get(i);
            int place = column.fileNames().isEmpty()
                    ? i
                    : names.indexOf(folded(column.fileNames().getFirst()));
            if (place < 0 || place >= names.size()) {
                throw unfit("its column " + column.name() + " is not there any more");
            }
            requireType(column, now.types().get(place));
            list.append(i == 0 ? "c" : ", c").append(place).append(" AS ").append(Sql.name(column.name()));
        }
        // The line break ends a comment that the query may end in.
        instance.execute(
                "CREATE VIEW " + name + " AS SELECT " + list + " FROM (" + sql + "\n) AS tarn_view(" + internal + ")");
    }

    private ResultColumns columns(Instance instance) throws TaskFailedException {
        try (PreparedStatement prepared = instance.connection().prepareStatement(sql)) {
            return ResultColumns.of(prepared.getMetaData());
        } catch (SQLException e) {
            Failure failure = Failures.of(e);
            throw switch (failure.kind()) {
                case OUT_OF_MEMORY, CANCELLED, STORAGE_FULL, IO -> new TaskFailedException(failure, e);
                case SYNTAX, BINDING, UNKNOWN_TABLE, TYPE, BAD_ROW, BAD_FILE, NOT_ALLOWED, FORBIDDEN, INTERNAL ->
                    unfit(failure.message());
            };
        }
    }

    /** A wider type is as good as the one that was there. */
    private void requireType(SourceColumn column, String now) throws TaskFailedException {
        DuckType type = IcebergType.of(ReadableType.inArrow(DuckType.of(now)));
        if (!widest(type).equals(widest(DuckType.of(column.type())))) {
            throw unfit("its column " + column.name() + " was " + column.type() + " and is " + type.text() + " now");
        }
    }

    /** The same shape with the widest types at its ends and the names of fields written alike. */
    private static DuckType widest(DuckType type) {
        return switch (type) {
            case DuckType.Scalar scalar -> new DuckType.Scalar(widest(scalar.text()));
            case DuckType.Struct struct ->
                new DuckType.Struct(struct.fields().stream()
                        .map(field -> DuckType.Field.of(field.name(), widest(field.type())))
                        .toList());
            case DuckType.ListOf list -> new DuckType.ListOf(widest(list.element()), "[]");
            case DuckType.MapOf map -> new DuckType.MapOf(widest(map.key()), widest(map.value()));
        };
    }

    private static String widest(String scalar) {
        return switch (scalar) {
            case "INTEGER" -> "BIGINT";
            case "FLOAT" -> "DOUBLE";
            default -> scalar.startsWith("DECIMAL(") ? scalar.replaceFirst("\\(\\d+", "(38") : scalar;
        };
    }

    /** What is told of the query to who may not see all of its tables would name what is hidden. */
    private TaskFailedException unfit(String why) {
        String name = String.join(".", view.catalog(), view.schema(), view.name());
        return new TaskFailedException(Failure.of(
                Kind.BINDING,
                limited
                        ? "The view %s needs more of its tables than there is, or than you may see".formatted(name)
                        : "The view %s does not fit its tables any more: %s; make it anew with CREATE OR REPLACE VIEW"
                                .formatted(name, why)));
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}

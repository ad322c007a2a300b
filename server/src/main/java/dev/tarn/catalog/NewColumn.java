package dev.tarn.catalog;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/**
 * A column of a table that is to be made.
 *
 * @param type in Tarn's words or DuckDB's
 * @param required whether each row must have a value
 * @param missing what a row has that says nothing of it
 */
public record NewColumn(
        String name, String type, boolean required, Optional<String> comment, Optional<DefaultValue> missing) {

    /**
     * The columns of a table, each with an id, parts of nested ones too.
     *
     * @throws TarnException {@code INVALID_REQUEST} for names that are there twice, in whatever case, {@code TYPE_ERROR}
     */
    public static Schema schema(List<NewColumn> columns) {
        Set<String> names = new HashSet<>();
        AtomicInteger ids = new AtomicInteger(columns.size());
        AtomicInteger own = new AtomicInteger();
        return new Schema(columns.stream()
                .map(column -> {
                    if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
                        throw new TarnException(
                                ErrorCode.INVALID_REQUEST, "The column %s is there twice".formatted(column.name()));
                    }
                    return column.field(own.incrementAndGet(), ids);
                })
                .toList());
    }

    private NestedField field(int id, AtomicInteger ids) {
        Type made = TypeNames.parse(type, ids::incrementAndGet);
        NestedField.Builder field = NestedField.builder()
                .withId(id)
                .withName(name)
                .isOptional(!required)
                .ofType(made)
                .withDoc(comment.orElse(null));
        missing.ifPresent(value -> field.withWriteDefault(value.of(made)));
        return field.build();
    }
}

package dev.tarn.sql;

import dev.tarn.catalog.DefaultValue;
import dev.tarn.catalog.Overwritten;
import dev.tarn.catalog.TableWrite;
import dev.tarn.engine.BoundStatement;
import dev.tarn.engine.Change;
import dev.tarn.engine.DefaultItems;
import dev.tarn.engine.WorkerRows;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.worker.protocol.TargetColumn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which columns of the table an INSERT fills, and with what.
 *
 * @param given those that the query fills, by their places; none when it names them itself
 */
record Inserted(Change.Insert insert, List<TargetColumn> target, List<String> given) {

    /** Tells the write which rows go, too. */
    static Inserted of(Change.Insert insert, TableWrite write) {
        Map<String, Optional<DefaultValue>> fixed = new LinkedHashMap<>();
        insert.partition().fixed().forEach((asked, value) -> {
            if (fixed.put(write.partitionColumn(asked), value) != null) {
                throw new TarnException(ErrorCode.INVALID_REQUEST, "The column %s is named twice".formatted(asked));
            }
        });
        insert.partition().named().forEach(write::partitionColumn);
        insert.overwritten()
                .map(rows -> rows instanceof Overwritten.Where ? new Overwritten.Where(fixed) : rows)
                .ifPresent(write::overwrite);
        List<TargetColumn> target = WorkerRows.target(write, fixed);
        return new Inserted(insert, target, insert.byName() ? List.of() : given(insert, target, fixed));
    }

    private static List<String> given(
            Change.Insert insert, List<TargetColumn> target, Map<String, Optional<DefaultValue>> fixed) {
        insert.columns().stream()
                .flatMap(List::stream)
                .filter(name -> fixed.keySet().stream().anyMatch(name::equalsIgnoreCase))
                .findFirst()
                .ifPresent(name -> {
                    throw new TarnException(
                            ErrorCode.INVALID_REQUEST,
                            "The column %s has its value in PARTITION; leave it out of the list".formatted(name));
                });
        return insert.columns()
                .orElseGet(() -> target.stream()
                        .filter(column -> !column.hidden() && !fixed.containsKey(column.name()))
                        .map(TargetColumn::name)
                        .toList());
    }

    /** The statement with what columns have by default in the places of the word. */
    BoundStatement text(BoundStatement bound) {
        if (insert.onlyDefaults()) {
            return DefaultItems.row(bound, given.stream().map(this::missing).toList());
        }
        return DefaultItems.replaced(bound, place -> place < given.size() ? missing(given.get(place)) : "NULL");
    }

    private String missing(String name) {
        return target.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .map(TargetColumn::missing)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("NULL");
    }
}

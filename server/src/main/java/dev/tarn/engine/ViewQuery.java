package dev.tarn.engine;

import dev.tarn.catalog.TableName;
import java.util.List;
import java.util.Set;

/**
 * The query of a view that is about to be made.
 *
 * @param columns what it answers
 * @param views the full names of the views that it reads, through others too
 */
public record ViewQuery(List<ResultColumn> columns, Set<String> views) {
    public ViewQuery {
        columns = List.copyOf(columns);
        views = Set.copyOf(views);
    }

    /** Whether it reads that view, in whatever case it is written. */
    public boolean reads(TableName view) {
        return views.stream().anyMatch(view.text()::equalsIgnoreCase);
    }
}

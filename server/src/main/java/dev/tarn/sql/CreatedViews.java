package dev.tarn.sql;

import dev.tarn.catalog.NewView;
import dev.tarn.catalog.TypeNames;
import dev.tarn.catalog.Views;
import dev.tarn.engine.Change;
import dev.tarn.engine.Change.ViewColumn;
import dev.tarn.engine.ChangeResult;
import dev.tarn.engine.Engine;
import dev.tarn.engine.ResultColumn;
import dev.tarn.engine.ViewQuery;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;

/** CREATE VIEW: the query is bound when the view is made, so that its columns are known and what is wrong is told at once. */
final class CreatedViews {
    private final Views views;
    private final Engine engine;

    CreatedViews(Views views, Engine engine) {
        this.views = views;
        this.engine = engine;
    }

    ChangeResult make(Changes.Run run, Change.CreateView create) {
        ViewQuery query = engine.viewQuery(run.caller(), run.bound(), run.deadline(), run.cancellation());
        boolean replace = create.existing() == Change.Existing.REPLACE;
        if (replace && query.reads(create.view())) {
            throw new TarnException(
                    ErrorCode.BINDING_ERROR,
                    "The view %s would read itself".formatted(create.view().text()));
        }
        NewView view = new NewView(
                create.sql(),
                run.bound().defaults().namespace(),
                schema(columns(create, query)),
                query.columns().stream().map(ResultColumn::name).toList(),
                create.comment());
        run.requireWanted();
        try {
            views.make(run.caller(), create.view(), view, replace);
        } catch (TarnException e) {
            if (create.existing() != Change.Existing.KEEP || e.code() != ErrorCode.ALREADY_EXISTS) {
                throw e;
            }
        }
        return ChangeResult.NONE;
    }

    private record TypedColumn(String name, String type, Optional<String> comment) {}

    private static List<TypedColumn> columns(Change.CreateView create, ViewQuery query) {
        List<ViewColumn> named = create.columns();
        if (!named.isEmpty() && named.size() != query.columns().size()) {
            throw new TarnException(
                    ErrorCode.BINDING_ERROR,
                    "The view has names for %d columns, and its query has %d"
                            .formatted(named.size(), query.columns().size()));
        }
        List<TypedColumn> columns = new ArrayList<>();
        for (int i = 0; i < query.columns().size(); i++) {
            ResultColumn column = query.columns().get(i);
            columns.add(
                    named.isEmpty()
                            ? new TypedColumn(column.name(), column.type(), Optional.empty())
                            : new TypedColumn(
                                    named.get(i).name(),
                                    column.type(),
                                    named.get(i).comment()));
        }
        return columns;
    }

    private static Schema schema(List<TypedColumn> columns) {
        Set<String> names = new HashSet<>();
        AtomicInteger ids = new AtomicInteger(columns.size());
        AtomicInteger own = new AtomicInteger();
        return new Schema(columns.stream()
                .map(column -> {
                    if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
                        throw new TarnException(
                                ErrorCode.INVALID_REQUEST, "The column %s is there twice".formatted(column.name()));
                    }
                    return NestedField.builder()
                            .isOptional(true)
                            .withId(own.incrementAndGet())
                            .withName(column.name())
                            .ofType(TypeNames.parse(column.type(), ids::incrementAndGet))
                            .withDoc(column.comment().orElse(null))
                            .build();
                })
                .toList());
    }
}

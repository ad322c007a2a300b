package dev.tarn.sql;

import dev.tarn.catalog.NewColumn;
import dev.tarn.catalog.NewView;
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
import java.util.List;
import java.util.Optional;

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
                NewColumn.schema(columns(create, query)),
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

    private static List<NewColumn> columns(Change.CreateView create, ViewQuery query) {
        List<ViewColumn> named = create.columns();
        if (!named.isEmpty() && named.size() != query.columns().size()) {
            throw new TarnException(
                    ErrorCode.BINDING_ERROR,
                    "The view has names for %d columns, and its query has %d"
                            .formatted(named.size(), query.columns().size()));
        }
        List<NewColumn> columns = new ArrayList<>();
        for (int i = 0; i < query.columns().size(); i++) {
            ResultColumn column = query.columns().get(i);
            ViewColumn name = named.isEmpty() ? new ViewColumn(column.name(), Optional.empty()) : named.get(i);
            columns.add(new NewColumn(name.name(), column.type(), false, name.comment(), Optional.empty()));
        }
        return columns;
    }
}

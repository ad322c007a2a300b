package dev.tarn.engine;

import dev.tarn.access.Caller;
import dev.tarn.catalog.DroppedTableSummary;
import dev.tarn.catalog.NamespaceSummary;
import dev.tarn.catalog.ReadableView;
import dev.tarn.catalog.TableDefinition;
import dev.tarn.catalog.TableDescription;
import dev.tarn.catalog.Tables;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SHOW and DESCRIBE, with Spark's column names. */
final class CatalogAnswers {
    private static final List<ResultColumn> COLUMN_LIST = texts("col_name", "data_type", "comment");

    private CatalogAnswers() {}

    static QueryResult columns(List<ResultColumn> columns) {
        return new ListedResult(
                COLUMN_LIST,
                columns.stream()
                        .map(column -> row(column.name(), column.type(), null))
                        .toList());
    }

    static QueryResult table(TableDescription table) {
        return new ListedResult(
                COLUMN_LIST,
                table.columns().stream()
                        .map(column -> row(
                                column.name(), column.type(), column.comment().orElse(null)))
                        .toList());
    }

    static QueryResult tables(Caller caller, Tables tables, Statement.ShowTables show, Defaults defaults) {
        String namespace = show.namespace() == null ? defaults.namespaceText() : show.namespace();
        Optional<Pattern> like = like(show.pattern());
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (TableDescription table : listed(caller, tables, namespace, show.namespace() != null)) {
            boolean wanted = !show.viewsAlone() || table.kind() == TableDescription.Kind.VIEW;
            if (wanted && matches(like, table.name().table())) {
                rows.add(row(table.name().namespaceText(), table.name().table(), false));
            }
        }
        return new ListedResult(
                List.of(
                        new ResultColumn("namespace", "STRING"),
                        new ResultColumn(show.viewsAlone() ? "viewName" : "tableName", "STRING"),
                        new ResultColumn("isTemporary", "BOOLEAN")),
                rows);
    }

    static QueryResult dropped(List<DroppedTableSummary> tables) {
        return new ListedResult(
                List.of(
                        new ResultColumn("namespace", "STRING"),
                        new ResultColumn("tableName", "STRING"),
                        new ResultColumn("droppedAt", "STRING"),
                        new ResultColumn("keptUntil", "STRING"),
                        new ResultColumn("droppedBy", "STRING")),
                tables.stream()
                        .map(table -> row(
                                table.name().namespaceText(),
                                table.name().table(),
                                table.droppedAt().toString(),
                                table.expiresAt().toString(),
                                table.droppedBy()))
                        .toList());
    }

    static QueryResult createTable(TableDefinition table) {
        return new ListedResult(texts("createtab_stmt"), List.of(row(CreateTableText.of(table))));
    }

    static QueryResult createView(ReadableView view) {
        return new ListedResult(texts("createtab_stmt"), List.of(row(CreateTableText.of(view))));
    }

    static QueryResult properties(TableDescription table) {
        return new ListedResult(
                texts("key", "value"),
                new TreeMap<>(table.properties())
                        .entrySet().stream()
                                .map(property -> row(property.getKey(), property.getValue()))
                                .toList());
    }

    static QueryResult functions(Statement.ShowFunctions show) {
        Optional<Pattern> like = like(show.pattern());
        return new ListedResult(
                texts("function"),
                SyntaxTree.functions().stream()
                        .filter(name -> matches(like, name))
                        .map(name -> row(name))
                        .toList());
    }

    /** The default namespace may not be made yet; then it has no tables. */
    private static List<TableDescription> listed(Caller caller, Tables tables, String namespace, boolean named) {
        try {
            return all(page -> tables.tables(caller, Optional.of(namespace), page));
        } catch (TarnException e) {
            if (named || e.code() != ErrorCode.UNKNOWN_NAMESPACE) {
                throw e;
            }
            return List.of();
        }
    }

    static QueryResult namespaces(Caller caller, Tables tables, Statement.ShowNamespaces show) {
        Optional<Pattern> like = like(show.pattern());
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (NamespaceSummary namespace : all(page -> tables.namespaces(caller, page))) {
            if (matches(like, namespace.name())) {
                rows.add(row(namespace.name()));
            }
        }
        return new ListedResult(texts("namespace"), rows);
    }

    /** All pages of a list. */
    static <T> List<T> all(Function<PageRequest, Page<T>> list) {
        List<T> items = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<T> page = list.apply(new PageRequest(PageRequest.MAXIMUM, cursor));
            items.addAll(page.items());
            cursor = page.next();
        } while (cursor.isPresent());
        return items;
    }

    private static boolean matches(Optional<Pattern> like, String name) {
        return like.isEmpty() || like.get().matcher(name).matches();
    }

    private static Optional<Pattern> like(@Nullable String pattern) {
        if (pattern == null) {
            return Optional.empty();
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            switch (c) {
                case '%', '*' -> regex.append(".*");
                case '_' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Optional.of(Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL));
    }

    private static List<ResultColumn> texts(String... names) {
        return Arrays.stream(names)
                .map(name -> new ResultColumn(name, "STRING"))
                .toList();
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }
}

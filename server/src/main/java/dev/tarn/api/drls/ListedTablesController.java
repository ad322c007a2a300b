package dev.tarn.api.drls;

import dev.tarn.access.Caller;
import dev.tarn.catalog.CatalogIndex;
import dev.tarn.catalog.CatalogNames;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.Tables;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What there is in the catalog. */
@RestController
class ListedTablesController {
    private final CatalogIndex index;
    private final Tables tables;
    private final DrlsNames names;

    ListedTablesController(CatalogIndex index, Tables tables, DrlsNames names) {
        this.index = index;
        this.tables = tables;
        this.names = names;
    }

    record Listed(List<String> namespaces, List<String> tables) {}

    /** @param table the name as it was sent */
    record ShownSchema(boolean success, String table, List<ShownColumn> columns) {}

    @GetMapping("/api/tables")
    Listed list(Caller caller) {
        CatalogNames found = index.names(caller);
        return new Listed(
                found.namespaces().stream().map(DrlsNames::shownNamespace).toList(),
                found.tables().stream().map(DrlsNames::shown).toList());
    }

    @GetMapping("/api/table/{table_name}/schema")
    ShownSchema schema(Caller caller, @PathVariable("table_name") String table) {
        TableName name = names.table(table);
        return new ShownSchema(
                true,
                table,
                ShownColumn.of(tables.definition(caller, name).table().columns()));
    }
}

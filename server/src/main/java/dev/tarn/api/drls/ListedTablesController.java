package dev.tarn.api.drls;

import dev.tarn.access.Caller;
import dev.tarn.catalog.CatalogNames;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What there is in the catalog. */
@RestController
class ListedTablesController {
    private final ShownCatalog catalog;

    ListedTablesController(ShownCatalog catalog) {
        this.catalog = catalog;
    }

    record Listed(List<String> namespaces, List<String> tables) {}

    /** @param table the name as it was sent */
    record ShownSchema(boolean success, String table, List<ShownColumn> columns) {}

    @GetMapping("/api/tables")
    Listed list(Caller caller) {
        CatalogNames found = catalog.names(caller);
        return new Listed(
                found.namespaces().stream().map(DrlsNames::shownNamespace).toList(),
                found.tables().stream().map(DrlsNames::shown).toList());
    }

    @GetMapping("/api/table/{table_name}/schema")
    ShownSchema schema(Caller caller, @PathVariable("table_name") String table) {
        return new ShownSchema(
                true,
                table,
                ShownColumn.of(catalog.definition(caller, table).table().columns()));
    }
}

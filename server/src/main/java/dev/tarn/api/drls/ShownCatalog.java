package dev.tarn.api.drls;

import dev.tarn.access.Caller;
import dev.tarn.adoption.MountedCatalogs;
import dev.tarn.api.drls.DrlsNames.Asked;
import dev.tarn.catalog.CatalogIndex;
import dev.tarn.catalog.CatalogNames;
import dev.tarn.catalog.ForeignTable;
import dev.tarn.catalog.SnapshotDescription;
import dev.tarn.catalog.TableDefinition;
import dev.tarn.catalog.TableHistory;
import dev.tarn.catalog.Tables;
import dev.tarn.upkeep.TableHealth;
import dev.tarn.upkeep.TableHealths;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What the contract's calls tell of: the tenant's own catalog, or the one that it looks at instead. */
@Component
class ShownCatalog {
    private final DrlsNames names;
    private final MountedCatalogs mounts;
    private final CatalogIndex index;
    private final Tables tables;
    private final TableHistory history;
    private final TableHealths healths;

    ShownCatalog(
            DrlsNames names,
            MountedCatalogs mounts,
            CatalogIndex index,
            Tables tables,
            TableHistory history,
            TableHealths healths) {
        this.names = names;
        this.mounts = mounts;
        this.index = index;
        this.tables = tables;
        this.history = history;
        this.healths = healths;
    }

    CatalogNames names(Caller caller) {
        return mounts.names(caller).orElseGet(() -> index.names(caller));
    }

    TableDefinition definition(Caller caller, String table) {
        Asked asked = names.asked(caller, table);
        return foreign(caller, asked)
                .map(ForeignTable::definition)
                .orElseGet(() -> tables.definition(caller, asked.name()));
    }

    List<SnapshotDescription> snapshots(Caller caller, String table) {
        Asked asked = names.asked(caller, table);
        return foreign(caller, asked)
                .map(ForeignTable::snapshots)
                .orElseGet(() -> history.snapshots(caller, asked.name()));
    }

    SnapshotDescription at(Caller caller, String table, Instant time) {
        Asked asked = names.asked(caller, table);
        return foreign(caller, asked)
                .map(foreign -> foreign.at(time))
                .orElseGet(() -> history.at(caller, asked.name(), time));
    }

    TableHealth health(Caller caller, String table) {
        Asked asked = names.asked(caller, table);
        return foreign(caller, asked)
                .map(foreign -> healths.of(caller, foreign.readable()))
                .orElseGet(() -> healths.of(caller, asked.name()));
    }

    private Optional<ForeignTable> foreign(Caller caller, Asked asked) {
        return asked.mounted() ? mounts.table(caller, asked.name()) : Optional.empty();
    }
}

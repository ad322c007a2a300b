package dev.tarn.catalog;

import dev.tarn.access.Audit.Outcome;
import dev.tarn.access.Caller;
import dev.tarn.access.JobOwner;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.exceptions.AlreadyExistsException;

/** Takes tables' names away and keeps what they were for a while, their grants too; and gives them names again. */
final class DroppedTableCommit {
    private final CatalogParts parts;
    private final Caller caller;

    DroppedTableCommit(CatalogParts parts, Caller caller) {
        this.parts = parts;
        this.caller = caller;
    }

    /**
     * Takes a table's name away. One that is not in the warehouse is not kept: nobody removes its files.
     *
     * @param location of all its files
     * @return false when the name was not at its metadata file any more
     */
    boolean setAside(TableName name, Pointer pointer, String location) {
        return parts.commits().commit(settingAside(name, pointer, location));
    }

    /** {@link #setAside} as a part of a greater change. */
    CatalogChange settingAside(TableName name, Pointer pointer, String location) {
        return parts.warehouse().holds(location)
                ? new SettingAside(name, pointer, dropped(pointer, location))
                : new PointerCommit(parts, caller)
                        .removal(name, pointer, Optional.empty(), new PointerCommit.Entry(Verb.DROP, Map.of()));
    }

    private DroppedTable dropped(Pointer pointer, String location) {
        Instant now = parts.clock().instant();
        return new DroppedTable(
                parts.ids().next(),
                pointer.namespace(),
                pointer.name(),
                pointer.location(),
                location,
                new JobOwner(
                        caller.tenantId(),
                        caller.workspaceId(),
                        caller.userId(),
                        caller.name(),
                        Optional.empty(),
                        caller.origin()),
                now,
                now.plus(parts.settings().droppedKept()));
    }

    /**
     * Gives what was set aside a name again.
     *
     * @return false when it is not there any more
     */
    boolean bringBack(DroppedTable dropped, TableName target) {
        return parts.commits().commit(new BringingBack(dropped, target));
    }

    private final class SettingAside implements CatalogChange {
        private final TableName name;
        private final Pointer pointer;
        private final DroppedTable dropped;

        SettingAside(TableName name, Pointer pointer, DroppedTable dropped) {
            this.name = name;
            this.pointer = pointer;
            this.dropped = dropped;
        }

        @Override
        public boolean rows(CatalogRows rows) {
            if (!rows.store().remove(caller.tenantId(), pointer)) {
                return false;
            }
            rows.dropped().insert(dropped);
            return true;
        }

        @Override
        public void besides() {
            record(name, Verb.DROP, Map.of("kept_until", dropped.expiresAt().toString()));
            parts.access().rename(caller, Resource.table(name.text()), dropped.resource());
        }

        @Override
        public List<Renamed> renamed() {
            return List.of(new Renamed(Resource.table(name.text()), dropped.resource()));
        }

        @Override
        public boolean happened(RuntimeException failure) {
            return parts.dropped().contains(dropped);
        }
    }

    private final class BringingBack implements CatalogChange {
        private final DroppedTable dropped;
        private final TableName target;

        BringingBack(DroppedTable dropped, TableName target) {
            this.dropped = dropped;
            this.target = target;
        }

        @Override
        public boolean rows(CatalogRows rows) {
            if (!rows.dropped().remove(dropped)) {
                return false;
            }
            rows.hold(caller.tenantId(), target);
            Pointer pointer =
                    new Pointer(target.namespaceText(), target.table(), Pointer.Kind.TABLE, dropped.metadataLocation());
            if (!rows.store().insert(caller.tenantId(), pointer)) {
                throw new AlreadyExistsException("Already exists: %s", target.text());
            }
            return true;
        }

        @Override
        public void besides() {
            parts.access().rename(caller, dropped.resource(), Resource.table(target.text()));
            record(target, Verb.CREATE, Map.of("undropped", dropped.asItWas().text()));
        }

        @Override
        public List<Renamed> renamed() {
            return List.of(new Renamed(dropped.resource(), Resource.table(target.text())));
        }

        @Override
        public boolean happened(RuntimeException failure) {
            return !parts.dropped().contains(dropped);
        }
    }

    private void record(TableName name, Verb verb, Map<String, ?> details) {
        parts.audit().record(caller, verb, Resource.table(name.text()), Outcome.DONE, details);
    }
}

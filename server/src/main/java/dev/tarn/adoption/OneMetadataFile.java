package dev.tarn.adoption;

import java.util.List;
import java.util.Optional;
import org.apache.iceberg.catalog.TableIdentifier;

/** A table whose metadata file is known; no catalog is asked. */
record OneMetadataFile(TableIdentifier table, String location) implements ForeignCatalog {
    @Override
    public void check() {}

    @Override
    public Contents contents(TableChoice choice, Runnable goingOn) {
        return new Contents(List.of(table.namespace()), List.of(table));
    }

    @Override
    public Optional<Loaded> load(TableIdentifier same) {
        return Optional.of(new Loaded(location, Optional.empty()));
    }

    @Override
    public String metadataLocation(TableIdentifier same) {
        return location;
    }
}

package dev.tarn.adoption;

import dev.tarn.access.Caller;
import dev.tarn.catalog.TableName;
import dev.tarn.jobs.Job;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.network.OutboundHttp;
import dev.tarn.platform.secrets.SealedValues;
import dev.tarn.storage.TableFiles;
import dev.tarn.storage.Warehouse;
import java.util.Optional;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/** Opens what an adoption names. */
final class AdoptionSources {
    private final Warehouse warehouse;
    private final TableFiles files;
    private final OutboundHttp http;
    private final SealedValues sealed;

    AdoptionSources(Warehouse warehouse, TableFiles files, OutboundHttp http, SealedValues sealed) {
        this.warehouse = warehouse;
        this.files = files;
        this.http = http;
        this.sealed = sealed;
    }

    /**
     * Returns when the server may look at what an adoption names; a table's own place is checked by the catalog.
     *
     * @throws TarnException {@code INVALID_REQUEST}
     */
    void require(Caller caller, WantedAdoption wanted) {
        switch (wanted.kind()) {
            case METADATA_FILE -> {}
            case HADOOP -> warehouse.grantedFolder(caller.tenantId(), wanted.location());
            case REST -> RestCatalogCalls.require(http, wanted);
        }
    }

    ForeignCatalog open(Caller caller, Job job, WantedAdoption wanted) {
        return open(
                caller,
                wanted,
                wanted.kind() == WantedAdoption.Kind.REST
                        ? sealed.find(AdoptionJob.secretOf(job)).map(CatalogSecret::of)
                        : Optional.empty());
    }

    /** @param secret of a REST catalog */
    ForeignCatalog open(Caller caller, WantedAdoption wanted, Optional<CatalogSecret> secret) {
        return switch (wanted.kind()) {
            case METADATA_FILE -> new OneMetadataFile(table(wanted), wanted.location());
            case HADOOP ->
                new HadoopFolder(
                        files,
                        caller.tenantId(),
                        Warehouse.location(warehouse.grantedFolder(caller.tenantId(), wanted.location())));
            case REST ->
                new RestForeignCatalog(
                        new RestCatalogCalls(http, wanted, secret.orElse(null)),
                        Optional.ofNullable(wanted.warehouse()));
        };
    }

    /** The table that a metadata file becomes. */
    static TableIdentifier table(WantedAdoption wanted) {
        if (wanted.name() == null) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "A metadata file needs a name that its table gets here: namespace.table");
        }
        TableName name = TableName.parse(wanted.name());
        return TableIdentifier.of(Namespace.of(name.namespace().toArray(new String[0])), name.table());
    }
}

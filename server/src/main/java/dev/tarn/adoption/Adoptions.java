package dev.tarn.adoption;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.StoredSecrets;
import dev.tarn.access.Verb;
import dev.tarn.catalog.IcebergTables;
import dev.tarn.catalog.TableName;
import dev.tarn.jobs.Jobs;
import dev.tarn.jobs.NewJob;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.secrets.SealedName;
import dev.tarn.platform.secrets.SealedValues;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Tables that exist elsewhere become the tenant's, where they are; nothing is copied, moved or deleted. An adoption is a job: it
 * goes on without its caller, and looks only, when it is a dry run.
 */
public final class Adoptions {
    private static final int MOST_LISTED = 50;
    private static final int MOST_CHOSEN = 10_000;
    private static final Duration SECRET_KEPT = Duration.ofDays(1);

    private final Access access;
    private final Audit audit;
    private final StoredSecrets stored;
    private final SealedValues sealed;
    private final Jobs jobs;
    private final IcebergTables tables;
    private final AdoptionSources sources;
    private final Ids ids;

    Adoptions(
            Access access,
            Audit audit,
            StoredSecrets stored,
            SealedValues sealed,
            Jobs jobs,
            IcebergTables tables,
            AdoptionSources sources,
            Ids ids) {
        this.access = access;
        this.audit = audit;
        this.stored = stored;
        this.sealed = sealed;
        this.jobs = jobs;
        this.tables = tables;
        this.sources = sources;
        this.ids = ids;
    }

    /**
     * Begins an adoption.
     *
     * @param secret of a REST catalog; {@code secret:NAME} stands for a stored one
     * @throws TarnException {@code INVALID_REQUEST} when the server may not look there, {@code FORBIDDEN}
     */
    public UUID start(Caller caller, WantedAdoption wanted, Optional<CatalogSecret> secret) {
        access.requireSomebody(caller);
        if (wanted.namespaces().size() + wanted.tables().size() > MOST_CHOSEN) {
            throw refused("One adoption names %,d namespaces and tables at most".formatted(MOST_CHOSEN));
        }
        authorise(caller, wanted);
        sources.require(caller, wanted);
        Optional<CatalogSecret> opened = secret.map(given -> given.opened(caller, stored));
        UUID id = ids.next();
        jobs.add(caller, new NewJob(id, AdoptionJob.KIND, AdoptionJob.payload(wanted)), () -> {
            opened.ifPresent(value -> sealed.put(
                    new SealedName(caller.tenantId(), AdoptionJob.KIND, id.toString()), value.bytes(), SECRET_KEPT));
            audit.record(
                    caller,
                    Verb.CREATE,
                    resource(id.toString()),
                    Audit.Outcome.DONE,
                    Map.of(
                            "what", AdoptionJob.KIND,
                            "kind", wanted.kind().text(),
                            "location", wanted.location(),
                            "dry_run", wanted.dryRun()));
        });
        return id;
    }

    /** Whoever may not make any table there is not let look either; each table is asked for again when its turn comes. */
    private void authorise(Caller caller, WantedAdoption wanted) {
        if (wanted.kind() == WantedAdoption.Kind.METADATA_FILE) {
            TableIdentifier table = TableAdopter.target(AdoptionSources.table(wanted), wanted.into());
            try {
                tables.standing(caller, table, wanted.location());
            } catch (RuntimeException e) {
                throw Refusal.of(e).orElseThrow(() -> e);
            }
            return;
        }
        Resource place = wanted.into() == null
                ? Resource.catalog(TableName.DEFAULT_CATALOG)
                : Resource.namespace(
                        TableName.namespaceFullName(String.join(".", TableName.parseNamespace(wanted.into()))));
        access.require(caller, Verb.CREATE, place);
    }

    /** One's own newest ones, newest first. */
    public List<Adoption> list(Caller caller) {
        access.requireSomebody(caller);
        return jobs.list(caller, AdoptionJob.KIND, MOST_LISTED).stream()
                .map(Adoption::of)
                .toList();
    }

    /** One of the caller's own. */
    public Adoption find(Caller caller, UUID id) {
        access.requireSomebody(caller);
        return jobs.find(caller, AdoptionJob.KIND, id).map(Adoption::of).orElseThrow(() -> unknown(id));
    }

    /** Ends one of the caller's own, soon; what it has registered stays. One that is over stays as it is. */
    public Adoption cancel(Caller caller, UUID id) {
        access.requireSomebody(caller);
        return jobs.cancel(caller, AdoptionJob.KIND, id).map(Adoption::of).orElseThrow(() -> unknown(id));
    }

    private static Resource resource(String id) {
        return new Resource(Resource.Kind.JOB, id);
    }

    private static TarnException refused(String message) {
        return new TarnException(ErrorCode.INVALID_REQUEST, message);
    }

    private static TarnException unknown(UUID id) {
        return new TarnException(
                ErrorCode.NOT_FOUND,
                "There is no adoption %s of yours; one is forgotten a week after its end".formatted(id));
    }
}

package dev.tarn.catalog;

import dev.tarn.access.Resource;
import dev.tarn.access.Rights;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.DatabaseFullException;
import dev.tarn.storage.Readers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.TransactionException;

/**
 * A catalog in which one caller changes several tables, and all of it becomes true in one database transaction, or nothing.
 * Each change writes its files at once and keeps its rows of the database back: whoever reads through {@link #tables} sees the
 * changes so far, everybody else none of them. A table that another has changed meanwhile ends it all.
 */
public final class StagedCatalog implements AutoCloseable {
    private final CatalogParts parts;
    private final StagedStore seen;
    private final CatalogRows rows;
    private final List<CatalogChange> changes = new ArrayList<>();
    private final Set<String> madeNamespaces = new HashSet<>();
    private final List<UnaryOperator<Rights>> rights = new ArrayList<>();
    private boolean movesGrants;
    private final Tables tables;
    private final Views views;
    private final Namespaces namespaces;
    private final Readers.Registered reading;
    private boolean ended;

    StagedCatalog(CatalogParts parts, Views views, UUID tenant) {
        this.parts = parts;
        this.reading = parts.readers().begin(); // what was looked up once stays as it was then
        this.seen = new StagedStore(parts.store(), tenant);
        this.rows = new CatalogRows(seen, new StagedDroppedTables(parts.dropped()));
        CatalogParts staging = parts.committing(rows, new Staging());
        this.tables = new Tables(staging);
        this.views = views.on(staging);
        this.namespaces = new Namespaces(staging, tables);
    }

    /** The tables with the changes so far. */
    public Tables tables() {
        return tables;
    }

    /** The views with the changes so far. */
    public Views views() {
        return views;
    }

    /** The namespaces with the changes so far. */
    public Namespaces namespaces() {
        return namespaces;
    }

    private final class Staging implements Commits {
        @Override
        public boolean commit(CatalogChange change) {
            boolean staged = change.rows(rows);
            if (staged) {
                changes.add(change);
                change.made().ifPresent(this::own);
                madeNamespaces.retainAll(seen.made());
                seen.made().stream()
                        .filter(madeNamespaces::add)
                        .forEach(name -> own(Resource.namespace(TableName.namespaceFullName(name))));
                change.renamed().forEach(move -> rights.add(known -> known.moved(move.from(), move.to())));
                movesGrants |= !change.renamed().isEmpty();
            }
            return staged;
        }

        private void own(Resource made) {
            rights.add(known -> known.owning(List.of(made)));
        }

        @Override
        public boolean movesGrants() {
            return movesGrants;
        }

        @Override
        public Rights with(Rights known) {
            Rights now = known;
            for (UnaryOperator<Rights> step : rights) {
                now = step.apply(now);
            }
            return now;
        }
    }

    /** Whether another has changed a table that was looked up here; then what was seen of it may be there no more. */
    public boolean isOvertaken() {
        return seen.isOvertaken();
    }

    /** A row was not as the script has seen it; the transaction rolls back. */
    private static final class OvertakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Lets all changes become true.
     *
     * @param together what becomes true in the same transaction
     * @return false when another has changed one of the tables since; then nothing has become true
     */
    public boolean commit(Runnable together) {
        try {
            parts.database().inTransaction(() -> {
                for (CatalogChange change : changes) {
                    if (!change.rows(parts.rows())) {
                        throw new OvertakenException();
                    }
                    change.besides();
                }
                together.run();
            });
        } catch (OvertakenException
                | AlreadyExistsException
                | NoSuchNamespaceException
                | NamespaceNotEmptyException
                | DuplicateKeyException
                | ConcurrencyFailureException e) {
            return false;
        } catch (IntentLostException e) {
            throw e.told(parts);
        } catch (DatabaseFullException e) {
            throw e;
        } catch (DataAccessException | TransactionException e) {
            if (!happened(e)) {
                throw e;
            }
        }
        ended = true;
        changes.forEach(CatalogChange::afterwards);
        return true;
    }

    /** One transaction has made all of it true, so the first change tells of all. */
    private boolean happened(RuntimeException failure) {
        try {
            return !changes.isEmpty() && changes.getFirst().happened(failure);
        } catch (CommitStateUnknownException e) {
            // The intents stay: their rows say what happened as soon as the database can be asked.
            ended = true;
            throw new TarnException(
                    ErrorCode.INTERNAL,
                    "The database went away during the commit; look at the tables before you try again",
                    e);
        }
    }

    /** Gives the changes up and removes their files; nothing happens after a commit. */
    @Override
    public void close() {
        reading.close();
        if (!ended) {
            ended = true;
            changes.reversed().forEach(CatalogChange::giveUp);
        }
    }
}

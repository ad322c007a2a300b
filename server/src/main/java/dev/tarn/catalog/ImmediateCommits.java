package dev.tarn.catalog;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.DatabaseFullException;
import java.util.function.Consumer;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Every change becomes true at once, in a transaction of its own. */
final class ImmediateCommits implements Commits {
    private final Database database;
    private final CatalogRows rows;
    private final Consumer<Effect> together;

    /** @param together what becomes true with each change, in its transaction; it is told what the change comes to */
    ImmediateCommits(Database database, CatalogRows rows, Consumer<Effect> together) {
        this.database = database;
        this.rows = rows;
        this.together = together;
    }

    @Override
    public boolean commit(CatalogChange change) {
        boolean done;
        try {
            done = database.inTransaction(() -> {
                if (!change.rows(rows)) {
                    return false;
                }
                change.besides();
                together.accept(change.effect());
                return true;
            });
        } catch (DatabaseFullException e) {
            // Nothing was applied, and on a full disk what tells that often cannot be read either.
            throw e;
        } catch (DataAccessException | TransactionException e) {
            if (!change.happened(e)) {
                throw e;
            }
            done = true;
        }
        if (done) {
            change.afterwards();
        }
        return done;
    }
}

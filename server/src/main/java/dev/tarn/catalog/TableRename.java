package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NoSuchViewException;
import org.springframework.dao.DuplicateKeyException;

/** Gives a table or view another name, and says in our words why that cannot be. */
final class TableRename {
    private final CatalogParts parts;
    private final Caller caller;

    TableRename(CatalogParts parts, Caller caller) {
        this.parts = parts;
        this.caller = caller;
    }

    /** @param wanted a name that was free a moment ago */
    void apply(TableName name, TableName wanted) {
        run(name, wanted, () -> new TarnCatalog(parts, caller).renameTable(name.identifier(), wanted.identifier()));
    }

    /** The same of a view. */
    void applyToView(TableName name, TableName wanted) {
        run(name, wanted, () -> new TarnCatalog(parts, caller).renameView(name.identifier(), wanted.identifier()));
    }

    private static void run(TableName name, TableName wanted, Runnable rename) {
        try {
            rename.run();
        } catch (NoSuchTableException | NoSuchViewException e) {
            throw new TarnException(ErrorCode.UNKNOWN_TABLE, "%s was dropped meanwhile".formatted(name.text()), e);
        } catch (NoSuchNamespaceException e) {
            throw new TarnException(
                    ErrorCode.UNKNOWN_NAMESPACE,
                    "There is no namespace %s; make it first"
                            .formatted(TableName.namespaceFullName(wanted.namespaceText())),
                    e);
        } catch (AlreadyExistsException | DuplicateKeyException e) {
            throw OpenWrite.alreadyExists(wanted, e);
        }
    }
}

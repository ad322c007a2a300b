package dev.tarn.system;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableCommit;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** Iceberg's own client of one server. It writes metadata as an engine does; its data files hold a byte. */
final class IcebergClient implements AutoCloseable {
    private static final Schema SCHEMA = new Schema(NestedField.optional(1, "n", Types.LongType.get()));

    private final RESTCatalog catalog = new RESTCatalog();

    IcebergClient(ServerUnderTest server, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("uri", server.url() + "/iceberg");
        all.put("warehouse", "iceberg");
        all.put("token", server.credentials().path("key").asString());
        catalog.setConf(new Configuration());
        catalog.initialize("tarn", all);
    }

    /** Tables with nothing in them, in a new namespace. */
    List<TableIdentifier> tables(String namespace, int count) {
        catalog.createNamespace(Namespace.of(namespace));
        return IntStream.range(0, count)
                .mapToObj(i -> TableIdentifier.of(namespace, "t" + i))
                .peek(name -> catalog.createTable(name, SCHEMA))
                .toList();
    }

    Table load(TableIdentifier name) {
        return catalog.loadTable(name);
    }

    /** Appends that are written but for their commit. */
    List<TableCommit> prepared(List<TableIdentifier> names) {
        return names.stream().map(this::prepared).toList();
    }

    private TableCommit prepared(TableIdentifier name) {
        Transaction transaction = load(name).newTransaction();
        transaction.newFastAppend().appendFile(dataFile(transaction.table())).commit();
        BaseTransaction both = (BaseTransaction) transaction;
        return TableCommit.create(name, both.startMetadata(), both.currentMetadata());
    }

    /** All of them, or none. */
    void commit(List<TableCommit> commits) {
        catalog.commitTransaction(commits);
    }

    /** A new file of the table with one row. */
    static DataFile dataFile(Table table) {
        String path = table.location() + "/data/" + UUID.randomUUID() + ".parquet";
        try (OutputStream file = table.io().newOutputFile(path).create()) {
            file.write(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return DataFiles.builder(table.spec())
                .withPath(path)
                .withFileSizeInBytes(1)
                .withRecordCount(1)
                .build();
    }

    @Override
    public void close() throws IOException {
        catalog.close();
    }
}

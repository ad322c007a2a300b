package dev.tarn.peers;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Iceberg's own library through the REST catalog. Arguments: {@code write} or {@code read}, the server's address, a key, a namespace.
 * Writing makes the table {@code t} in it, fills it, evolves it and takes rows away; both print the rows, each as values between bars.
 */
public final class JavaPeer {
    private JavaPeer() {}

    public static void main(String[] arguments) throws IOException {
        try (RESTCatalog catalog = open(arguments[1], arguments[2])) {
            TableIdentifier name = TableIdentifier.of(arguments[3], "t");
            if (arguments[0].equals("write")) {
                write(catalog, name);
            }
            try (CloseableIterable<Record> records =
                    IcebergGenerics.read(catalog.loadTable(name)).build()) {
                TreeSet<String> rows = new TreeSet<>();
                records.forEach(record -> rows.add(record.get(0) + "|" + record.get(1) + "|" + record.get(2)));
                rows.forEach(System.out::println);
            }
        }
    }

    /** As docs/engines.md has it. */
    private static RESTCatalog open(String address, String key) {
        RESTCatalog catalog = new RESTCatalog();
        catalog.setConf(new Configuration());
        catalog.initialize("tarn", Map.of("uri", address + "/iceberg", "warehouse", "iceberg", "token", key));
        return catalog;
    }

    private static void write(RESTCatalog catalog, TableIdentifier name) throws IOException {
        catalog.createNamespace(Namespace.of(name.namespace().levels()));
        Schema schema = new Schema(
                NestedField.required(1, "id", Types.LongType.get()),
                NestedField.optional(2, "name", Types.StringType.get()));
        Table table = catalog.createTable(name, schema);
        for (long from : List.of(0L, 10L)) {
            table.newAppend().appendFile(file(table, from)).commit();
        }
        table.updateSchema().addColumn("note", Types.StringType.get()).commit();
        table.newAppend().appendFile(file(table, 20)).commit();
        table.manageSnapshots().createTag("before", table.currentSnapshot().snapshotId()).commit();
        table.newDelete().deleteFromRowFilter(Expressions.lessThan("id", 10L)).commit();
        table.updateProperties().set("owner-note", "made by Iceberg's library").commit();
    }

    private static DataFile file(Table table, long from) throws IOException {
        Schema schema = table.schema();
        OutputFile output = table.io().newOutputFile(table.location() + "/data/" + UUID.randomUUID() + ".parquet");
        FileAppender<Record> appender = Parquet.write(output)
                .schema(schema)
                .createWriterFunc(type -> GenericParquetWriter.create(schema, type))
                .build();
        try (appender) {
            for (long id = from; id < from + 10; id++) {
                GenericRecord record = GenericRecord.create(schema);
                record.setField("id", id);
                record.setField("name", "n" + id);
                if (schema.findField("note") != null) {
                    record.setField("note", id % 2 == 0 ? "even" : null);
                }
                appender.add(record);
            }
        }
        return DataFiles.builder(table.spec())
                .withPath(output.location())
                .withFileSizeInBytes(appender.length())
                .withMetrics(appender.metrics())
                .build();
    }
}

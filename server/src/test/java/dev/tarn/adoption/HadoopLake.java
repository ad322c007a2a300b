package dev.tarn.adoption;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** A lake that another engine has made, with Iceberg's own hadoop catalog. */
public final class HadoopLake implements AutoCloseable {
    private static final Schema NUMBERS = new Schema(NestedField.optional(1, "n", Types.LongType.get()));

    private final HadoopCatalog catalog;

    public HadoopLake(Path folder) {
        this.catalog = new HadoopCatalog(new Configuration(), folder.toString());
    }

    /** Makes a table with the numbers, one commit each, in a column n. */
    public void table(String name, long... numbers) {
        Table table = catalog.createTable(TableIdentifier.parse(name), NUMBERS);
        for (long number : numbers) {
            String file = table.location() + "/data/" + UUID.randomUUID() + ".parquet";
            try {
                append(table, file, number);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void append(Table table, String file, long number) throws IOException {
        FileAppender<Record> appender = Parquet.write(table.io().newOutputFile(file))
                .schema(NUMBERS)
                .createWriterFunc(type -> GenericParquetWriter.create(NUMBERS, type))
                .build();
        try (appender) {
            GenericRecord row = GenericRecord.create(NUMBERS);
            row.set(0, number);
            appender.add(row);
        }
        table.newAppend()
                .set("engine-name", "spark")
                .set("engine-version", "4.1.3")
                .appendFile(DataFiles.builder(table.spec())
                        .withPath(file)
                        .withFileSizeInBytes(appender.length())
                        .withMetrics(appender.metrics())
                        .build())
                .commit();
    }

    /** All files of a folder, with what is in them. */
    public static Map<Path, String> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(file -> file, HadoopLake::content, (a, b) -> a, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String content(Path file) {
        try {
            return java.util.HexFormat.of().formatHex(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            catalog.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

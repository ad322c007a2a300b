package dev.tarn.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.SampleTables;
import dev.tarn.storage.Warehouse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;

/** Tables that other engines changed and wrote to, read in SQL. */
class EvolvedTablesTest {
    private static final RunningServer SERVER = RunningServer.shared();

    private static BaseTable table(String name) {
        return CatalogTables.of(SERVER, name);
    }

    private static String rows(String statement) {
        RunningServer.Reply reply = SERVER.post("/tarn/v1/statements", "{\"statement\": \"%s\"}".formatted(statement));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json().get("rows").toString();
    }

    /** Writes one row as Iceberg's own writer does. */
    private static Path write(BaseTable table, String file, Schema schema, Object... cells) throws IOException {
        Path path = Path.of(table.location().substring("file:".length())).resolve("data/" + file);
        try (FileAppender<Record> appender = Parquet.write(org.apache.iceberg.Files.localOutput(path.toFile()))
                .schema(schema)
                .createWriterFunc(type -> GenericParquetWriter.create(schema, type))
                .build()) {
            GenericRecord row = GenericRecord.create(schema);
            for (int i = 0; i < cells.length; i++) {
                row.set(i, cells[i]);
            }
            appender.add(row);
        }
        return path;
    }

    private static void append(BaseTable table, Path path) throws IOException {
        DataFile file = DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath(Warehouse.location(path))
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(Files.size(path))
                .withRecordCount(1)
                .build();
        table.newAppend().appendFile(file).commit();
    }

    @Test
    void columnsThatWereRenamedDroppedAndMadeAgainAreWhatTheirIdsSay() throws IOException {
        String name = SampleTables.make(SERVER, "id,name,born\n1,Ada,1815-12-10\n2,Bob,1900-01-01\n");
        BaseTable table = table(name);
        table.updateSchema()
                .renameColumn("name", "full name")
                .deleteColumn("born")
                .commit();
        table.updateSchema()
                .addColumn("born", Types.StringType.get())
                .addColumn("name", Types.LongType.get())
                .commit();
        append(table, write(table, "spark.parquet", table.schema(), 3L, "Cyd", "today", 7L));

        assertThat(rows("select * from %s order by id".formatted(name)))
                .isEqualTo("[[1,\"Ada\",null,null],[2,\"Bob\",null,null],[3,\"Cyd\",\"today\",7]]");
        assertThat(rows("select count(name), count(born), max(\\\"full name\\\") from " + name))
                .isEqualTo("[[1,1,\"Cyd\"]]");
        RunningServer.Reply appended = SampleTables.load(SERVER, name, "append", "id,full name,born,name\n4,Dan,x,8\n");
        assertThat(appended.status()).as(appended.body()).isEqualTo(200);
        assertThat(rows("select sum(name), count(*) from " + name)).isEqualTo("[[15,4]]");
        assertThat(SampleTables.load(SERVER, name, "replace", "id\n9\n").status())
                .isEqualTo(200);
        assertThat(rows("select * from " + name)).isEqualTo("[[9]]");
    }

    @Test
    void filesAreSkippedByColumnsThatAreNewerThanTheRows() throws IOException {
        String name = SampleTables.make(SERVER, "id,name\n1,Ada\n2,Bob\n");
        BaseTable table = table(name);
        table.updateSchema()
                .renameColumn("name", "who")
                .renameColumn("id", "name")
                .commit();
        table.updateSchema().addColumn("id", Types.LongType.get()).commit();

        assertThat(rows("select name from %s where who = 'Bob' and name < 9".formatted(name)))
                .isEqualTo("[[2]]");
        assertThat(rows("select name from %s where id is null order by 1".formatted(name)))
                .isEqualTo("[[1],[2]]");
        assertThat(rows("select name from %s where id = 1".formatted(name))).isEqualTo("[]");
        append(table, write(table, "later.parquet", table.schema(), 7L, "Cyd", 1L));
        assertThat(rows("select name from %s where id = 1".formatted(name))).isEqualTo("[[7]]");
        assertThat(rows("select count(*) from %s where id is null or id = 1".formatted(name)))
                .isEqualTo("[[3]]");
    }

    @Test
    void filesWithoutIdsAreReadByTheNameMapping() throws IOException {
        String name = SampleTables.make(SERVER, "id,name\n1,Ada\n");
        BaseTable table = table(name);
        table.updateProperties()
                .set("schema.name-mapping.default", NameMappingParser.toJson(MappingUtil.create(table.schema())))
                .commit();
        Path plain = write(table, "plain.parquet", table.schema(), 2L, "Bob");
        withoutIds(plain);
        append(table, plain);
        table.updateSchema().renameColumn("name", "who").commit();

        assertThat(rows("select id, who from %s order by id".formatted(name))).isEqualTo("[[1,\"Ada\"],[2,\"Bob\"]]");
    }

    private static void withoutIds(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer tail = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int start = bytes.length - 8 - tail.getInt(bytes.length - 8);
        FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(bytes, start, bytes.length - start));
        footer.getSchema().forEach(element -> element.unsetField_id());
        ByteArrayOutputStream fresh = new ByteArrayOutputStream();
        Util.writeFileMetaData(footer, fresh);
        ByteBuffer end = ByteBuffer.allocate(start + fresh.size() + 8).order(ByteOrder.LITTLE_ENDIAN);
        end.put(bytes, 0, start).put(fresh.toByteArray()).putInt(fresh.size()).put(bytes, bytes.length - 4, 4);
        Files.write(file, end.array());
    }
}

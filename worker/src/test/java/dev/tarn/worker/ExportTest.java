package dev.tarn.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.ExportTask;
import dev.tarn.worker.protocol.ExportTask.Format;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Parameter;
import dev.tarn.worker.protocol.Query;
import dev.tarn.worker.protocol.SourceColumn;
import dev.tarn.worker.protocol.SourceFile;
import dev.tarn.worker.protocol.TableSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ExportTest extends WorkerTest {
    private static final String EVERY_TYPE =
            "select 9223372036854775807 a, (-99999999999999999999999999999999999999)::hugeint b,"
                    + " 12345678901234567890123456.7890123456::decimal(38,10) c, 'nan'::double d, date '9999-12-31' e,"
                    + " timestamp '2024-01-01 00:00:00' f, timestamp '2024-01-01 10:20:30.120' g,"
                    + " timestamptz '2020-01-01 00:00:00+02' h, time '23:59:59.999999' i,"
                    + " uuid '11111111-2222-3333-4444-555555555555' j, 'é🎈, \"x\"' k, '\\x00a'::blob l, null m, true n,"
                    + " {'a b': [1, null], 't': timestamp '2024-01-01'} o, map {'k': 1.50} p, map {1: 'x'} q, -0.05::decimal(4,2) r,"
                    + " 200::utinyint s, 18446744073709551615::ubigint t, 1e300 u, 0.1::float v, interval '1 day' w, '' x";

    private Path file = Path.of("");

    private Message export(Format format, String sql, long limitBytes, TableSource... tables) throws IOException {
        file = folder.resolve("export-" + nextId());
        return worker.ask(
                new Message.Export(nextId(), query(sql, tables), new ExportTask(format, file.toString(), limitBytes)));
    }

    private Message.Exported exported(Format format, String sql, TableSource... tables) throws IOException {
        Message message = export(format, sql, 1L << 30, tables);
        assertThat(message).isInstanceOf(Message.Exported.class);
        assertThat(((Message.Exported) message).bytes()).isEqualTo(Files.size(file));
        return (Message.Exported) message;
    }

    private Failure failed(Format format, String sql, long limitBytes) throws IOException {
        Message message = export(format, sql, limitBytes);
        assertThat(message).isInstanceOf(Message.Failed.class);
        assertThat(file).doesNotExist();
        return ((Message.Failed) message).failure();
    }

    private String text() throws IOException {
        return Files.readString(file);
    }

    @Test
    void csvIsRfc4180WithJsonForNestedValues() throws IOException {
        exported(Format.CSV, EVERY_TYPE);
        assertThat(text().lines().toList())
                .containsExactly(
                        "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x",
                        "9223372036854775807,-99999999999999999999999999999999999999,"
                                + "12345678901234567890123456.7890123456,NaN,9999-12-31,2024-01-01T00:00:00,"
                                + "2024-01-01T10:20:30.12,2019-12-31T22:00:00Z,23:59:59.999999,"
                                + "11111111-2222-3333-4444-555555555555,\"é🎈, \"\"x\"\"\",AGE=,,true,"
                                + "\"{\"\"a b\"\":[1,null],\"\"t\"\":\"\"2024-01-01T00:00:00\"\"}\",\"{\"\"k\"\":1.50}\","
                                + "\"[[1,\"\"x\"\"]]\",-0.05,200,18446744073709551615,1.0E300,0.1,1 day,\"\"");
        exported(Format.CSV, "select 1 as id, 2 as id, count(*) as \"a,b\", count(*), ' x' y, 'l1\nl2' z");
        assertThat(text()).isEqualTo("id,id_1,\"a,b\",count(1),y,z\r\n1,2,1,1,\" x\",\"l1\nl2\"\r\n");
    }

    @Test
    void ndjsonHasAnObjectARow() throws IOException {
        exported(Format.NDJSON, EVERY_TYPE + " union all " + EVERY_TYPE);
        assertThat(text().lines().toList()).hasSize(2);
        assertThat(text().lines().findFirst().orElseThrow())
                .isEqualTo("{\"a\":9223372036854775807,\"b\":-99999999999999999999999999999999999999,"
                        + "\"c\":12345678901234567890123456.7890123456,\"d\":\"NaN\",\"e\":\"9999-12-31\","
                        + "\"f\":\"2024-01-01T00:00:00\",\"g\":\"2024-01-01T10:20:30.12\","
                        + "\"h\":\"2019-12-31T22:00:00Z\",\"i\":\"23:59:59.999999\","
                        + "\"j\":\"11111111-2222-3333-4444-555555555555\",\"k\":\"é🎈, \\\"x\\\"\",\"l\":\"AGE=\","
                        + "\"m\":null,\"n\":true,\"o\":{\"a b\":[1,null],\"t\":\"2024-01-01T00:00:00\"},"
                        + "\"p\":{\"k\":1.50},\"q\":[[1,\"x\"]],\"r\":-0.05,\"s\":200,\"t\":18446744073709551615,"
                        + "\"u\":1.0E300,\"v\":0.1,\"w\":\"1 day\",\"x\":\"\"}");
        exported(Format.NDJSON, "select 'a\tb\u0001\\' as \"q\"\"\", date '-0044-03-15' d, date '12345-01-01' e");
        assertThat(text()).isEqualTo("{\"q\\\"\":\"a\\tb\\u0001\\\\\",\"d\":\"-0044-03-15\",\"e\":\"+12345-01-01\"}\n");
    }

    @Test
    void datesOfAllYearsAreThoseOfTheCalendar() throws IOException {
        String dates = "select (date '0000-01-01' + (i * 7)::int)::varchar v, date '0000-01-01' + (i * 7)::int d,"
                + " (date '0000-01-01' + (i * 7)::int)::timestamp + to_microseconds(i) t from range(521700) r(i)";
        exported(Format.CSV, "select * from (" + dates + ") where year(d) between 1 and 9999");
        try (var lines = Files.lines(file).skip(1)) {
            assertThat(lines).allSatisfy(line -> {
                String[] cells = line.split(",", -1);
                assertThat(cells[1]).isEqualTo(cells[0]);
                assertThat(cells[2]).startsWith(cells[0] + "T00:00:0");
            });
        }
    }

    @Test
    void parquetIsCompressedTypedAndReadable() throws IOException, SQLException {
        Message.Exported exported = exported(Format.PARQUET, EVERY_TYPE + ", 5 as A");
        assertThat(exported.rows()).isEqualTo(1);
        assertThat(Parquet.rows(
                        "select a, b, c, h, s, t, w, \"A_1\" from read_parquet(" + Parquet.glob(file.toString()) + ")"))
                .containsExactly(List.of(
                        "9223372036854775807",
                        "-99999999999999999999999999999999999999",
                        "12345678901234567890123456.7890123456",
                        "2019-12-31T22:00Z",
                        "200",
                        "18446744073709551615",
                        "1 day",
                        "5"));
        assertThat(Parquet.rows(
                        "select distinct compression from parquet_metadata(" + Parquet.glob(file.toString()) + ")"))
                .containsExactly(List.of("ZSTD"));
        assertThat(exported(Format.PARQUET, "select 1 as i where false").rows()).isZero();
        assertThat(Parquet.number("select count(*) from read_parquet(" + Parquet.glob(file.toString()) + ")"))
                .isZero();
    }

    @Test
    void arrowIsAStreamThatOthersRead() throws IOException {
        exported(Format.ARROW, "select i as id, i as id from range(20000) t(i)");
        try (BufferAllocator allocator = new RootAllocator();
                ArrowStreamReader reader =
                        new ArrowStreamReader(new ByteArrayInputStream(Files.readAllBytes(file)), allocator)) {
            assertThat(reader.getVectorSchemaRoot().getSchema().getFields())
                    .extracting("name")
                    .containsExactly("id", "id_1");
            int rows = 0;
            while (reader.loadNextBatch()) {
                rows += reader.getVectorSchemaRoot().getRowCount();
            }
            assertThat(rows).isEqualTo(20_000);
        }
    }

    @Test
    void aWorkbookHasRealNumbersDatesAndBooleans() throws Exception {
        exported(
                Format.XLSX,
                "select 9007199254740992 a, 9007199254740993 b, 123456789012345.0::decimal(20,1) c,"
                        + " 1234567890123456.5::decimal(20,1) d, date '2024-01-01' e, date '1899-12-31' f,"
                        + " date '1900-02-28' g, date '1900-03-01' h, timestamp '2024-01-01 12:00:00' i,"
                        + " time '06:00:00' j, true k, 'inf'::double l, 1.5 m, ' <a&b>\u0001_x0001_' n, [1, 2] o, null p,"
                        + " timestamptz '2024-01-01 00:00:00Z' q, 7::smallint r, '=1+1' s, 'x'::blob t");
        List<List<String>> rows = sheet();
        assertThat(rows.get(0)).startsWith("a", "b").endsWith("s", "t");
        assertThat(rows.get(1))
                .containsExactly(
                        "n 9007199254740992",
                        "9007199254740993",
                        "n 123456789012345.0",
                        "1234567890123456.5",
                        "n2 45292",
                        "1899-12-31",
                        "n2 59",
                        "n2 61",
                        "n3 45292.5",
                        "n4 0.25",
                        "b 1",
                        "Infinity",
                        "n 1.5",
                        " <a&b>_x0001__x005F_x0001_",
                        "[1,2]",
                        "n3 45292.0",
                        "n 7",
                        "=1+1",
                        "eA==");
    }

    @Test
    void whatASheetCannotHoldIsRefused() throws IOException {
        assertThat(exported(Format.XLSX, "select i from range(1048575) t(i)").rows())
                .isEqualTo(1_048_575);
        assertThat(failed(Format.XLSX, "select i from range(1048576) t(i)", 1L << 30)
                        .message())
                .contains("1,048,575 rows");
        Failure cell = failed(Format.XLSX, "select 1 as a, repeat('x', 32768) as big", 1L << 30);
        assertThat(cell.kind()).isEqualTo(Kind.BAD_FILE);
        assertThat(cell.message()).contains("'big'").contains("32768 characters in row 1");
        exported(Format.XLSX, "select repeat('é', 32767) as big");
        StringBuilder wide = new StringBuilder("select 1");
        for (int i = 0; i < 16_384; i++) {
            wide.append(",1");
        }
        assertThat(failed(Format.XLSX, wide.toString(), 1L << 30).message()).contains("16385 columns");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void aLimitEndsTheExportAndLeavesNoFile(Format format) throws IOException {
        Failure failure =
                failed(format, "select hash(i) as h, md5(i::varchar) as m from range(1000000) t(i)", 1_000_000);
        assertThat(failure.kind()).isEqualTo(Kind.BAD_FILE);
        assertThat(failure.message()).contains("larger than 1 MB");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void aFailureInTheMiddleAndACancelLeaveNoFile(Format format) throws Exception {
        Failure late = failed(
                format,
                "select case when i = 900000 then error('boom') else 'x' end as x from range(1000000) t(i)",
                1L << 30);
        assertThat(late.message()).contains("boom");
        assertThat(failed(format, "select nope", 1 << 20).kind()).isEqualTo(Kind.BINDING);
        file = folder.resolve("cancelled");
        long id = nextId();
        worker.send(new Message.Export(
                id,
                query("select hash(i) h, md5(i::varchar) m from range(100000000000) t(i)"),
                new ExportTask(format, file.toString(), 1L << 40)));
        TimeUnit.MILLISECONDS.sleep(400);
        worker.send(new Message.Cancel(id));
        Message last = worker.conversation().getLast();
        if (format != Format.XLSX) {
            assertThat(((Message.Failed) last).failure().kind()).isEqualTo(Kind.CANCELLED);
        }
        assertThat(last).isInstanceOf(Message.Failed.class);
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void tablesParametersAndCountsWork(Format format) throws IOException, SQLException {
        Path data = folder.resolve("data-" + format + ".parquet");
        duckdb("copy (select i, 'n' || i as s from range(100000) t(i)) to '" + data + "' (format parquet)");
        TableSource table = new TableSource(
                "iceberg",
                "shop",
                "t",
                List.of(new SourceColumn(1, "i", "BIGINT"), new SourceColumn(2, "s", "VARCHAR")),
                List.of(new SourceFile(data.toString(), Files.size(data), 100_000)));
        file = folder.resolve("export-" + nextId());
        Query query = new Query(
                "select i, s, to_days(i::int) d from t where i >= $1 order by i desc; -- all",
                List.of(new Parameter("VARCHAR", "90000")),
                List.of(table),
                "iceberg",
                "shop",
                MEMORY,
                2);
        Message.Exported exported = (Message.Exported)
                worker.ask(new Message.Export(nextId(), query, new ExportTask(format, file.toString(), 1L << 30)));
        assertThat(exported.rows()).isEqualTo(10_000);
        assertThat(exported.bytesScanned()).isPositive();
        if (format == Format.PARQUET) {
            assertThat(Parquet.rows("select i, s from read_parquet(" + Parquet.glob(file.toString()) + ") limit 1"))
                    .containsExactly(List.of("99999", "n99999"));
        } else if (format == Format.CSV) {
            assertThat(text().lines().toList().get(1)).isEqualTo("99999,n99999,99999 days");
        }
    }

    @Test
    void noRowsAreAFileToo() throws Exception {
        exported(Format.CSV, "select 1 as a, 2 as b where false");
        assertThat(text()).isEqualTo("a,b\r\n");
        exported(Format.NDJSON, "select 1 as a where false");
        assertThat(text()).isEmpty();
        exported(Format.XLSX, "select 1 as a where false");
        assertThat(sheet()).containsExactly(List.of("a"));
        exported(Format.CSV, "explain select 1");
        exported(Format.CSV, "show tables");
        assertThat(failed(Format.PARQUET, "explain select 1", 1 << 20).kind()).isEqualTo(Kind.NOT_ALLOWED);
        exported(Format.PARQUET, "describe select 1 as x");
    }

    @Test
    void aCellOf50MegabytesIsWritten() throws IOException {
        for (Format format : List.of(Format.CSV, Format.NDJSON, Format.ARROW, Format.PARQUET)) {
            exported(format, "select repeat('0123456789', 5000000) as big, 1 as n");
        }
        exported(Format.CSV, "select repeat('0123456789', 5000000) as big");
        assertThat(Files.size(file)).isEqualTo(50_000_000 + 9);
    }

    /** Cells of the only sheet: text as it is, numbers with an n and their style before. */
    private List<List<String>> sheet() throws Exception {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file), UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Document xml = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(zip.readAllBytes()));
                if (entry.getName().equals("xl/worksheets/sheet1.xml")) {
                    return rows(xml);
                }
            }
        }
        throw new AssertionError("No sheet");
    }

    private static List<List<String>> rows(Document xml) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < xml.getElementsByTagName("row").getLength(); i++) {
            Element row = (Element) xml.getElementsByTagName("row").item(i);
            List<String> cells = new ArrayList<>();
            for (int k = 0; k < row.getChildNodes().getLength(); k++) {
                Element cell = (Element) row.getChildNodes().item(k);
                String kind = cell.getAttribute("t").equals("inlineStr")
                        ? ""
                        : (cell.getAttribute("t").isEmpty() ? "n" : cell.getAttribute("t")) + cell.getAttribute("s")
                                + " ";
                cells.add(kind + cell.getTextContent());
            }
            rows.add(cells);
        }
        return rows;
    }
}

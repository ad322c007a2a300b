package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.catalog.CatalogTables;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DELETE, UPDATE and MERGE as a client of {@code /v1/sql/execute} sees them, in each format and both ways. */
class RowChangesTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final Schema SCHEMA = new Schema(
            NestedField.required(1, "id", Types.LongType.get()),
            NestedField.optional(2, "name", Types.StringType.get()),
            NestedField.optional(3, "price", Types.DecimalType.of(9, 2)),
            NestedField.optional(
                    4,
                    "part",
                    Types.StructType.of(
                            NestedField.optional(5, "x", Types.IntegerType.get()),
                            NestedField.optional(6, "odd name", Types.StringType.get()))));

    private static final ChangesClient FAILING = table(2, "merge-on-read");

    static ChangesClient table(int version, String mode) {
        Map<String, String> properties = new HashMap<>(Map.of("format-version", Integer.toString(version)));
        for (String verb : new String[] {"delete", "update", "merge"}) {
            properties.put("write." + verb + ".mode", mode);
        }
        ChangesClient client = new ChangesClient(
                SERVER, CatalogTables.create(SERVER, SCHEMA, PartitionSpec.unpartitioned(), properties));
        client.run("INSERT INTO $t SELECT i, 'n' || i, i + 0.5, {'x': i, 'odd name': 'o' || i} FROM range(1, 6) r(i)");
        client.run("INSERT INTO $t VALUES (6, null, null, null), (7, 'n7', 7, {'x': null, 'odd name': 'o7'})");
        return client;
    }

    @ParameterizedTest
    @CsvSource({"1,copy-on-write", "2,copy-on-write", "2,merge-on-read", "3,copy-on-write", "3,merge-on-read"})
    void rowsAreDeleted(int version, String mode) {
        ChangesClient t = table(version, mode);
        assertThat(t.changed("DELETE FROM $t WHERE id = 2")).isEqualTo(1);
        assertThat(t.rows("SELECT id FROM $t ORDER BY id")).isEqualTo("1|3|4|5|6|7");
        assertThat(t.changed("DELETE FROM $t AS a WHERE a.name = 'n3' OR a.part.x > 4"))
                .isEqualTo(2);
        assertThat(t.rows("SELECT id, name FROM $t ORDER BY id")).isEqualTo("1,n1|4,n4|6,null|7,n7");
        assertThat(t.changed("DELETE FROM $t WHERE name > 'n7'")).isZero();
        String snapshots = t.rows("SELECT count(*) FROM $t.snapshots");
        assertThat(t.changed("DELETE FROM $t WHERE id = 99")).isZero();
        assertThat(t.rows("SELECT count(*) FROM $t.snapshots")).isEqualTo(snapshots);
        assertThat(t.changed("DELETE FROM $t WHERE id IN (SELECT max(id) FROM $t)"))
                .isEqualTo(1);
        assertThat(t.changed("DELETE FROM $t WHERE id >= :least", Map.of("least", 4)))
                .isEqualTo(2);
        assertThat(t.rows("SELECT * EXCLUDE part FROM $t")).isEqualTo("1,n1,1.5");
        assertThat(t.changed("DELETE FROM $t")).isEqualTo(1);
        assertThat(t.rows("SELECT count(*) FROM $t")).isEqualTo("0");
        assertThat(t.changed("DELETE FROM $t")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1,copy-on-write", "2,copy-on-write", "2,merge-on-read", "3,copy-on-write", "3,merge-on-read"})
    void rowsAreUpdated(int version, String mode) {
        ChangesClient t = table(version, mode);
        assertThat(t.changed("UPDATE $t SET name = upper(name), price = price + id WHERE id <= 2"))
                .isEqualTo(2);
        assertThat(t.changed("UPDATE $t AS a SET part.x = a.part.x * 10, a.name = DEFAULT WHERE a.id = 3"))
                .isEqualTo(1);
        assertThat(t.changed("UPDATE $t SET part.x = 60 WHERE id = 6")).isEqualTo(1);
        assertThat(
                        t.changed(
                                "UPDATE $t SET name = s.n FROM (VALUES (4, 'four'), (5, 'five'), (50, 'none')) s(i, n) WHERE id = s.i"))
                .isEqualTo(2);
        assertThat(
                        t.changed(
                                "WITH w AS (SELECT max(id) AS i FROM $t) UPDATE $t SET name = 'last' WHERE id = (SELECT i FROM w)"))
                .isEqualTo(1);
        assertThat(t.rows("SELECT id, name, price, part FROM $t ORDER BY id"))
                .isEqualTo("1,N1,2.5,{\"x\":1,\"odd name\":\"o1\"}|2,N2,4.5,{\"x\":2,\"odd name\":\"o2\"}"
                        + "|3,null,3.5,{\"x\":30,\"odd name\":\"o3\"}|4,four,4.5,{\"x\":4,\"odd name\":\"o4\"}"
                        + "|5,five,5.5,{\"x\":5,\"odd name\":\"o5\"}|6,null,null,{\"x\":60,\"odd name\":null}"
                        + "|7,last,7.0,{\"x\":null,\"odd name\":\"o7\"}");
        assertThat(
                        t.changed(
                                "UPDATE $t SET name = CASE WHEN id = 1 THEN 'a' ELSE name END, price = 1 WHERE id IS DISTINCT FROM 7 -- all but one"))
                .isEqualTo(6);
        assertThat(t.changed("UPDATE $t SET price = :p WHERE id = :i", Map.of("p", "2.25", "i", 7)))
                .isEqualTo(1);
        assertThat(t.rows("SELECT name, price, count(*) FROM $t GROUP BY ALL ORDER BY ALL"))
                .isEqualTo("N2,1.0,1|a,1.0,1|five,1.0,1|four,1.0,1|last,2.25,1|null,1.0,2");
        assertThat(t.changed("UPDATE $t SET id = id + 10")).isEqualTo(7);
        assertThat(t.rows("SELECT min(id), max(id), count(*) FROM $t")).isEqualTo("11,17,7");
    }

    @ParameterizedTest
    @CsvSource({"2,copy-on-write", "2,merge-on-read", "3,copy-on-write", "3,merge-on-read"})
    void rowsAreMerged(int version, String mode) {
        ChangesClient t = table(version, mode);
        assertThat(t.changed(
                        "MERGE INTO $t AS t USING (VALUES (1, 'one', 10.0), (9, 'nine', 90)) AS s(id, name, price) ON t.id = s.id "
                                + "WHEN MATCHED THEN UPDATE SET name = s.name, price = s.price "
                                + "WHEN NOT MATCHED THEN INSERT (id, name) VALUES (id, upper(name))"))
                .isEqualTo(2);
        assertThat(t.rows("SELECT id, name, price FROM $t WHERE id IN (1, 9) ORDER BY id"))
                .isEqualTo("1,one,10.0|9,NINE,null");
        t.run("CREATE TABLE $s.src AS SELECT i::bigint AS id, 's' || i AS name, 1.5::decimal(9,2) AS price, "
                + "{'x': 0, 'odd name': 'q'} AS part FROM range(4, 9) r(i)");
        assertThat(t.changed("MERGE INTO $t USING $s.src ON $t.id = $s.src.id AND $t.id <> 5 "
                        + "WHEN MATCHED AND src.id = 4 THEN DELETE "
                        + "WHEN MATCHED AND made.name IS NULL THEN UPDATE SET * "
                        + "WHEN MATCHED THEN DO NOTHING "
                        + "WHEN NOT MATCHED BY TARGET AND src.id = 8 THEN INSERT *"))
                .isEqualTo(3);
        assertThat(t.rows("SELECT id, name, part.x FROM $t ORDER BY id"))
                .isEqualTo("1,one,1|2,n2,2|3,n3,3|5,n5,5|6,s6,0|7,n7,null|8,s8,0|9,NINE,null");
        assertThat(t.changed("WITH k AS (SELECT unnest([1, 2, 3]) AS id) MERGE INTO $t AS t USING k USING (id) "
                        + "WHEN MATCHED AND t.id < (SELECT avg(id) FROM k) THEN UPDATE SET price = (SELECT count(*) FROM $t) "
                        + "WHEN NOT MATCHED BY SOURCE AND id > 7 THEN DELETE "
                        + "WHEN NOT MATCHED BY SOURCE THEN UPDATE SET part.x = -1"))
                .isEqualTo(6);
        assertThat(t.rows("SELECT id, price, part.x FROM $t ORDER BY id"))
                .isEqualTo("1,8.0,1|2,2.5,2|3,3.5,3|5,5.5,-1|6,1.5,-1|7,7.0,-1");
        assertThat(t.changed("MERGE INTO $t AS t USING (SELECT 'new' AS name, 20::bigint AS id) AS s ON t.id = s.id "
                        + "WHEN NOT MATCHED THEN INSERT BY NAME"))
                .isEqualTo(1);
        assertThat(t.changed("MERGE INTO $t AS t USING (VALUES (20, 1), (20, 2)) AS s(id, n) ON t.id = s.id "
                        + "WHEN MATCHED AND s.n > 2 THEN DELETE WHEN MATCHED THEN DO NOTHING"))
                .isZero();
        assertThat(t.failed(
                        "MERGE INTO $t AS t USING (VALUES (20, 1), (20, 2)) AS s(id, n) ON t.id = s.id WHEN MATCHED THEN DELETE",
                        400))
                .contains("Several rows of the source");
        assertThat(
                        t.changed(
                                "MERGE INTO $t AS t USING (VALUES (30), (30)) AS s(id) ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id)"))
                .isEqualTo(2);
        String first = t.rows("SELECT snapshot_id FROM $t.history ORDER BY made_current_at LIMIT 1");
        assertThat(t.changed("MERGE INTO $t AS t USING $t VERSION AS OF " + first
                        + " AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET t.name = s.name || '!'"))
                .isEqualTo(4);
        assertThat(t.rows("SELECT name FROM $t WHERE id < 6 ORDER BY id")).isEqualTo("n1!|n2!|n3!|n5!");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DELETE FROM $t WHERE nope = 1                                    | binding_error | nope
            DELETE FROM $t WHERE id = 'x'                                    | type_error    | x
            DELETE FROM $t WHERE COLUMNS(*) IS NULL                          | statement_not_allowed | as a whole
            DELETE FROM $t WHERE id = 1) OR (true                            | syntax_error  |
            DELETE FROM $t WHERE id = 1 RETURNING id                         | statement_not_allowed | RETURNING
            DELETE FROM $t AS a, b WHERE true                                | syntax_error  |
            DELETE FROM $t WHERE id IN (SELECT i FROM read_csv('/etc/passwd') r(i)) | statement_not_allowed |
            DELETE FROM $t WHERE getvariable('a') = 1                        | statement_not_allowed |
            DELETE FROM $t USING '/etc/passwd' AS p WHERE true               | unknown_table |
            DELETE FROM $s.none                                              | unknown_table | none
            UPDATE $t SET id = null                                          | type_error    | must have a value
            UPDATE $t SET price = 'abc'                                      | type_error    | abc
            UPDATE $t SET nope = 1                                           | binding_error | nope
            UPDATE $t SET part.nope = 1                                      | binding_error | nope
            UPDATE $t SET name.x = 1                                         | binding_error | no fields
            UPDATE $t SET name = 'a', NAME = 'b'                             | binding_error | twice
            UPDATE $t SET part.x = 1, part = null                            | binding_error | twice
            UPDATE $t SET name = to_json(made)                                | statement_not_allowed | as a whole
            UPDATE $t SET name = #1                                          | statement_not_allowed | as a whole
            UPDATE $t SET name = x FROM (VALUES ('a'), ('b')) v(x)           | type_error    | Several rows
            UPDATE $t SET name = (SELECT 1) AS y, (SELECT 2                  | syntax_error  |
            MERGE INTO $t t USING (SELECT 1 AS id) s ON t.id = s.id          | syntax_error  | WHEN
            MERGE INTO $t t USING (SELECT 1 AS id) s ON t.id = s.id WHEN NOT MATCHED THEN DELETE | syntax_error | INSERT
            MERGE INTO $t t USING (SELECT 77 AS id) s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (name) VALUES ('x') | binding_error | must have a value
            MERGE INTO $t t USING (SELECT 77 AS id) s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id) VALUES (t.id) | binding_error |
            MERGE INTO $t t USING (SELECT 77 AS id) s ON t.id = s.id WHEN NOT MATCHED THEN INSERT VALUES (1) | binding_error | 4 columns
            MERGE INTO $t t USING (SELECT 77 AS id) s ON t.id = s.id WHEN NOT MATCHED THEN INSERT * | binding_error | name
            """)
    void whatIsWrongIsTold(String statement, String code, @org.jspecify.annotations.Nullable String told) {
        String answer = FAILING.failed(statement, code.equals("unknown_table") ? 404 : 400);
        assertThat(answer).startsWith(code + " ").doesNotContain("tarn_", "/tmp", "/work");
        if (told != null) {
            assertThat(answer).contains(told);
        }
        assertThat(FAILING.rows("SELECT count(*), sum(id) FROM $t")).isEqualTo("7,28");
    }
}

package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is proven of whole files is done without opening one: a DELETE of all their rows, and a query that wants none of them. */
class WholeFilesTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final SqlSession MANY = new SqlSession(SERVER);
    private static final int FILES = 1_000;

    @BeforeAll
    static void aThousandFiles() {
        MANY.done(
                "CREATE TABLE $t PARTITIONED BY (k) AS SELECT range::INT AS k, range * 10 AS n,"
                        + " date '2020-01-01' + range::INT AS d, 'text ' || lpad(range::VARCHAR, 4, '0') AS s FROM range(1000)");
        MANY.done("CREATE TABLE $s.few AS SELECT 7 AS k, 'seven' AS name");
    }

    /** Destroys the data files of a session's table; gives how many there were. */
    private static int destroyFiles(SqlSession session) throws IOException {
        String space = session.table("t").split("\\.", -1)[1];
        int destroyed = 0;
        try (Stream<Path> all = Files.walk(SERVER.home())) {
            List<Path> files = all.filter(path -> path.toString().contains(space)
                            && path.toString().contains("/data/")
                            && path.toString().endsWith(".parquet")
                            && !path.toString().contains("-deletes-"))
                    .toList();
            for (Path file : files) {
                Files.writeString(file, "no Parquet");
                destroyed++;
            }
        }
        return destroyed;
    }

    private static JsonNode plan(String statement) {
        Reply reply = SERVER.post("/tarn/v1/statements/explain", SqlSession.body(MANY.text(statement)));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json().get("tables").get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM $t WHERE k = 7",
                "SELECT * FROM $t WHERE n = 70",
                "SELECT * FROM $t WHERE n > 60 AND n < 80 AND upper(s) > 'A'",
                "SELECT * FROM $t WHERE s LIKE 'text 0007%'",
                "SELECT * FROM $t WHERE d = date '2020-01-10' - 2",
                "SELECT * FROM $t t JOIN $s.few f ON t.k = f.k AND f.k = 7",
            })
    void aSelectiveFilterOpensOneFileOfAThousand(String statement) {
        JsonNode told = plan(statement);
        assertThat(told.get("files_total").asLong()).isEqualTo(FILES);
        assertThat(told.get("files_planned").asLong()).isEqualTo(1);
        assertThat(told.get("files_skipped_by_partition").asLong()
                        + told.get("files_skipped_by_bounds").asLong())
                .isEqualTo(FILES - 1);
        assertThat(MANY.done(statement).json().get("rows").size()).isEqualTo(1);
        assertThat(MANY.done("EXPLAIN " + statement).body()).contains("1 of 1000 files");
    }

    @Test
    void aDeleteOfWholePartitionsOpensNone() {
        MANY.done("CREATE TABLE $s.copy PARTITIONED BY (k) AS SELECT * FROM $t WHERE k < 20");
        Reply reply =
                SERVER.post("/tarn/v1/statements", SqlSession.body(MANY.text("DELETE FROM $s.copy WHERE k < 10")));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("bytes_scanned").asLong(-1)).isZero();
        assertThat(MANY.rows("SELECT count(*), min(k) FROM $s.copy")).isEqualTo("10,10");
        assertThat(MANY.rows("SELECT operation FROM $s.copy.snapshots ORDER BY committed_at DESC LIMIT 1"))
                .isEqualTo("delete");
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy-on-write", "merge-on-read"})
    void filesThatGoWholeAreNotRead(String mode) throws IOException {
        SqlSession session = new SqlSession(SERVER);
        session.done("CREATE TABLE $t (a BIGINT, s STRING) TBLPROPERTIES ('write.delete.mode' = '" + mode + "')");
        session.done("INSERT INTO $t SELECT range, 'x' FROM range(0, 10)");
        session.done("INSERT INTO $t SELECT range, 'y' FROM range(10, 20)");
        boolean beside = mode.equals("merge-on-read");
        if (beside) {
            assertThat(session.written("DELETE FROM $t WHERE a % 10 = 3")).isEqualTo(2);
        }
        assertThat(destroyFiles(session)).isGreaterThan(1);
        assertThat(session.written("DELETE FROM $t WHERE a < 10 AND s = 'x'")).isEqualTo(beside ? 9 : 10);
        assertThat(session.rows("SELECT sum(record_count) FROM $t$files WHERE content = 0"))
                .isEqualTo("10");
        assertThat(
                        session.written(
                                "DELETE FROM $t WHERE s >= 'a' AND a IN (10, 11, 12, 13, 14, 15, 16, 17, 18, 19) OR a BETWEEN 10 AND 19"))
                .isEqualTo(beside ? 9 : 10);
        assertThat(session.rows("SELECT count(*) FROM $t")).isEqualTo("0");
        assertThat(session.written("DELETE FROM $t")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy-on-write", "merge-on-read"})
    void rowsThatAConditionDoesNotHoldForStay(String mode) {
        SqlSession session = new SqlSession(SERVER);
        session.done("CREATE TABLE $t (a INT, x DOUBLE, s STRING, d TIMESTAMP) PARTITIONED BY (truncate(1, s))"
                + " TBLPROPERTIES ('write.delete.mode' = '" + mode + "')");
        session.done(
                "INSERT INTO $t SELECT range, CASE WHEN range % 2 = 0 THEN 'NaN'::DOUBLE ELSE 1 END, 'ab', NULL FROM range(4)");
        session.done(
                "INSERT INTO $t VALUES (NULL, NULL, NULL, NULL), (NULL, NULL, 'b', timestamp '2024-01-01 10:00:00')");
        assertThat(session.written("DELETE FROM $t WHERE a < 99999999999 AND a > 1"))
                .isEqualTo(2);
        assertThat(session.written("DELETE FROM $t WHERE x < 5")).isEqualTo(1);
        assertThat(session.written("DELETE FROM $t WHERE a <> 7 AND s LIKE 'b%'"))
                .isZero();
        assertThat(session.written("DELETE FROM $t WHERE s < 'b'")).isEqualTo(1);
        assertThat(session.written("DELETE FROM $t WHERE s NOT IN ('c')")).isEqualTo(1);
        assertThat(session.written("DELETE FROM $t WHERE year(d) < 2030 OR NOT (s LIKE 'q%')"))
                .isZero();
        assertThat(session.written("DELETE FROM $t WHERE a IS NULL AND s IS NULL"))
                .isEqualTo(1);
        assertThat(session.rows("SELECT count(*) FROM $t")).isEqualTo("0");
    }
}

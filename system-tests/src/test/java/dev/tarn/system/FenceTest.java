package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that reach for what is not the caller's: files, settings, other statements. */
@ExtendWith(SharedServer.class)
class FenceTest {
    private final ServerUnderTest server;
    private final Api api;

    FenceTest(ServerUnderTest server) {
        this.server = server;
        this.api = server.api();
    }

    @BeforeEach
    void aTable() {
        if (!api.exists("fence.t")) {
            api.loaded(Load.into("fence.t").of(Csv.of(0, 3)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1; SELECT 2",
                "SELECT 1; DROP TABLE fence.t",
                "SELECT * FROM read_csv('/etc/passwd')",
                "SELECT * FROM read_text('/etc/passwd')",
                "SELECT * FROM read_parquet('/etc/passwd')",
                "SELECT * FROM glob('/etc/*')",
                "EXPLAIN SELECT * FROM read_csv('/etc/passwd')",
                "WITH x AS (SELECT * FROM read_csv('/etc/passwd')) SELECT 1",
                "SELECT (SELECT count(*) FROM read_csv('/etc/passwd'))",
                "COPY fence.t TO '/tmp/tarn-fence-test.csv'",
                "COPY (SELECT 1) TO '/tmp/tarn-fence-test.csv'",
                "COPY fence.t FROM '/etc/passwd'",
                "EXPORT DATABASE '/tmp/tarn-fence-test'",
                "ATTACH '/etc/passwd' AS x",
                "ATTACH ':memory:' AS x",
                "INSTALL httpfs",
                "LOAD httpfs",
                "SET memory_limit = '1TB'",
                "RESET memory_limit",
                "PRAGMA database_list",
                "PRAGMA enable_profiling",
                "SELECT * FROM query('SELECT 1')",
                "SELECT * FROM query_table('fence.t')",
                "SELECT * FROM duckdb_settings()",
                "SELECT * FROM pragma_version()",
                "SELECT current_setting('memory_limit')",
                "SELECT getvariable('x')",
                "SELECT getenv('HOME')",
                "SELECT * FROM sql_auto_complete('SEL')",
                "CALL pragma_version()",
                "USE memory",
                "CHECKPOINT",
                "PREPARE p AS SELECT 1",
                "CREATE TABLE fence.made AS SELECT * FROM read_csv('/etc/passwd')",
                "CREATE OR REPLACE TABLE fence.t AS SELECT content FROM read_text('/etc/passwd')",
                "INSERT INTO fence.t SELECT * FROM read_csv('/etc/passwd')",
                "INSERT OVERWRITE fence.t SELECT * FROM query('SELECT 1')",
                "CREATE TABLE fence.made (a INT) LOCATION '/tmp/tarn-fence-test'",
                "CREATE VIEW fence.v AS SELECT * FROM read_csv('/etc/passwd')",
                "CREATE MACRO fence.m() AS TABLE SELECT * FROM read_csv('/etc/passwd')",
                "CREATE SECRET s (TYPE s3)",
                "ALTER TABLE fence.t SET LOCATION '/etc'",
                "UPDATE fence.t SET id = (SELECT count(*) FROM read_csv('/etc/passwd'))",
                "DELETE FROM fence.t WHERE id IN (SELECT length(content) FROM read_text('/etc/passwd'))",
            })
    void isNotAllowed(String statement) {
        Answer answer = api.sql(statement);

        assertThat(answer.status()).as(statement + ": " + answer).isEqualTo(400);
        assertThat(answer.code()).as(statement + ": " + answer).isEqualTo("statement_not_allowed");
        assertThat(answer.body())
                .doesNotContain("root:x")
                .doesNotContain("/etc")
                .doesNotContain(server.home().toString());
        assertThat(Path.of("/tmp/tarn-fence-test.csv")).doesNotExist();
        assertThat(Path.of("/tmp/tarn-fence-test")).doesNotExist();
        assertThat(api.count("fence.t")).isEqualTo(3);
    }

    /** It names a table, which does not exist, whatever files there are. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM '%s'",
                "SELECT * FROM \"%s\"",
                "SELECT (WITH \"%1$s\" AS (SELECT 1) SELECT 1), count(*) FROM '%1$s'",
                "SELECT * FROM fence.t, '%s'",
                "DESCRIBE \"%s\"",
                "SELECT * FROM read_csv('%s')"
            })
    void aNameThatLooksLikeAFileIsNone(String statement) throws IOException {
        Path readable = server.tables().present().stream()
                .filter(file -> file.toString().endsWith(".parquet"))
                .findFirst()
                .orElseThrow();
        List<String> names = List.of("/etc/passwd", "/etc/does-not-exist", readable.toString());
        assertThat(Files.exists(readable)).isTrue();

        List<Answer> answers =
                names.stream().map(name -> api.sql(statement.formatted(name))).toList();

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.toString()).isIn(400, 404);
            assertThat(answer.body()).doesNotContain("root:x");
        });
        assertThat(IntStream.range(0, names.size())
                        .mapToObj(i ->
                                answers.get(i).code() + answers.get(i).message().replace(names.get(i), "the name"))
                        .distinct())
                .as("whether there is such a file is not told")
                .hasSize(1);
    }

    @Test
    void aTablesOwnDataFileIsNoWayRoundItsName() {
        String file = server.tables().present().stream()
                .map(Path::toString)
                .filter(name -> name.contains("/fence/") && name.endsWith(".parquet"))
                .findFirst()
                .orElseThrow();

        assertThat(api.sql("SELECT count(*) FROM fence.t, '" + file + "'").status())
                .isIn(400, 404);
        assertThat(api.sql("SELECT count(*) FROM fence.t, read_parquet('" + file + "')")
                        .code())
                .isEqualTo("statement_not_allowed");
    }
}

package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Statements drawn at random for a table of ours and for one of the plain engine: after each the rows are the same, and those of
 * older versions too, and Spark reads them. A seed that failed is run again with {@code -Dtarn.seed}.
 */
@ExtendWith(SharedServer.class)
class RandomStatementsTest {
    /** How tables differ; what a statement does is the same for all. */
    private static final List<String> KINDS = List.of(
            "",
            "TBLPROPERTIES ('write.delete.mode'='merge-on-read', 'write.update.mode'='merge-on-read', 'write.merge.mode'='merge-on-read')",
            "TBLPROPERTIES ('format-version'='3', 'write.delete.mode'='merge-on-read', 'write.update.mode'='merge-on-read', 'write.merge.mode'='merge-on-read')",
            "PARTITIONED BY (bucket(3, id)) TBLPROPERTIES ('format-version'='3', 'write.delete.mode'='merge-on-read')",
            "PARTITIONED BY (truncate(200, id)) TBLPROPERTIES ('write.merge.mode'='merge-on-read')");

    /** @param columns of the version, whose rows the plain engine keeps in a table of that name */
    private record Version(String snapshot, String table, List<RandomColumn> columns) {}

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final ServerUnderTest server;
    private final Api api;
    private final long seed = Long.getLong("tarn.seed", System.nanoTime());
    private final Random random = new Random(seed);

    RandomStatementsTest(ServerUnderTest server) {
        this.server = server;
        api = server.api();
    }

    @Test
    void aFewStatementsDoWhatThePlainEngineDoes() throws SQLException {
        for (String kind : KINDS) {
            try (PlainEngine plain = new PlainEngine()) {
                new History(plain, kind).run(15);
            }
        }
    }

    @Test
    @Tag("conformance")
    void thousandsOfStatementsDoWhatThePlainEngineDoesAndSparkReadsThem() throws Exception {
        try (SparkUnderTest spark = SparkUnderTest.start(server, folder.resolve("spark.log"))) {
            for (int i = 0; i < 30; i++) {
                try (PlainEngine plain = new PlainEngine()) {
                    History history = new History(plain, KINDS.get(i % KINDS.size()));
                    history.run(80);
                    history.sameIn(spark);
                }
            }
        }
    }

    private final class History {
        private final PlainEngine plain;
        private final String kind;
        private final String table = "random.t" + UUID.randomUUID().toString().replace("-", "");
        private final RandomStatements statements = new RandomStatements(random);
        private final List<Version> versions = new ArrayList<>();
        private final List<String> log = new ArrayList<>();

        History(PlainEngine plain, String kind) {
            this.plain = plain;
            this.kind = kind;
        }

        void run(int length) throws SQLException {
            api.sql("CREATE SCHEMA IF NOT EXISTS random");
            both(statements.create(kind));
            for (int i = 0; i < length; i++) {
                List<RandomColumn> before = statements.columns();
                long rows = Long.parseLong(plain.rows("SELECT count(*) FROM t").getFirst());
                if (!both(statements.next(rows))) {
                    statements.restore(before);
                }
                same(statements.all("$t"));
                same(statements.query());
                if (random.nextInt(8) == 0) {
                    keep();
                }
                if (!versions.isEmpty() && random.nextInt(4) == 0) {
                    travel(versions.get(random.nextInt(versions.size())));
                }
            }
        }

        void sameIn(SparkUnderTest spark) throws SQLException {
            List<String> expected = plain.rows(statements.plainly("t", '"', "VARCHAR"));
            assertThat(spark.rows(statements.plainly(table, '`', "STRING")))
                    .as("what Spark reads, %s", told())
                    .containsExactlyInAnyOrderElementsOf(expected);
        }

        private boolean both(RandomStatements.Step step) throws SQLException {
            log.add(step.ours());
            Answer answer = api.sql(ours(step.ours()));
            boolean done = plain.run(step.plain().stream().map(this::plain).toList());
            assertThat(answer.status())
                    .as("%s%nthe plain engine %s it; %s%n%s", step.ours(), done ? "does" : "refuses", told(), answer)
                    .isEqualTo(done ? 200 : 400);
            return done;
        }

        private void same(String query) throws SQLException {
            assertThat(texts(query)).as("%s%n%s", query, told()).isEqualTo(plain.rows(plain(query)));
        }

        private List<String> texts(String query) {
            Answer answer = api.sql(ours(query));
            assertThat(answer.status()).as("%s%n%s%n%s", query, answer, told()).isEqualTo(200);
            return answer.rows().stream()
                    .map(row -> String.join(
                            "|",
                            StreamSupport.stream(row.spliterator(), false)
                                    .map(value -> value.asString("null"))
                                    .toList()))
                    .toList();
        }

        /** A version has the columns that it was written with, so one is written that has those of now. */
        private void keep() throws SQLException {
            if (!both(statements.row())) {
                return;
            }
            Answer answer =
                    api.sql(ours("SELECT snapshot_id::VARCHAR FROM $t.history ORDER BY made_current_at DESC LIMIT 1"));
            if (!answer.rows().isEmpty()) {
                String copy = "v" + versions.size();
                assertThat(plain.run(List.of("CREATE TABLE " + copy + " AS SELECT * FROM t")))
                        .isTrue();
                versions.add(new Version(answer.value().asString(), copy, statements.columns()));
            }
        }

        private void travel(Version version) throws SQLException {
            assertThat(texts(RandomStatements.all("$t VERSION AS OF " + version.snapshot(), version.columns())))
                    .as("version %s, %s", version, told())
                    .isEqualTo(plain.rows(RandomStatements.all(version.table(), version.columns())));
        }

        private String ours(String sql) {
            return sql.replace("$t", table);
        }

        private String plain(String sql) {
            return sql.replace("$t", "t");
        }

        private String told() {
            return "-Dtarn.seed=" + seed + ", " + kind + ", after " + log.size() + " statements:\n"
                    + String.join(";\n", log.subList(Math.max(0, log.size() - 12), log.size()));
        }
    }
}

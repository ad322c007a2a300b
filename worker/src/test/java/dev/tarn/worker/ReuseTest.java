package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Query;
import dev.tarn.worker.protocol.SourceColumn;
import dev.tarn.worker.protocol.SourceFile;
import dev.tarn.worker.protocol.TableSource;
import dev.tarn.worker.protocol.Visibility;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An instance is lent again to the same owner for exactly the same sight, and nothing of a statement is left in it. */
class ReuseTest extends WorkerTest {
    /** The engine counts transactions of an instance, so a number that was seen before tells of another instance. */
    private static final String MARK = "select txid_current()::bigint from o limit 1";

    private TableSource first;
    private TableSource second;

    @BeforeAll
    void makeFiles() throws SQLException, IOException {
        first = table("first.parquet", Optional.empty());
        second = table("second.parquet", Optional.empty());
    }

    private TableSource table(String name, Optional<Visibility> visible) throws SQLException, IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            duckdb("copy (select i as id, '" + name + "' as origin from range(1000) t(i)) to '" + file
                    + "' (format parquet)");
        }
        return new TableSource(
                "iceberg",
                "shop",
                "o",
                List.of(new SourceColumn(1, "id", "BIGINT"), new SourceColumn(2, "origin", "VARCHAR")),
                List.of(new SourceFile(file.toString(), Files.size(file), 1000)),
                false,
                visible);
    }

    private long mark(String owner, TableSource table) throws IOException {
        return Long.parseLong(ask(query(MARK, table).of(owner)).getFirst().getFirst());
    }

    private List<List<String>> ask(Query query) throws IOException {
        worker.send(new Message.Run(nextId(), query));
        return Results.of(worker.conversation()).rows();
    }

    /** In a new instance a statement's number is always the same one. */
    private long fresh() throws IOException {
        return Long.parseLong(rows(MARK, first).getFirst().getFirst());
    }

    @Test
    void isLentToTheSameOwnerForTheSameSight() throws IOException {
        long once = mark("ann", first);
        assertThat(once).isEqualTo(fresh());
        assertThat(mark("ann", first)).isGreaterThan(once);
    }

    @Test
    void isNeverLentToAnother() throws IOException {
        mark("bob", first);
        assertThat(mark("bob", first)).isNotEqualTo(fresh());
        assertThat(mark("carol", first)).isEqualTo(fresh());
        assertThat(rows(MARK, first).getFirst().getFirst()).isEqualTo(Long.toString(fresh()));
    }

    @Test
    void isNotLentForOtherFilesColumnsNamesOrLimits() throws IOException {
        mark("dan", first);
        assertThat(mark("dan", second)).isEqualTo(fresh());
        assertThat(ask(query("select distinct origin from o", second).of("dan")))
                .containsExactly(List.of("second.parquet"));
        TableSource fewer =
                new TableSource("iceberg", "shop", "o", List.of(first.columns().getFirst()), first.files());
        assertThat(mark("dan", fewer)).isEqualTo(fresh());
        Query wide = new Query(MARK, List.of(), List.of(first), "iceberg", "shop", 2 * MEMORY, 2, "dan");
        assertThat(ask(wide).getFirst().getFirst()).isEqualTo(Long.toString(fresh()));
    }

    @Test
    void ofATableThatIsNotWhollyVisibleIsNeverLentAgain() throws IOException, SQLException {
        TableSource limited = table(
                "first.parquet",
                Optional.of(new Visibility(List.of(new Visibility.Part(List.of("id"), "id < 10")), "ann", List.of())));
        long once = mark("eve", limited);
        assertThat(mark("eve", limited)).isEqualTo(once);
    }

    @Test
    void ofAStatementThatFailsIsNotLentAgain() throws IOException {
        mark("fay", first);
        worker.ask(new Message.Run(
                nextId(), query("select cast(origin as int) from o", first).of("fay")));
        assertThat(mark("fay", first)).isEqualTo(fresh());
    }

    @Test
    void hasNothingOfTheStatementBefore() throws IOException {
        List<List<String>> seeded = ask(query("select setseed(0.25) is null, random() from o limit 1", first)
                .of("gus"));
        assertThat(seeded).hasSize(1);
        List<List<String>> one =
                ask(query("select random() from o limit 1", first).of("gus"));
        ask(query("select setseed(0.25) from o limit 1", first).of("gus"));
        List<List<String>> two =
                ask(query("select random() from o limit 1", first).of("gus"));
        assertThat(one).isNotEqualTo(two);
        // A view of ours stands in for a type that Arrow does not have.
        for (int i = 0; i < 3; i++) {
            assertThat(ask(query("select id::hugeint as n from o order by 1 limit 1", first)
                            .of("gus")))
                    .containsExactly(List.of("0"));
            assertThat(ask(query("select count(*) from duckdb_views() where view_name = 'tarn_result'", first)
                            .of("gus")))
                    .containsExactly(List.of("0"));
            String prepared = "select count(*) from duckdb_prepared_statements()";
            assertThat(ask(query(prepared, first).of("gus"))).isEqualTo(rows(prepared, first));
        }
    }

    @Test
    void staysLocked() throws IOException {
        mark("hal", first);
        for (String sql : List.of(
                "select * from read_parquet('" + second.files().getFirst().path() + "')",
                "select * from read_text('/etc/passwd')",
                "select * from glob('/*')")) {
            Message answer =
                    worker.ask(new Message.Run(nextId(), query(sql, first).of("hal")));
            assertThat(answer).isInstanceOf(Message.Failed.class);
            mark("hal", first);
        }
        assertThat(ask(query("select current_setting('lock_configuration')", first)
                        .of("hal")))
                .containsExactly(List.of("true"));
        assertThat(ask(query("select current_setting('TimeZone')", first).of("hal")))
                .containsExactly(List.of("UTC"));
    }

    @Test
    void manySightsAreForgottenInTurn() throws IOException {
        mark("ivy", first);
        for (int i = 0; i < 40; i++) {
            mark("ivy" + i, first);
        }
        assertThat(mark("ivy", first)).isEqualTo(fresh());
        assertThat(mark("ivy39", first)).isNotEqualTo(fresh());
    }
}

package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.SourceColumn;
import dev.tarn.worker.protocol.SourceFile;
import dev.tarn.worker.protocol.TableSource;
import dev.tarn.worker.protocol.Visibility;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A table of which a statement may see some columns of some rows. */
class SecureViewTest extends WorkerTest {
    private static final List<SourceColumn> COLUMNS = List.of(
            new SourceColumn(1, "id", "BIGINT"),
            new SourceColumn(2, "Na\"me", "VARCHAR"),
            new SourceColumn(3, "salary", "BIGINT"),
            new SourceColumn(4, "tarn_visible0", "VARCHAR"));
    private static final List<String> ALL = List.of("id", "Na\"me", "salary", "tarn_visible0");

    private List<SourceFile> files;

    @BeforeAll
    void makeFile() throws SQLException, IOException {
        Path file = folder.resolve("people.parquet");
        duckdb(
                "copy (select i as id, 'n' || i as \"Na\"\"me\", i * 10 as salary, case when i % 2 = 0 then 'even' end as"
                        + " tarn_visible0 from range(1, 7) t(i)) to '" + file + "' (format parquet)");
        files = List.of(new SourceFile(file.toString(), Files.size(file), 6));
    }

    private TableSource people(Visibility.Part... parts) {
        return new TableSource(
                "iceberg",
                "shop",
                "people",
                COLUMNS,
                files,
                false,
                Optional.of(new Visibility(List.of(parts), "it's \"me\"", List.of("A", "o'b"))));
    }

    private List<String> shown(String sql, Visibility.Part... parts) throws IOException {
        return rows(sql, people(parts)).stream()
                .map(row -> String.join(" ", row.stream().map(String::valueOf).toList()))
                .toList();
    }

    @Test
    void someRowsOfAllColumns() throws IOException {
        Visibility.Part even = new Visibility.Part(ALL, "tarn_visible0 = 'even' -- as they are");
        assertThat(shown("select * from people order by id", even))
                .containsExactly("2 n2 20 even", "4 n4 40 even", "6 n6 60 even");
        assertThat(shown("select count(*), max(salary) from iceberg.shop.PEOPLE where salary < 50", even))
                .containsExactly("2 40");
    }

    @Test
    void aFilterThatIsNullForARowHidesIt() throws IOException {
        assertThat(shown("select count(*) from people", new Visibility.Part(ALL, "tarn_visible0 <> 'odd'")))
                .containsExactly("3");
    }

    @Test
    void someColumnsOfAllRows() throws IOException {
        Visibility.Part some = new Visibility.Part(List.of("salary", "id"), null);
        Results results = results("select * from people order by id limit 1", people(some));
        assertThat(results.names()).containsExactly("id", "salary");
        assertThat(results.types()).containsExactly("BIGINT", "BIGINT");
        assertThat(results.rows()).containsExactly(List.of("1", "10"));
        assertThat(failure("select \"Na\"\"me\" from people", people(some)))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.BINDING))
                .satisfies(failure -> assertThat(failure.message()).doesNotContain("tarn_visible"));
    }

    @Test
    void cellsAreThereForTheRowsThatTheirColumnWasGrantedFor() throws IOException {
        Visibility.Part names = new Visibility.Part(List.of("id", "Na\"me"), "id <= 3");
        Visibility.Part salaries = new Visibility.Part(List.of("id", "salary"), "id >= 3 and id < 6");
        assertThat(shown("select * from people order by id", names, salaries))
                .containsExactly("1 n1 null", "2 n2 null", "3 n3 30", "4 null 40", "5 null 50");
        assertThat(shown("select count(*) from people where salary is null", names, salaries))
                .containsExactly("2");
        Visibility.Part ids = new Visibility.Part(List.of("id"), null);
        assertThat(shown("select * from people order by id", ids, names))
                .containsExactly("1 n1", "2 n2", "3 n3", "4 null", "5 null", "6 null");
    }

    @Test
    void allColumnsOfSomeRowsAndSomeOfAll() throws IOException {
        Visibility.Part own = new Visibility.Part(ALL, "\"Na\"\"me\" = 'n2'");
        Visibility.Part ids = new Visibility.Part(List.of("id"), null);
        assertThat(shown("select sum(salary), count(*), count(\"Na\"\"me\") from people", own, ids))
                .containsExactly("20 6 1");
    }

    @Test
    void aTableWithoutFilesHasTheVisibleColumns() throws IOException {
        TableSource empty = new TableSource(
                "iceberg",
                "shop",
                "people",
                COLUMNS,
                List.of(),
                false,
                Optional.of(
                        new Visibility(List.of(new Visibility.Part(List.of("id"), "salary > 3")), "me", List.of())));
        assertThat(results("select * from people", empty).names()).containsExactly("id");
    }

    @Test
    void anEvolvedTableIsLimitedTheSameWay() throws IOException {
        TableSource evolved = new TableSource(
                "iceberg",
                "shop",
                "people",
                List.of(COLUMNS.get(0), new SourceColumn(9, "added", "VARCHAR"), COLUMNS.get(2)),
                files,
                true,
                Optional.of(new Visibility(
                        List.of(new Visibility.Part(List.of("id", "added"), "salary > 30 and added is null")),
                        "me",
                        List.of())));
        assertThat(rows("select * from people order by id", evolved))
                .hasSize(3)
                .first()
                .isEqualTo(Arrays.asList("4", null));
    }

    @Test
    void aFilterThatDoesNotFitShowsNothingAndNamesNoColumn() throws IOException {
        for (String filter : List.of("dropped_column = 3", "sum(salary) > 3")) {
            Failure failure = failure("select count(*) from people", people(new Visibility.Part(ALL, filter)));
            assertThat(failure.kind()).as(filter).isEqualTo(Kind.FORBIDDEN);
            assertThat(failure.message())
                    .startsWith("A row filter of iceberg.shop.people does not fit")
                    .doesNotContain("salary", "dropped");
        }
    }

    @Test
    void aFilterThatFailsShowsNothing() throws IOException {
        Visibility.Part failing = new Visibility.Part(ALL, "\"Na\"\"me\"::int = 3");
        Failure failure = failure("select id from people", people(failing));
        assertThat(failure.kind()).isEqualTo(Kind.TYPE);
        assertThat(failure.message()).doesNotContain("n1");
        assertThat(failure.offset()).isEqualTo(-1);
    }

    @Test
    void filtersKnowTheCaller() throws IOException {
        assertThat(shown("select count(*) from people", new Visibility.Part(ALL, "current_user = 'it''s \"me\"'")))
                .containsExactly("6");
        assertThat(shown(
                        "select count(*) from people",
                        new Visibility.Part(ALL, "list_contains(current_roles, 'o''b')")))
                .containsExactly("6");
        assertThat(shown("select count(*) from people", new Visibility.Part(ALL, "list_contains(current_roles, 'a')")))
                .containsExactly("0");
        assertThat(failure("select current_roles from people", people(new Visibility.Part(ALL, "id = 1")))
                        .kind())
                .isEqualTo(Kind.BINDING);
    }

    @Test
    void aColumnThatIsCalledAsTheCallerIsLeavesTheFilterWithoutMeaning() throws IOException {
        TableSource table = new TableSource(
                "iceberg",
                "shop",
                "people",
                List.of(new SourceColumn(1, "id", "BIGINT"), new SourceColumn(2, "Current_User", "VARCHAR")),
                List.of(),
                false,
                Optional.of(new Visibility(List.of(new Visibility.Part(List.of("id"), "id = 1")), "me", List.of())));
        assertThat(failure("select id from people", table).kind()).isEqualTo(Kind.FORBIDDEN);
    }

    /** The server allows no such function; of a plain view it would tell the greatest hidden salary. */
    @Test
    void statisticsAreNotTold() throws IOException {
        assertThat(shown("select stats(salary) from people limit 1", new Visibility.Part(ALL, "id <= 3")))
                .hasSize(1)
                .allSatisfy(told -> assertThat(told).doesNotContain("60", "30", "max"));
    }

    @Test
    void plansAreNotTold() throws IOException {
        Visibility.Part some = new Visibility.Part(ALL, "id = 1");
        for (String explain :
                List.of("explain ", "explain analyze ", "EXPLAIN (ANALYZE, FORMAT JSON) ", "/* */ explain\n")) {
            assertThat(failure(explain + "select id from people", people(some)).kind())
                    .isEqualTo(Kind.FORBIDDEN);
        }
    }

    @Test
    void valuesInErrorsAreNotTold() throws IOException {
        Visibility.Part some = new Visibility.Part(ALL, "id <= 3");
        for (String sql : List.of(
                "select \"Na\"\"me\"::int from people",
                "select error(\"Na\"\"me\") from people",
                "select strptime(\"Na\"\"me\", '%Y') from people",
                "select (salary * 1000000000000000000) * 1000000000000000000 from people",
                "select \"Na\"\"me\"::json from people")) {
            Failure failure = failure(sql, people(some));
            assertThat(failure.kind()).as(sql).isEqualTo(Kind.TYPE);
            assertThat(failure.message())
                    .as(sql)
                    .doesNotContain("n1", "n2", "n3", "10")
                    .contains("values are not told");
        }
    }
}

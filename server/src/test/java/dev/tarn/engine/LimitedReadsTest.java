package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.SampleTables;
import dev.tarn.access.Roles;
import dev.tarn.access.Users;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What grants of columns and rows show, in statements and beside them. */
class LimitedReadsTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final String PEOPLE = SampleTables.make(SERVER, """
            id,name,salary,dept
            1,ann,100,shop
            2,bob,200,shop
            3,cy,300,board
            4,dee,400,stock
            """);

    @Test
    void anAdministratorSeesAll() {
        JsonNode reply = SERVER.post(
                        "/tarn/v1/statements", "{\"statement\":\"select count(*), sum(salary) from " + PEOPLE + "\"}")
                .json();
        assertThat(reply.get("rows")).hasToString("[[4,1000]]");
        JsonNode table = SERVER.get("/tarn/v1/tables/" + PEOPLE).json();
        assertThat(table.get("limited").asBoolean()).isFalse();
        assertThat(table.get("row_count").asLong()).isEqualTo(4);
    }

    @Test
    void whoeverWasGrantedNothingFindsNoTable() {
        LimitedUser user = LimitedUser.of(SERVER);
        assertThat(user.run("select 1 from " + PEOPLE, "default").status()).isEqualTo(404);
        assertThat(user.rows("select 1")).isEqualTo("[[1]]");
    }

    @Test
    void columnsOfAllRows() {
        LimitedUser user = LimitedUser.of(SERVER).reads(PEOPLE, List.of("ID", "name"), null);
        assertThat(user.rows("select * from " + PEOPLE + " where id = 3")).isEqualTo("[[3,\"cy\"]]");
        assertThat(user.rows("describe " + PEOPLE)).contains("name").doesNotContain("salary", "dept");
        assertThat(user.rows("describe select * from " + PEOPLE)).doesNotContain("salary", "dept");
        assertThat(user.rows("show columns from " + PEOPLE)).doesNotContain("salary", "dept");
        RunningServer.Reply hidden = user.run("select salary from " + PEOPLE, "default");
        assertThat(hidden.status()).isEqualTo(400);
        assertThat(hidden.json().get("code").asString()).isEqualTo("binding_error");
        assertThat(hidden.body()).doesNotContain("dept");
    }

    @Test
    void rowsOfAllColumns() {
        LimitedUser user = LimitedUser.of(SERVER).reads(PEOPLE, List.of(), "dept = 'shop' and salary < 150");
        assertThat(user.rows("select * from " + PEOPLE)).isEqualTo("[[1,\"ann\",100,\"shop\"]]");
        assertThat(user.rows("select p from " + PEOPLE + " p")).contains("ann").doesNotContain("bob");
        assertThat(user.rows("select count(*), max(salary) from " + PEOPLE)).isEqualTo("[[1,100]]");
        assertThat(user.rows("select count(*) from %1$s a, %1$s b".formatted(PEOPLE)))
                .isEqualTo("[[1]]");
    }

    @Test
    void grantsAddUp() {
        LimitedUser user = LimitedUser.of(SERVER);
        String role = "role-" + UUID.randomUUID();
        SERVER.bean(Roles.class).create(SERVER.admin(), role);
        Users users = SERVER.bean(Users.class);
        users.setRoles(SERVER.admin(), users.find(SERVER.admin(), user.name()).id(), List.of(role));
        user.reads(PEOPLE, List.of("id", "name"), "dept = 'shop'");
        user.grant(role, PEOPLE, List.of("id", "salary"), "salary >= 200");
        assertThat(user.rows("select * from " + PEOPLE + " order by id"))
                .isEqualTo("[[1,\"ann\",null],[2,\"bob\",200],[3,null,300],[4,null,400]]");
    }

    @Test
    void filtersKnowWhoAsks() {
        LimitedUser user = LimitedUser.of(SERVER, "Viewer");
        String table = SampleTables.make(SERVER, "owner,what\n%s,mine\nsomebody,theirs\n".formatted(user.name()));
        user.reads(table, List.of(), "owner = current_user and list_contains(current_roles, 'Viewer')");
        assertThat(user.rows("select what from " + table)).isEqualTo("[[\"mine\"]]");
        LimitedUser other = LimitedUser.of(SERVER).reads(table, List.of(), "owner = current_user");
        assertThat(other.rows("select what from " + table)).isEqualTo("[]");
    }

    @Test
    void descriptionsVersionsAndSearchTellOfTheVisiblePartAlone() {
        LimitedUser user = LimitedUser.of(SERVER).reads(PEOPLE, List.of("id", "name"), "id < 3");
        JsonNode table = user.get("/tarn/v1/tables/" + PEOPLE).json();
        assertThat(table.get("limited").asBoolean()).isTrue();
        assertThat(table.get("row_count").isNull()).isTrue();
        assertThat(table.get("size_bytes").isNull()).isTrue();
        assertThat(table.get("file_count").isNull()).isTrue();
        assertThat(table.get("columns").toString()).contains("name").doesNotContain("salary", "dept");
        assertThat(user.get("/tarn/v1/tables?include=columns").json().get("tables"))
                .hasSize(1)
                .allSatisfy(listed -> assertThat(listed).isEqualTo(table));
        JsonNode version = user.get("/tarn/v1/tables/" + PEOPLE + "/snapshots")
                .json()
                .get("snapshots")
                .get(0);
        for (String figure : List.of("added_rows", "deleted_rows", "added_files", "total_rows", "total_bytes")) {
            assertThat(version.get(figure).isNull()).as(figure).isTrue();
        }
        assertThat(user.get("/tarn/v1/search?q=salary&limit=100").body()).doesNotContain(PEOPLE);
        assertThat(user.get("/tarn/v1/search?q=name&limit=100").body()).contains(PEOPLE);
    }

    @Test
    void aProfileIsOfTheVisibleRows() {
        assertThat(SERVER.get("/tarn/v1/tables/" + PEOPLE + "/profile")
                        .json()
                        .get("rows")
                        .asLong())
                .isEqualTo(4);
        LimitedUser user = LimitedUser.of(SERVER).reads(PEOPLE, List.of("id", "name"), "id < 3");
        JsonNode profile = user.get("/tarn/v1/tables/" + PEOPLE + "/profile").json();
        assertThat(profile.get("rows").asLong()).isEqualTo(2);
        assertThat(profile.get("profiled_rows").asLong()).isEqualTo(2);
        assertThat(profile.get("columns")).hasSize(2);
        assertThat(profile.toString()).doesNotContain("salary", "dee", "cy");
        assertThat(SERVER.get("/tarn/v1/tables/" + PEOPLE + "/profile").json().get("columns"))
                .hasSize(4);
    }

    @Test
    void theBytesThatAreToldDependOnNoValue() {
        LimitedUser user = LimitedUser.of(SERVER).reads(PEOPLE, List.of("id"), "id < 3");
        for (String where : List.of("", " where id = 3", " where id > 1000000")) {
            assertThat(user.run("select id from " + PEOPLE + where, "default")
                            .json()
                            .get("bytes_scanned")
                            .asLong())
                    .isEqualTo(1 << 20);
        }
    }

    @Test
    void plansAreNotTold() {
        LimitedUser user = LimitedUser.of(SERVER).reads(PEOPLE, List.of("id"), null);
        assertThat(user.run("explain select id from " + PEOPLE, "default").status())
                .isEqualTo(403);
        assertThat(user.run("explain analyze select id from " + PEOPLE, "default")
                        .status())
                .isIn(400, 403);
        assertThat(user.post("/tarn/v1/statements/explain", "{\"statement\":\"select id from " + PEOPLE + "\"}")
                        .status())
                .isEqualTo(403);
        assertThat(user.run("explain select 1", "default").status()).isEqualTo(200);
    }

    @Test
    void exportsAndKeptResultsHoldTheVisiblePart() {
        LimitedUser user = LimitedUser.of(SERVER, "DataEngineer");
        // A DataEngineer reads all tables, so this one is exported by a Viewer.
        LimitedUser viewer = LimitedUser.of(SERVER).reads(PEOPLE, List.of("id", "name"), "id < 3");
        for (String format : List.of("csv", "ndjson")) {
            RunningServer.Reply file = viewer.post(
                    "/tarn/v1/statements/export",
                    "{\"statement\":\"select * from " + PEOPLE + "\",\"format\":\"" + format + "\"}");
            assertThat(file.status()).as(file.body()).isEqualTo(200);
            assertThat(file.body()).contains("ann", "bob").doesNotContain("cy", "dee", "100", "shop");
        }
        assertThat(user.rows("select count(*) from " + PEOPLE)).isEqualTo("[[4]]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dept = 'shop'; select 1",
                "dept = 'shop' or exists (select 1)",
                "id in (select 1)",
                "id = (select max(salary) from x)",
                "nothing = 3",
                "user = 'duckdb'",
                "session_user = 'duckdb'",
                "id",
                "dept",
                "sum(salary) > 3",
                "row_number() over () = 1",
                "random() < 0.5",
                "error(name)",
                "current_user() = 'x'",
                "getenv('HOME') = 'x'",
                "current_setting('threads') = '1'",
                "true) or (true",
                "true) union select (true",
                "true as x",
                "true, false",
                "true from range(3)",
                "true where true",
                "true limit 1",
                "distinct true",
                "*",
                "columns('.*')",
                "id = $1",
                "id = ?",
                "id = :x",
                "#1 = 1",
                "'a' || 'b'",
                "list_contains([x for x in read_text('/etc/passwd')], 'a')",
                "true --"
            })
    void whatNoFilterMayBe(String filter) {
        LimitedUser user = LimitedUser.of(SERVER);
        if (filter.equals("true --")) {
            user.reads(PEOPLE, List.of(), filter);
            assertThat(user.rows("select count(*) from " + PEOPLE)).isEqualTo("[[4]]");
            return;
        }
        assertThatThrownBy(() -> user.reads(PEOPLE, List.of(), filter))
                .isInstanceOfSatisfying(
                        TarnException.class,
                        e -> assertThat(e.code().status()).as(e.getMessage()).isEqualTo(400));
        assertThat(user.run("select 1 from " + PEOPLE, "default").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dept in ('shop', 'stock') | 3",
                "Salary between 150 and 350 | 2",
                "name like 'a%' or lower(name) = 'bob' | 2",
                "case when dept = 'shop' then salary > 100 else false end | 1",
                "list_contains(list_transform([1, 2], lambda x: x + 2), id) | 2",
                "len(list_filter([salary], lambda v: v > current_date::varchar::date - current_date)) > 0 | 4",
                "current_date > date '2020-01-01' and id::varchar = '1' | 1",
                "id = 1 -- the first | 1",
                "id = 1 /* ) or true */ | 1",
                "name = ') or true --' | 0",
                "{'a': id}.a = 2 | 1",
                "coalesce(dept, '') <> 'board' | 3",
                "not (dept = 'shop') | 2",
                "dept = 'none' | 0"
            })
    void whatAFilterMayBe(String filter, String count) {
        LimitedUser user = LimitedUser.of(SERVER).reads(PEOPLE, List.of(), filter);
        assertThat(user.rows("select count(*) from " + PEOPLE)).isEqualTo("[[" + count + "]]");
    }

    @Test
    void aGrantOfAColumnThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> LimitedUser.of(SERVER).reads(PEOPLE, List.of("id", "wage"), null))
                .isInstanceOfSatisfying(
                        TarnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessageContaining("wage");
    }

    @Test
    void aFilterThatDoesNotFitAnyMoreShowsNothing() {
        String table = SampleTables.make(SERVER, "id,kind\n1,a\n2,b\n");
        LimitedUser user = LimitedUser.of(SERVER).reads(table, List.of("id"), "kind = 'a'");
        assertThat(user.rows("select id from " + table)).isEqualTo("[[1]]");
        // The table is replaced by one that has no such column; its grants stay.
        RunningServer.Reply replaced = SampleTables.load(SERVER, table, "replace", "id,sort\n1,a\n2,b\n");
        assertThat(replaced.status()).as(replaced.body()).isEqualTo(200);
        RunningServer.Reply reply = user.run("select id from " + table, "default");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).contains("does not fit its columns any more").doesNotContain("kind", "sort");
    }
}

package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.access.Grants;
import dev.tarn.access.NewGrant;
import dev.tarn.catalog.CatalogTables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who may change rows of a table, and see some of its rows and columns, changes those alone, and learns of no other. Each statement runs
 * on two tables that look the same to the user and differ in all that is hidden; what is told is told of both.
 */
class LimitedChangesTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final List<String> STATEMENTS = List.of(
            "UPDATE emp SET salary = salary + 1",
            "UPDATE emp SET salary = CAST(replace(name, 'n', '') AS BIGINT) WHERE length(name) < 4",
            "UPDATE emp SET name = 'x' WHERE salary > 1000000",
            "UPDATE emp SET name = 'x' WHERE id = 1",
            "UPDATE emp SET name = secret",
            "UPDATE emp SET secret = 'x'",
            "UPDATE emp SET bonus = 1",
            "UPDATE emp SET name = to_json(emp)",
            "UPDATE emp SET salary = (SELECT max(salary) FROM emp) WHERE id = 2",
            "DELETE FROM emp WHERE salary > 1000000",
            "DELETE FROM emp WHERE id IN (1, 3)",
            "DELETE FROM emp WHERE dept = 'shop'",
            "DELETE FROM emp WHERE secret LIKE '%'",
            "DELETE FROM emp WHERE CAST(name AS BIGINT) = 1",
            "DELETE FROM emp WHERE id = 4 RETURNING *",
            "DELETE FROM emp WHERE id = 4 AND error(name) IS NULL",
            "DELETE FROM emp WHERE true) UNION ALL (SELECT 1, 1, NULL",
            "MERGE INTO emp t USING (SELECT 1 AS id) s ON t.id = s.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN DO NOTHING",
            "MERGE INTO emp t USING emp s ON t.id = s.id WHEN MATCHED AND s.salary % 2 = 0 THEN DELETE",
            "MERGE INTO emp t USING (SELECT 6 AS id) s ON t.id = s.id WHEN NOT MATCHED BY SOURCE THEN UPDATE SET name = name || '!'",
            "MERGE INTO emp t USING (SELECT 1 AS id) s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id + 100, 'new')",
            "MERGE INTO emp t USING (SELECT 1 AS id) s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, secret) VALUES (200, 'new')",
            "DELETE FROM emp WHERE id = 8",
            "EXPLAIN DELETE FROM emp");

    private static ChangesClient table(String mode, String hidden, String number, LimitedUser user) {
        ChangesClient table = new ChangesClient(
                SERVER,
                CatalogTables.create(
                                SERVER,
                                new Schema(
                                        NestedField.optional(1, "id", Types.LongType.get()),
                                        NestedField.optional(2, "name", Types.StringType.get()),
                                        NestedField.optional(3, "salary", Types.LongType.get()),
                                        NestedField.optional(4, "dept", Types.StringType.get()),
                                        NestedField.optional(5, "secret", Types.StringType.get())),
                                PartitionSpec.unpartitioned(),
                                Map.of(
                                        "format-version",
                                        "3",
                                        "write.delete.mode",
                                        mode,
                                        "write.update.mode",
                                        mode,
                                        "write.merge.mode",
                                        mode))
                        .replace(".made", ".emp"));
        table.run("ALTER TABLE " + table.table().replace(".emp", ".made") + " RENAME TO $t");
        table.run("INSERT INTO $t SELECT i, CASE WHEN i % 2 = 0 THEN 'n' || i ELSE '" + hidden
                + "' || i END, CASE WHEN i % 2 = 0 THEN i * 10 ELSE " + number
                + " END, CASE WHEN i % 2 = 0 THEN 'shop' ELSE '" + hidden + "' END, '" + hidden
                + "' || i FROM range(20) r(i)");
        user.reads(table.table(), List.of("id", "name", "salary"), "dept = 'shop'");
        for (String verb : List.of("update", "insert")) {
            SERVER.bean(Grants.class)
                    .create(
                            SERVER.admin(),
                            new NewGrant(
                                    user.name(), verb, "table:" + table.table(), Optional.empty(), Optional.empty()));
        }
        return table;
    }

    private static String told(LimitedUser user, String statement, ChangesClient table) {
        RunningServer.Reply reply = user.run(statement, table.space());
        ObjectNode body = (ObjectNode) reply.json();
        body.remove(List.of("id", "elapsed_ms", "statement_id", "instance", "request_id", "trace_id"));
        return reply.status() + " " + body.toString().replace(table.space(), "NAMESPACE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy-on-write", "merge-on-read"})
    void nothingHiddenIsToldOrChanged(String mode) {
        LimitedUser user = LimitedUser.of(SERVER);
        ChangesClient first = table(mode, "HIDDEN", "0", user);
        ChangesClient second = table(mode, "OTHER", "9000000000000000 + i", user);
        String odd = "SELECT * FROM $t WHERE id % 2 = 1 AND id < 100 ORDER BY id";
        String secrets = "SELECT count(*) FROM $t WHERE secret <> 'HIDDEN' || id AND secret <> 'OTHER' || id";
        String firstHidden = first.rows(odd);
        String secondHidden = second.rows(odd);
        for (String statement : STATEMENTS) {
            String told = told(user, statement, first);
            assertThat(told(user, statement, second)).as(statement).isEqualTo(told);
            assertThat(told).as(statement).doesNotContain("HIDDEN", "OTHER", "9000000");
            assertThat(first.rows(odd)).as(statement).isEqualTo(firstHidden);
            assertThat(second.rows(odd)).as(statement).isEqualTo(secondHidden);
            assertThat(first.rows(secrets)).as(statement).isEqualTo("0");
        }
        String seen = "SELECT id, name, salary FROM $t WHERE id % 2 = 0 OR id > 100 ORDER BY id";
        assertThat(first.rows(seen)).contains("101,new,null").isEqualTo(second.rows(seen));
        assertThat(first.rows("SELECT dept, secret FROM $t WHERE id = 101")).isEqualTo("null,null");
    }
}

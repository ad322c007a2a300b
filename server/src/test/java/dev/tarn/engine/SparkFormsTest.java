package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.SampleTables;
import dev.tarn.catalog.CatalogTables;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Every row of {@code docs/spark.md}. */
class SparkFormsTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String NAMESPACE = "s" + UUID.randomUUID().toString().replace("-", "");

    @BeforeAll
    static void makeTable() {
        String name = "iceberg." + NAMESPACE + ".orders";
        assertThat(SampleTables.load(SERVER, name, "create", "id,name\n1,a\n2,b\n")
                        .status())
                .isEqualTo(200);
        BaseTable table = CatalogTables.of(SERVER, name);
        table.manageSnapshots()
                .createTag("first", table.currentSnapshot().snapshotId())
                .commit();
        table.updateProperties().set("comment", "It's ours").commit();
        assertThat(SampleTables.load(SERVER, name, "append", "id,name\n3,c\n").status())
                .isEqualTo(200);
        assertThat(SampleTables.load(
                                SERVER, "iceberg." + NAMESPACE + "b.changed", "create", "id,name\n1,p\n2,q\n3,r\n4,s\n")
                        .status())
                .isEqualTo(200);
    }

    static Stream<Arguments> rows() throws IOException {
        return Files.readAllLines(RunningServer.root().resolve("docs/spark.md")).stream()
                .filter(line -> line.startsWith("| ") && line.contains("`"))
                .map(line -> {
                    String[] cells = line.substring(2, line.length() - 2).split(" \\| ");
                    assertThat(cells).as(line).hasSize(3);
                    return Arguments.of(
                            Arrays.stream(cells).map(SparkFormsTest::bare).toArray());
                });
    }

    private static String bare(String cell) {
        return cell.strip().replaceFirst("^(`+)(.*)\\1$", "$2");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isAccepted(String form, String statement, String answer) {
        RunningServer.Reply reply = SERVER.post(
                "/tarn/v1/statements",
                JSON.writeValueAsString(JSON.createObjectNode().put("statement", placed(statement))));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().get("rows")).as(form).isEqualTo(JSON.readTree(placed(answer)));
    }

    /** Other tests of this server have a shop too. */
    private static String placed(String text) {
        return text.replaceAll("\\bshop\\b", NAMESPACE).replaceAll("\\bbazaar\\b", NAMESPACE + "b");
    }
}

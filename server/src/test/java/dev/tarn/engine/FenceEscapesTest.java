package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ways out, as data ({@code fence/escapes.tsv}: class, code, statement): each is refused with the code that stands there, none
 * tells of a path, a setting, another tenant or a hidden column. {@code fence/twins.tsv} has what looks alike and must run.
 */
class FenceEscapesTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9a-f]{4})");
    private static final String SPACE = name("f");
    private static final String HIDDEN = name("h");
    private static final String OTHER = name("o");
    private static final LimitedUser USER = LimitedUser.of(SERVER);

    private static String dataFile = "";
    private static String tenant = "";

    private static String name(String letter) {
        return letter + UUID.randomUUID().toString().replace("-", "");
    }

    @BeforeAll
    static void makeTables() throws IOException {
        for (String statement : List.of(
                "CREATE SCHEMA IF NOT EXISTS default",
                "CREATE TABLE $t (id BIGINT, name STRING, dept STRING, salary BIGINT)",
                "INSERT INTO $t VALUES (1, 'ann', 'shop', 77001), (2, 'bob', 'lab', 77002)",
                "CREATE VIEW $s.v AS SELECT id, salary FROM $t",
                "CREATE VIEW $s.names AS SELECT id, name FROM $t",
                "CREATE TABLE $hidden.secret_plans (cell STRING)",
                "INSERT INTO $hidden.secret_plans VALUES ('HIDDENCELL')",
                "CREATE VIEW $hidden.secret_view AS SELECT * FROM $hidden.secret_plans")) {
            assertThat(run(statement).status()).as(statement).isEqualTo(200);
        }
        USER.reads("iceberg." + SPACE + ".emp", List.of("id", "name"), "dept = 'shop'");
        USER.reads("iceberg." + SPACE + ".v", List.of(), null);
        USER.reads("iceberg." + SPACE + ".names", List.of(), null);
        tenant = makeOtherTenant();
        try (Stream<Path> files = Files.walk(SERVER.home().resolve("warehouse"))) {
            dataFile = files.map(Path::toString)
                    .filter(file -> file.contains("/" + SPACE + "/") && file.endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Its namespace has a name that nobody here may learn. */
    private static String makeOtherTenant() {
        Reply made = SERVER.post(
                "/tarn/v1/tenants",
                "{\"name\": \"" + OTHER + "-tenant\", \"administrator\": \"" + OTHER
                        + "\", \"password\": \"a good password\"}");
        assertThat(made.status()).as(made.body()).isBetween(200, 201);
        return made.json().path("id").asString("");
    }

    private record Line(String kind, String code, String statement) {
        /** Which limit is met first depends on the machine. */
        boolean allows(String told) {
            return code.equals("limit")
                    ? List.of("timeout", "resource_exceeded", "type_error").contains(told)
                    : code.equals(told);
        }

        boolean limited() {
            return statement.startsWith("U ");
        }

        String sql() {
            String text = limited() ? statement.substring(2) : statement;
            text = text.replace("$t", "TABLE__").replace("TABLE__enant", tenant).replace("TABLE__", SPACE + ".emp");
            text = text.replace("$hidden", HIDDEN).replace("$other", OTHER).replace("$w", dataFile);
            text = Pattern.compile("\\$s(?=[.\"; ]|$)").matcher(text).replaceAll(SPACE);
            return grown(UNICODE.matcher(text)
                    .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(
                            String.valueOf((char) Integer.parseInt(match.group(1), 16)))));
        }
    }

    /** Texts that are too large for a line of data. */
    private static String grown(String text) {
        if (!text.startsWith("@")) {
            return text;
        }
        String form = text.substring(1, text.indexOf('('));
        int count = Integer.parseInt(text.substring(text.indexOf('(') + 1, text.indexOf(')')));
        return switch (form) {
            case "deep" -> "SELECT " + "(".repeat(count) + "1" + ")".repeat(count) + " AS a";
            case "deepquery" ->
                "SELECT * FROM ".concat("(SELECT * FROM ".repeat(count)) + "range(1)" + ")".repeat(count);
            case "deeplist" -> "SELECT " + "[".repeat(count) + "]".repeat(count);
            case "longin" -> "SELECT 1 WHERE 1 IN (" + "1234567,".repeat(count) + "1)";
            case "ors" -> "SELECT 1 WHERE " + "1 = 2 OR ".repeat(count) + "1 = 1";
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static List<Line> lines(String file) {
        try {
            return Files.readAllLines(RunningServer.root().resolve("server/src/test/resources/fence/" + file)).stream()
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Line(cells[0], cells.length > 2 ? cells[1] : "", cells[cells.length - 1]))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Reply run(String statement) {
        return run(new Line("", "", statement));
    }

    private static Reply run(Line line) {
        String body = JSON.writeValueAsString(JSON.createObjectNode()
                .put("statement", line.sql())
                .put("schema", "default")
                .put("timeout_ms", 5_000));
        return line.limited() ? USER.post("/v1/sql/execute", body) : SERVER.post("/v1/sql/execute", body);
    }

    /** What an answer must not hold; what the statement says itself may be told again. */
    private static List<String> told(Line line, Reply reply) {
        String sql = line.sql().toLowerCase(Locale.ROOT);
        String body = reply.body().toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>(List.of(
                "root:x",
                "77001",
                "77002",
                "hiddencell",
                "tarn.db",
                "warehouse",
                "/tmp/",
                "/work/",
                "/usr/",
                "/etc/",
                "java.",
                "exception",
                "memory_limit",
                "temp_directory",
                "tarn_view",
                "tarn_rows",
                SERVER.home().toString().toLowerCase(Locale.ROOT),
                "secret_plans"));
        if (line.limited()) {
            words.addAll(List.of("salary", "dept", "\"lab\"", HIDDEN));
        }
        if (!tenant.isEmpty()) {
            words.add(tenant);
        }
        words.add(OTHER);
        return words.stream()
                .filter(word -> body.contains(word) && !sql.contains(word))
                .toList();
    }

    @Test
    void everyEscapeIsRefused() throws IOException {
        List<Line> lines = lines("escapes.tsv");
        List<String> wrong = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (Line line : lines) {
            Reply reply = run(line);
            JsonNode error = reply.json().path("error");
            String code = reply.status() == 200 ? "none" : error.path("code").asString("?");
            seen.add(line.kind() + "\t" + code + "\t" + line.statement() + "\t" + reply.body());
            List<String> told = told(line, reply);
            boolean clear = reply.status() >= 400
                    && reply.status() < 500
                    && error.path("message").asString("").length() > 10;
            if (!clear || !line.allows(code) || !told.isEmpty()) {
                wrong.add("%s %s: %d %s, tells %s"
                        .formatted(line.kind(), line.statement(), reply.status(), reply.body(), told));
            }
        }
        Files.write(Path.of("target/fence-escapes.tsv"), seen);
        assertThat(wrong).isEmpty();
        assertThat(lines).hasSizeGreaterThanOrEqualTo(400);
        assertThat(lines.stream().map(Line::kind).distinct()).hasSizeGreaterThanOrEqualTo(12);
        assertThat(Path.of("/tmp/tarn-fence")).doesNotExist();
        assertThat(Path.of("/tmp/tarn-fence.csv")).doesNotExist();
        assertThat(run("SELECT count(*), sum(salary) FROM $t").body()).contains("154003");
        assertThat(run("SELECT count(*) FROM $hidden.secret_plans").status()).isEqualTo(200);
    }

    @Test
    void whatLooksAlikeRuns() {
        Map<String, Long> twins = new TreeMap<>(
                lines("twins.tsv").stream().collect(Collectors.groupingBy(Line::kind, Collectors.counting())));
        assertThat(twins.keySet())
                .isEqualTo(lines("escapes.tsv").stream()
                        .map(Line::kind)
                        .collect(Collectors.toCollection(java.util.TreeSet::new)));
        List<String> wrong = new ArrayList<>();
        for (Line line : lines("twins.tsv")) {
            Reply reply = run(line);
            List<String> told = line.limited() ? told(line, reply) : List.of();
            if (reply.status() != 200 || !told.isEmpty()) {
                wrong.add("%s %s: %s, tells %s".formatted(line.kind(), line.statement(), reply.body(), told));
            }
        }
        assertThat(wrong).isEmpty();
    }
}

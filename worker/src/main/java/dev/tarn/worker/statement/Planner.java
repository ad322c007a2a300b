package dev.tarn.worker.statement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tarn.worker.duckdb.Failures;
import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.Json;
import dev.tarn.worker.duckdb.Sql;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One locked instance for the life of the process that reads SQL and never runs it. Knows SELECT alone, by design. */
public final class Planner implements AutoCloseable {
    private static final long MEMORY_LIMIT_BYTES = 256L << 20;
    private static final String SERIALIZE = "SELECT CASE WHEN strlen(tree) < 8_000_000 THEN tree END FROM"
            + " (SELECT json_serialize_sql(CAST(? AS VARCHAR), skip_null := true, skip_empty := true) AS tree)";
    private static final String ALONE = "SELECT json_deserialize_sql(json_serialize_sql(CAST(? AS VARCHAR)))";
    private static final Pattern EXPLAIN = Pattern.compile(
            "(?is)(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)*EXPLAIN\\b(?:\\s+ANALYZE\\b)?(?:\\s*\\(\\s*[A-Z_]+(?:\\s+[A-Z_]+)?"
                    + "(?:\\s*,\\s*[A-Z_]+(?:\\s+[A-Z_]+)?)*\\s*\\)(?=\\s*(?:SELECT|WITH|FROM|VALUES|\\()))?");

    /** A statement is read when it is planned and again when it runs. */
    private static final int TREES_KEPT = 64;

    private static final int LARGEST_KEPT = 256 << 10;

    private final Instance instance;
    /** Preparing it takes five times as long as running it. */
    private @Nullable PreparedStatement serialize;

    private final LinkedHashMap<String, String> trees = new LinkedHashMap<>();

    private Planner(Instance instance) {
        this.instance = instance;
    }

    public static Planner open(Path scratch) throws SQLException {
        Instance instance = Instance.open(scratch, MEMORY_LIMIT_BYTES, 1, false);
        instance.fence(List.of());
        return new Planner(instance);
    }

    public String engineVersion() throws SQLException {
        return instance.text("SELECT version()");
    }

    /** The syntax tree of all statements in {@code sql}, as JSON. */
    public String parse(String sql) throws TaskFailedException {
        String known = trees.remove(sql);
        String tree = known == null ? serialized(sql) : known;
        if (tree.startsWith("{\"error\":true")) {
            throw new TaskFailedException(failure(tree, sql));
        }
        if (tree.length() <= LARGEST_KEPT && sql.length() <= LARGEST_KEPT) {
            trees.put(sql, tree);
            if (trees.size() > TREES_KEPT) {
                trees.pollFirstEntry();
            }
        }
        return tree;
    }

    /** Refuses what is not exactly one SELECT, plain or under EXPLAIN; the fence's answer to all that could write. */
    void requireOneSelect(String sql) throws TaskFailedException {
        Matcher explain = EXPLAIN.matcher(sql);
        String select = explain.lookingAt() ? sql.substring(explain.end()) : sql;
        String tree = parse(select);
        int statements = json(tree).path("statements").size();
        if (statements != 1) {
            throw new TaskFailedException(Failure.of(
                    Kind.NOT_ALLOWED,
                    statements == 0 ? "There is no statement in this text" : "Only one statement can run at a time"));
        }
    }

    static boolean explains(String sql) {
        return EXPLAIN.matcher(sql).lookingAt();
    }

    /** A plan has no rows that could be a table's. */
    static void requireTable(String sql) throws TaskFailedException {
        if (explains(sql)) {
            throw new TaskFailedException(
                    Failure.of(Kind.NOT_ALLOWED, "The answer of EXPLAIN cannot be written as a table"));
        }
    }

    /** Whether the rows of the statement have an order of their own. */
    boolean isOrdered(String sql) throws TaskFailedException {
        for (JsonNode modifier : json(parse(sql)).at("/statements/0/node/modifiers")) {
            if (modifier.path("type").asText().equals("ORDER_MODIFIER")) {
                return true;
            }
        }
        return false;
    }

    /** The one SELECT of {@code sql} without comments and semicolon, so that it can stand in brackets. */
    String selectAlone(String sql) throws TaskFailedException, SQLException {
        try (PreparedStatement alone = instance.connection().prepareStatement(ALONE)) {
            alone.setString(1, sql);
            try (ResultSet rows = alone.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private String serialized(String sql) throws TaskFailedException {
        try {
            PreparedStatement statement = serialize == null ? prepared() : serialize;
            // The driver closes one that fails.
            serialize = null;
            statement.setString(1, sql);
            String tree;
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                tree = rows.getString(1);
            }
            serialize = statement;
            if (tree == null) {
                throw new TaskFailedException(
                        Failure.of(Kind.NOT_ALLOWED, "The statement has too many parts; make it shorter"));
            }
            return tree;
        } catch (SQLException e) {
            throw new TaskFailedException(Failures.of(e), e);
        }
    }

    private PreparedStatement prepared() throws SQLException {
        return instance.connection().prepareStatement(SERIALIZE);
    }

    private static Failure failure(String tree, String sql) {
        JsonNode error = json(tree);
        String message = error.path("error_message").asText();
        return switch (error.path("error_type").asText()) {
            case "parser" -> {
                long position = error.path("position").asLong(-1);
                yield Failure.at(
                        Kind.SYNTAX,
                        message.lines().findFirst().orElse("syntax error"),
                        position < 0 ? -1 : Sql.utf16Offset(sql, position));
            }
            case "not implemented" ->
                Failure.of(
                        Kind.NOT_ALLOWED,
                        message.startsWith("Only SELECT")
                                ? "Only SELECT statements can be run here"
                                : message.lines().findFirst().orElse(message));
            default -> Failure.of(Kind.SYNTAX, message.lines().findFirst().orElse("The statement cannot be read"));
        };
    }

    private static JsonNode json(String text) {
        try {
            return Json.read(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("DuckDB wrote JSON that is none", e);
        }
    }

    @Override
    public void close() throws SQLException {
        instance.close();
    }
}

package dev.tarn.system;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** A column of a table that {@link RandomStatements} changes; {@code type} in words that both engines take. */
record RandomColumn(String name, String type) {
    private static final String STRUCT = "STRUCT(x INTEGER, y VARCHAR)";
    private static final List<String> TYPES = List.of(
            "BIGINT",
            "INTEGER",
            "FLOAT",
            "DOUBLE",
            "VARCHAR",
            "DATE",
            "TIMESTAMP",
            "DECIMAL(9,2)",
            "BOOLEAN",
            "UUID",
            STRUCT,
            "INTEGER[]");
    private static final Map<String, String> WIDER =
            Map.of("INTEGER", "BIGINT", "FLOAT", "DOUBLE", "DECIMAL(9,2)", "DECIMAL(14,2)");

    static RandomColumn any(String name, Random random) {
        return new RandomColumn(name, TYPES.get(random.nextInt(TYPES.size())));
    }

    boolean isStruct() {
        return type.startsWith("STRUCT");
    }

    /** Its type after widening; empty when there is no wider one. */
    String wider() {
        return WIDER.getOrDefault(type, "");
    }

    /** A value made of an integer expression: the same for both engines, NULL for some. */
    String value(String number) {
        String value = switch (type) {
            case "BIGINT" -> "(%s) * 1000003 - 50000000";
            case "INTEGER" -> "((%s) %% 1000)::INTEGER - 300";
            case "FLOAT" -> "((%s) %% 1000 - 300)::FLOAT / 8";
            case "DOUBLE" -> "((%s) %% 1000 - 300)::DOUBLE / 7";
            case "VARCHAR" -> "'v' || ((%1$s) %% 50) || repeat('é', ((%1$s) %% 3)::INTEGER)";
            case "DATE" -> "DATE '1969-11-20' + ((%s) %% 80)::INTEGER";
            case "TIMESTAMP" -> "TIMESTAMP '1969-12-31 20:00:00.123456' + INTERVAL 7 MINUTE * ((%s) %% 500)";
            case "DECIMAL(9,2)", "DECIMAL(14,2)" -> "(((%s) %% 100000 - 30000)::DECIMAL(14,2) / 100)::" + type;
            case "BOOLEAN" -> "(%s) %% 3 = 0";
            case "UUID" -> "('00000000-0000-4000-8000-' || lpad(((%s) %% 90)::VARCHAR, 12, '0'))::UUID";
            case "INTEGER[]" -> "[((%1$s) %% 3)::INTEGER, NULL, ((%1$s) %% 5)::INTEGER]";
            default -> "{'x': ((%1$s) %% 10)::INTEGER, 'y': 'y' || ((%1$s) %% 4)}";
        };
        return "CASE WHEN (" + number + ") % 11 = 5 THEN NULL ELSE " + String.format(value, number) + " END";
    }

    /** A condition that some rows meet. */
    String condition(Random random) {
        String constant = value(String.valueOf(random.nextInt(2000)));
        return switch (random.nextInt(6)) {
            case 0 -> name + " IS NULL";
            case 1 -> name + " = " + constant;
            case 2 -> name + " IS DISTINCT FROM " + constant;
            case 3 -> name + " IN (" + constant + ", " + value(String.valueOf(random.nextInt(2000))) + ")";
            case 4 -> type.equals("VARCHAR") ? name + " LIKE 'v1%'" : name + " >= " + constant;
            default -> name + " < " + constant;
        };
    }

    /** The value as an integer or a text, in SQL that two engines say the same with; {@code cast} is their word for text. */
    String plainly(String quoted, String text) {
        return switch (type) {
            case "FLOAT", "DOUBLE" -> "CAST(floor(" + quoted + " * 1000) AS BIGINT)";
            case STRUCT -> "CAST(" + quoted + ".x AS " + text + "), " + quoted + ".y";
            case "INTEGER[]" -> "CAST(" + quoted + " IS NULL AS " + text + ")";
            default -> "CAST(" + quoted + " AS " + text + ")";
        };
    }
}

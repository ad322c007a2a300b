package dev.tarn.engine;

import dev.tarn.engine.Constant.Interval;
import dev.tarn.engine.Constant.Kind;
import dev.tarn.worker.protocol.Parameter;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Values of expressions without columns, as far as they are surely what the engine makes of them. The moment at which a statement
 * will run is not known when its files are planned; so what depends on it lies between two ends, and is a function of it that
 * either never falls or never rises.
 */
final class ConstantFolding {
    /** Statements end within an hour of their arrival; clocks may be put back a little. */
    private static final Duration LATEST = Duration.ofMinutes(70);

    private static final Duration EARLIEST = Duration.ofMinutes(2);
    /** Ends that change seldom, so that a plan of files can be used again. */
    private static final long ROUND_MICROS = Duration.ofMinutes(5).toNanos() / 1_000;

    private static final Set<String> ZONED_NOW =
            Set.of("now", "current_timestamp", "get_current_timestamp", "transaction_timestamp");
    private static final Set<String> LOCAL_NOW = Set.of("localtimestamp", "current_localtimestamp");
    private static final Set<String> TODAY = Set.of("current_date", "today");
    private static final Pattern INTERVAL =
            Pattern.compile("(-?\\d{1,6}) (year|month|week|day|hour|minute|second)s?", Pattern.CASE_INSENSITIVE);
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,6}");

    private final List<Parameter> parameters;
    private final Predicate<String> isColumn;
    private final long earliest;
    private final long latest;
    private long now;
    private int moments;

    /** @param isColumn whether a name without brackets, such as current_date, may be a column's */
    ConstantFolding(List<Parameter> parameters, Instant now, Predicate<String> isColumn) {
        this.parameters = parameters;
        this.isColumn = isColumn;
        this.earliest = Math.floorDiv(micros(now.minus(EARLIEST)), ROUND_MICROS) * ROUND_MICROS;
        this.latest = Math.ceilDiv(micros(now.plus(LATEST)), ROUND_MICROS) * ROUND_MICROS;
    }

    /** A value, or the two ends between which it will lie. */
    record Operand(Constant least, Constant most) {
        boolean isSettled() {
            return least.equals(most);
        }

        static Operand of(Constant constant) {
            return new Operand(constant, constant);
        }
    }

    /** The names that mean the moment when no column has them. */
    static boolean isMoment(String name) {
        return ZONED_NOW.contains(name) || LOCAL_NOW.contains(name) || TODAY.contains(name);
    }

    private static long micros(Instant at) {
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }

    Optional<Operand> operand(JsonNode node) {
        try {
            now = earliest;
            moments = 0;
            Optional<Constant> first = value(node);
            if (first.isEmpty() || moments == 0) {
                return first.map(Operand::of);
            }
            if (moments > 1 || first.get().kind() == Kind.INTERVAL) {
                return Optional.empty();
            }
            now = latest;
            Optional<Constant> last = value(node);
            return last.map(other -> first.get().compareTo(other) <= 0
                    ? new Operand(first.get(), other)
                    : new Operand(other, first.get()));
        } catch (ArithmeticException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private Optional<Constant> value(JsonNode node) {
        return switch (node.path("class").asString("")) {
            case "CONSTANT" -> literal(node.path("literal"));
            case "PARAMETER" -> parameter(node.path("identifier").asString(""));
            case "CAST" -> cast(node);
            case "FUNCTION" -> function(node);
            case "COLUMN_REF" -> named(node.path("column_names"));
            default -> Optional.empty();
        };
    }

    private static Optional<Constant> literal(JsonNode literal) {
        String text = literal.path("text").asString("");
        return switch (literal.path("kind").asString("")) {
            case "INTEGER", "NUMERIC" -> Constant.number(text);
            case "STRING" -> Optional.of(Constant.text(text));
            case "BOOLEAN" -> Optional.of(new Constant(Kind.BOOLEAN, Boolean.valueOf(text)));
            default -> Optional.empty();
        };
    }

    private Optional<Constant> parameter(String identifier) {
        int number = identifier.matches("\\d{1,4}") ? Integer.parseInt(identifier) : 0;
        return number < 1 || number > parameters.size() ? Optional.empty() : Constant.of(parameters.get(number - 1));
    }

    private Optional<Constant> named(JsonNode path) {
        String name = path.size() == 1 ? path.get(0).asString("").toLowerCase(Locale.ROOT) : "";
        return isMoment(name) && !isColumn.test(name) ? moment(name) : Optional.empty();
    }

    private Optional<Constant> moment(String name) {
        moments++;
        if (ZONED_NOW.contains(name)) {
            return Optional.of(new Constant(Kind.ZONED, now));
        }
        return Optional.of(
                LOCAL_NOW.contains(name)
                        ? new Constant(Kind.TIMESTAMP, now)
                        : new Constant(Kind.DATE, ColumnStep.DAY.floor(now)));
    }

    /** The name of a type that has no arguments, in lower case; empty for others. */
    static String castType(JsonNode cast) {
        JsonNode type = cast.path("type_expr");
        return cast.path("try_cast").asBoolean(false)
                        || !type.path("children").isEmpty()
                        || type.path("qualified_name").path("path").size() > 1
                ? ""
                : type.path("type_name").asString("").toLowerCase(Locale.ROOT);
    }

    private Optional<Constant> cast(JsonNode node) {
        String type = castType(node);
        JsonNode child = node.path("child");
        if (type.equals("interval")) {
            return literal(child.path("literal"))
                    .filter(text -> text.kind() == Kind.TEXT)
                    .flatMap(text -> interval(text.text()));
        }
        Optional<Constant> value = value(child);
        return switch (type) {
            case "date" -> value.flatMap(ConstantFolding::asDate);
            case "timestamp", "timestamp without time zone", "datetime" ->
                value.flatMap(known -> asMoment(known, Kind.TIMESTAMP));
            case "timestamptz", "timestamp with time zone" -> value.flatMap(known -> asMoment(known, Kind.ZONED));
            case "varchar", "text", "string" -> value.filter(known -> known.kind() == Kind.TEXT);
            case "integer", "int", "int4", "bigint", "int8", "long" ->
                value.filter(known -> known.kind() == Kind.NUMBER && isWhole(known));
            default -> Optional.empty();
        };
    }

    private static boolean isWhole(Constant number) {
        return number.number().stripTrailingZeros().scale() <= 0;
    }

    private static Optional<Constant> asDate(Constant value) {
        return switch (value.kind()) {
            case TEXT -> Constant.date(value.text());
            case DATE, TIMESTAMP, ZONED -> Optional.of(new Constant(Kind.DATE, ColumnStep.DAY.floor(value.micros())));
            case NUMBER, BOOLEAN, INTERVAL -> Optional.empty();
        };
    }

    private static Optional<Constant> asMoment(Constant value, Kind kind) {
        return switch (value.kind()) {
            case TEXT -> Constant.moment(value.text(), kind);
            case DATE, TIMESTAMP, ZONED -> Optional.of(new Constant(kind, value.value()));
            case NUMBER, BOOLEAN, INTERVAL -> Optional.empty();
        };
    }

    /** What a function is called with; empty when it has more than plain arguments. */
    static List<JsonNode> arguments(JsonNode function) {
        List<JsonNode> arguments = new ArrayList<>();
        function.path("arguments").forEach(argument -> arguments.add(argument.path("expression")));
        boolean plain = !function.has("filter") && !function.path("distinct").asBoolean(false);
        return plain ? arguments : List.of();
    }

    private Optional<Constant> function(JsonNode node) {
        String name = SyntaxTree.functionName(node);
        List<JsonNode> arguments = arguments(node);
        if (arguments.isEmpty()) {
            return isMoment(name) ? moment(name) : Optional.empty();
        }
        return switch (name) {
            case "+", "-", "*" -> arithmetic(name, arguments);
            case "date_trunc", "datetrunc" -> arguments.size() == 2 ? cut(arguments) : Optional.empty();
            case "make_date" -> arguments.size() == 3 ? day(arguments) : Optional.empty();
            case "to_years" -> span(arguments).map(n -> interval(n * 12, 0, 0));
            case "to_months" -> span(arguments).map(n -> interval(n, 0, 0));
            case "to_weeks" -> span(arguments).map(n -> interval(0, n * 7, 0));
            case "to_days" -> span(arguments).map(n -> interval(0, n, 0));
            case "to_hours" -> span(arguments).map(n -> interval(0, 0, n * 3_600L));
            case "to_minutes" -> span(arguments).map(n -> interval(0, 0, n * 60L));
            case "to_seconds" -> span(arguments).map(n -> interval(0, 0, n));
            default -> Optional.empty();
        };
    }

    private static Constant interval(int months, int days, long seconds) {
        return new Constant(Kind.INTERVAL, new Interval(months, days, seconds * 1_000_000));
    }

    private static Optional<Constant> interval(String text) {
        Matcher matcher = INTERVAL.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int n = Integer.parseInt(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
                    case "year" -> interval(n * 12, 0, 0);
                    case "month" -> interval(n, 0, 0);
                    case "week" -> interval(0, n * 7, 0);
                    case "day" -> interval(0, n, 0);
                    case "hour" -> interval(0, 0, n * 3_600L);
                    case "minute" -> interval(0, 0, n * 60L);
                    default -> interval(0, 0, n);
                });
    }

    /** The whole number that an interval is made of; the parser puts casts around it. */
    private static Optional<Integer> span(List<JsonNode> arguments) {
        JsonNode node = arguments.getFirst();
        while (!node.path("class").asString("").equals("CONSTANT")) {
            boolean cast = node.path("class").asString("").equals("CAST");
            List<JsonNode> inner = cast ? List.of(node.path("child")) : arguments(node);
            if (inner.size() != 1 || !(cast || SyntaxTree.functionName(node).equals("trunc"))) {
                return Optional.empty();
            }
            node = inner.getFirst();
        }
        String text = node.path("literal").path("text").asString("");
        return arguments.size() == 1 && WHOLE.matcher(text).matches()
                ? Optional.of(Integer.parseInt(text))
                : Optional.empty();
    }

    private Optional<Constant> cut(List<JsonNode> arguments) {
        Optional<ColumnStep> step = unit(arguments.getFirst()).flatMap(ColumnStep::cutting);
        Optional<Constant> moment =
                value(arguments.getLast()).filter(value -> value.kind().isMoment());
        return step.isEmpty()
                ? Optional.empty()
                : moment.map(at -> new Constant(
                        at.kind() == Kind.ZONED ? Kind.ZONED : Kind.TIMESTAMP,
                        step.get().floor(at.micros())));
    }

    /** The unit that a function is told, as it is written. */
    static Optional<String> unit(JsonNode argument) {
        return literal(argument.path("literal"))
                .filter(text -> text.kind() == Kind.TEXT)
                .map(Constant::text);
    }

    private Optional<Constant> day(List<JsonNode> arguments) {
        List<Integer> parts = arguments.stream()
                .map(this::value)
                .flatMap(Optional::stream)
                .filter(part -> part.kind() == Kind.NUMBER && isWhole(part))
                .map(part -> part.number().intValueExact())
                .toList();
        return parts.size() < 3 || parts.getFirst() < 1 || parts.getFirst() > 9_999
                ? Optional.empty()
                : Optional.of(new Constant(
                        Kind.DATE,
                        Constant.micros(LocalDate.of(parts.get(0), parts.get(1), parts.get(2))
                                .atStartOfDay())));
    }

    private Optional<Constant> arithmetic(String sign, List<JsonNode> arguments) {
        Optional<Constant> first = value(arguments.getFirst());
        if (arguments.size() == 1) {
            return first.filter(value -> sign.equals("-") && value.kind() == Kind.NUMBER)
                    .map(value -> new Constant(Kind.NUMBER, value.number().negate()));
        }
        Optional<Constant> second = value(arguments.getLast());
        return first.isEmpty() || second.isEmpty() || arguments.size() != 2
                ? Optional.empty()
                : result(sign, first.get(), second.get());
    }

    private static Optional<Constant> result(String sign, Constant first, Constant second) {
        boolean minus = sign.equals("-");
        if (first.kind() == Kind.NUMBER && second.kind() == Kind.NUMBER) {
            BigDecimal result = switch (sign) {
                case "+" -> first.number().add(second.number());
                case "-" -> first.number().subtract(second.number());
                default -> first.number().multiply(second.number());
            };
            return Constant.number(result.toPlainString());
        }
        if (sign.equals("*")) {
            return Optional.empty();
        }
        if (first.kind() == Kind.DATE && second.kind() == Kind.NUMBER && isWhole(second)) {
            long days = second.number().longValueExact();
            return Optional.of(new Constant(
                    Kind.DATE,
                    Math.addExact(first.micros(), Math.multiplyExact(minus ? -days : days, Constant.DAY_MICROS))));
        }
        if (first.kind().isMoment() && second.kind() == Kind.INTERVAL) {
            Interval span = (Interval) second.value();
            Interval signed = minus ? span.negated() : span;
            long day = Constant.micros(first.time().plusMonths(signed.months()).plusDays(signed.days()));
            return Optional.of(new Constant(
                    first.kind() == Kind.DATE ? Kind.TIMESTAMP : first.kind(), Math.addExact(day, signed.micros())));
        }
        return Optional.empty();
    }
}

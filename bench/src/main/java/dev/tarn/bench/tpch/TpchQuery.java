package dev.tarn.bench.tpch;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the 22, with the standard's validation parameters.
 *
 * @param name as {@code q01}
 * @param order the columns of the result that its outermost ORDER BY names; rows that agree in them may come in any order
 * @param limit its outermost LIMIT: which rows of the last such group come is then anyone's choice
 */
record TpchQuery(String name, String sql, List<String> order, OptionalInt limit) {
    private static final int COUNT = 22;
    private static final String ORDER_LINE = "-- order by:";
    private static final Pattern LIMIT = Pattern.compile("^LIMIT (\\d+)$", Pattern.MULTILINE);

    static List<TpchQuery> all(BigDecimal scale) throws IOException {
        List<TpchQuery> queries = new ArrayList<>();
        for (int number = 1; number <= COUNT; number++) {
            queries.add(read("q%02d".formatted(number), scale));
        }
        return queries;
    }

    private static TpchQuery read(String name, BigDecimal scale) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(TpchQuery.class.getResourceAsStream("/tpch/" + name + ".sql"), name)) {
            return parse(name, new String(file.readAllBytes(), StandardCharsets.UTF_8), scale);
        }
    }

    /** The first line is a comment that names the order; {@code {fraction}} is query 11's, which shrinks as data grows. */
    static TpchQuery parse(String name, String text, BigDecimal scale) {
        int firstLine = text.indexOf('\n');
        if (!text.startsWith(ORDER_LINE)) {
            throw new IllegalArgumentException(name + ".sql does not begin with \"" + ORDER_LINE + "\"");
        }
        List<String> order = Arrays.stream(
                        text.substring(ORDER_LINE.length(), firstLine).split(",", -1))
                .map(String::strip)
                .filter(column -> !column.isEmpty())
                .toList();
        String fraction =
                new BigDecimal("0.0001").divide(scale, MathContext.DECIMAL64).toPlainString();
        String sql = text.substring(firstLine + 1).strip().replace("{fraction}", fraction);
        Matcher limit = LIMIT.matcher(sql);
        return new TpchQuery(
                name,
                sql,
                order,
                limit.find() ? OptionalInt.of(Integer.parseInt(limit.group(1))) : OptionalInt.empty());
    }
}

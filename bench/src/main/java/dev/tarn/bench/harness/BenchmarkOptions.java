package dev.tarn.bench.harness;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * What all benchmarks may be told.
 *
 * @param root the folder of the installation
 * @param data where generated data is kept between runs
 * @param scale how much data; 1 is about a gigabyte of CSV in TPC-H
 * @param rounds measured rounds after the warm-up
 */
public record BenchmarkOptions(Path root, Path data, BigDecimal scale, int rounds) {
    private static final BigDecimal SMALLEST = new BigDecimal("0.001");
    private static final BigDecimal LARGEST = new BigDecimal("100");
    private static final int MOST_ROUNDS = 100;

    /** Reads {@code [--scale N] [--data DIR] [--rounds N]}. */
    public static BenchmarkOptions parse(Path root, List<String> arguments) throws BenchmarkException {
        BenchmarkOptions options = new BenchmarkOptions(root, root.resolve("bench/target/data"), BigDecimal.ONE, 3);
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String name = rest.next();
            if (!rest.hasNext()) {
                throw new BenchmarkException(
                        name + " needs a value, or is no option; there are --scale, --data, --rounds");
            }
            options = options.with(name, rest.next());
        }
        return options;
    }

    private BenchmarkOptions with(String name, String value) throws BenchmarkException {
        return switch (name) {
            case "--data" ->
                new BenchmarkOptions(root, Path.of(value).toAbsolutePath().normalize(), scale, rounds);
            case "--scale" ->
                new BenchmarkOptions(
                        root, data, number(name, value, SMALLEST, LARGEST).stripTrailingZeros(), rounds);
            case "--rounds" ->
                new BenchmarkOptions(
                        root,
                        data,
                        scale,
                        number(name, value, BigDecimal.ONE, BigDecimal.valueOf(MOST_ROUNDS))
                                .intValue());
            default -> throw new BenchmarkException("Unknown option " + name + "; there are --scale, --data, --rounds");
        };
    }

    private static BigDecimal number(String name, String value, BigDecimal least, BigDecimal most)
            throws BenchmarkException {
        try {
            BigDecimal number = new BigDecimal(value);
            if (number.compareTo(least) >= 0 && number.compareTo(most) <= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, with the same words.
        }
        throw new BenchmarkException("%s is %s; it must be a number from %s to %s".formatted(name, value, least, most));
    }
}

package dev.tarn.usage;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a unit of each use costs, in US dollars, as it is kept with every entry: a later price does not change an earlier cost.
 * All sums are exact, since no price is divided by anything but powers of ten.
 */
record Prices(
        BigDecimal call,
        BigDecimal statement,
        BigDecimal scannedTerabyte,
        BigDecimal loadedTerabyte,
        BigDecimal jobSecond,
        BigDecimal millionTokens) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final BigDecimal ZERO = BigDecimal.ZERO;
    static final Prices NOTHING = new Prices(ZERO, ZERO, ZERO, ZERO, ZERO, ZERO);

    static Prices of(PriceSettings settings) {
        return new Prices(
                settings.call(),
                settings.statement(),
                settings.scannedTerabyte(),
                settings.loadedTerabyte(),
                settings.jobSecond(),
                settings.millionTokens());
    }

    /** The prices of {@link #text}. */
    static Prices of(Optional<String> text) {
        if (text.isEmpty()) {
            return NOTHING;
        }
        String[] prices = JSON.readValue(text.get(), String[].class);
        return new Prices(
                new BigDecimal(prices[0]),
                new BigDecimal(prices[1]),
                new BigDecimal(prices[2]),
                new BigDecimal(prices[3]),
                new BigDecimal(prices[4]),
                new BigDecimal(prices[5]));
    }

    /** A JSON list of decimals in the order of the record; empty when nothing costs anything. */
    Optional<String> text() {
        List<BigDecimal> all = List.of(call, statement, scannedTerabyte, loadedTerabyte, jobSecond, millionTokens);
        return all.stream().allMatch(price -> price.signum() == 0)
                ? Optional.empty()
                : Optional.of(JSON.writeValueAsString(all.stream()
                        .map(Prices::plain)
                        .map(BigDecimal::toPlainString)
                        .toList()));
    }

    /** What so much costs. */
    BigDecimal cost(UsageAmount amount) {
        return plain(call.multiply(BigDecimal.valueOf(amount.calls()))
                .add(statement.multiply(BigDecimal.valueOf(amount.statements())))
                .add(scannedTerabyte.multiply(BigDecimal.valueOf(amount.bytesScanned(), 12)))
                .add(loadedTerabyte.multiply(BigDecimal.valueOf(amount.bytesLoaded(), 12)))
                .add(jobSecond.multiply(BigDecimal.valueOf(amount.jobMs(), 3)))
                .add(millionTokens.multiply(BigDecimal.valueOf(amount.modelTokens(), 6))));
    }

    /** Without zeros at the end of the fraction. */
    static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}

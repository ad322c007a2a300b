package dev.tarn.usage;

import java.math.BigDecimal;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is shown as the cost of a use, in US dollars. A new price holds for what is used from then on.
 *
 * @param call of one call of any contract
 * @param statement of one statement
 * @param scannedTerabyte of 1,000,000,000,000 bytes that statements read from tables
 * @param loadedTerabyte of 1,000,000,000,000 bytes of files that are loaded
 * @param jobSecond of one second of a load or of other work in the background
 * @param millionTokens of 1,000,000 tokens of a language model
 */
@ConfigurationProperties("tarn.usage.price")
public record PriceSettings(
        @DefaultValue("0") BigDecimal call,
        @DefaultValue("0") BigDecimal statement,
        @DefaultValue("0") BigDecimal scannedTerabyte,
        @DefaultValue("0") BigDecimal loadedTerabyte,
        @DefaultValue("0") BigDecimal jobSecond,
        @DefaultValue("0") BigDecimal millionTokens) {
    public PriceSettings {
        if (Stream.of(call, statement, scannedTerabyte, loadedTerabyte, jobSecond, millionTokens)
                .anyMatch(price -> price.signum() < 0 || price.precision() > 30 || Math.abs(price.scale()) > 30)) {
            throw new IllegalArgumentException("A price of tarn.usage.price is a decimal number of 0 or more");
        }
    }
}

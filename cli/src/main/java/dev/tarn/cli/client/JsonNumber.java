package dev.tarn.cli.client;

import java.math.BigDecimal;

/** A number exactly as it was written: no digit of a BIGINT or a DECIMAL(38,10) passes through binary floating point. */
public record JsonNumber(String literal) {

    public long asLong() {
        return new BigDecimal(literal).longValue();
    }

    @Override
    public String toString() {
        return literal;
    }
}

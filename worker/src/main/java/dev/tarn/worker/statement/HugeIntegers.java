package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** DuckDB exports HUGEINT as DECIMAL(38,0) without a look at the values, which may have 39 digits. */
final class HugeIntegers {
    /** Upper half of 10^38: below it, in either direction, a value surely has at most 38 digits. */
    private static final long SAFE_HIGH = BigInteger.TEN.pow(38).shiftRight(64).longValueExact();

    private static final BigDecimal LIMIT = BigDecimal.TEN.pow(38);

    private HugeIntegers() {}

    static void check(VectorSchemaRoot rows) throws TaskFailedException {
        for (FieldVector vector : rows.getFieldVectors()) {
            check(vector);
        }
    }

    private static void check(FieldVector vector) throws TaskFailedException {
        if (vector instanceof DecimalVector decimals && decimals.getScale() == 0 && decimals.getPrecision() == 38) {
            checkValues(decimals);
        }
        for (FieldVector child : vector.getChildrenFromFields()) {
            check(child);
        }
    }

    private static void checkValues(DecimalVector vector) throws TaskFailedException {
        for (int row = 0; row < vector.getValueCount(); row++) {
            long high = vector.getDataBuffer().getLong(row * 16L + 8);
            if ((high >= SAFE_HIGH || high < -SAFE_HIGH)
                    && !vector.isNull(row)
                    && vector.getObject(row).abs().compareTo(LIMIT) >= 0) {
                throw new TaskFailedException(Failure.of(
                        Kind.TYPE, "The number " + vector.getObject(row).toPlainString() + " has more than 38 digits"));
            }
        }
    }
}

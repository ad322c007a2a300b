package dev.tarn.worker.duckdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBScalarFunctionBuilder;

/**
 * The hash that Iceberg sorts values into buckets by: Murmur3 of 32 bits, seed 0. The engine's own hashes are others, so it calls
 * these, a vector at a time. No name of theirs is on the list of functions that a statement may call.
 */
final class BucketHash {
    static final String OF_NUMBER = "tarn_bucket_of_number";
    static final String OF_TEXT = "tarn_bucket_of_text";
    static final String OF_HEX = "tarn_bucket_of_hex";
    static final String OF_UNSCALED = "tarn_bucket_of_unscaled";

    private static final int C1 = 0xcc9e2d51;
    private static final int C2 = 0x1b873593;

    private BucketHash() {}

    private interface Hash {
        int of(DuckDBReadableVector values, long row);
    }

    /** Before the instance is locked; each takes a value, or none, and answers the hash as INTEGER. */
    static void register(Connection connection) throws SQLException {
        add(connection, OF_NUMBER, DuckDBColumnType.BIGINT, (values, row) -> of(values.getLong(row)));
        add(
                connection,
                OF_TEXT,
                DuckDBColumnType.VARCHAR,
                (values, row) -> of(values.getString(row).getBytes(UTF_8)));
        add(
                connection,
                OF_HEX,
                DuckDBColumnType.VARCHAR,
                (values, row) -> of(HexFormat.of().parseHex(values.getString(row))));
        add(
                connection,
                OF_UNSCALED,
                DuckDBColumnType.VARCHAR,
                (values, row) -> of(new BigInteger(values.getString(row)).toByteArray()));
    }

    private static void add(Connection connection, String name, DuckDBColumnType type, Hash hash) throws SQLException {
        try (DuckDBScalarFunctionBuilder function = DuckDBFunctions.scalarFunction()) {
            function.withName(name)
                    .withParameter(type)
                    .withReturnType(DuckDBColumnType.INTEGER)
                    .withVectorizedFunction((input, output) -> {
                        DuckDBReadableVector values = input.vector(0);
                        long rows = input.rowCount();
                        for (long row = 0; row < rows; row++) {
                            if (values.isNull(row)) {
                                output.setNull(row);
                            } else {
                                output.setInt(row, hash.of(values, row));
                            }
                        }
                    })
                    .register(connection);
        }
    }

    /** Of the eight bytes, the lowest first. */
    static int of(long value) {
        int hash = mixed(0, (int) value);
        hash = mixed(hash, (int) (value >>> 32));
        return ended(hash, Long.BYTES);
    }

    static int of(byte[] bytes) {
        int hash = 0;
        int whole = bytes.length & ~3;
        for (int i = 0; i < whole; i += 4) {
            hash = mixed(hash, word(bytes, i, 4));
        }
        if (whole < bytes.length) {
            hash ^= scrambled(word(bytes, whole, bytes.length - whole));
        }
        return ended(hash, bytes.length);
    }

    private static int word(byte[] bytes, int from, int count) {
        int word = 0;
        for (int i = 0; i < count; i++) {
            word |= (bytes[from + i] & 0xff) << (8 * i);
        }
        return word;
    }

    private static int scrambled(int word) {
        return Integer.rotateLeft(word * C1, 15) * C2;
    }

    private static int mixed(int hash, int word) {
        return Integer.rotateLeft(hash ^ scrambled(word), 13) * 5 + 0xe6546b64;
    }

    private static int ended(int hash, int length) {
        int end = hash ^ length;
        end = (end ^ (end >>> 16)) * 0x85ebca6b;
        end = (end ^ (end >>> 13)) * 0xc2b2ae35;
        return end ^ (end >>> 16);
    }
}

package dev.tarn.system;

import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Files for loads. */
final class Csv {
    static final String HEADER = "id,name,amount,at\n";

    private Csv() {}

    /** Rows with ids from one number to another (exclusive), with their header. */
    static String of(long from, long to) {
        return HEADER + rows(from, to);
    }

    /** The same without a header. */
    static String rows(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(id -> "%d,name %d,%d.%02d,2026-11-%02dT10:00:00%n"
                        .formatted(id, id * 7919 % 1000, id, id % 100, 1 + id % 30))
                .collect(Collectors.joining());
    }
}

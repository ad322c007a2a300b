package dev.tarn.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What a statement read.
 *
 * @param bytesScanned compressed bytes of the column chunks that it read
 * @param tables a table that it names twice is there twice
 */
public record Reading(long bytesScanned, List<TableRead> tables) {
    /** Of a statement that reads no table. */
    public static final Reading NONE = new Reading(0, List.of());

    public Reading {
        tables = List.copyOf(tables);
    }

    /**
     * What it read of a table.
     *
     * @param name its full name
     * @param files which of them; empty for whoever may see a part of the statement's tables alone, because which files are skipped
     *     tells of the values in them
     */
    public record TableRead(String name, Optional<FilesRead> files) {}

    /**
     * Data files of a table's version.
     *
     * @param planned those that may have held a wanted row
     * @param total those of the version
     * @param conditions why the others cannot
     */
    public record FilesRead(long planned, long total, List<String> conditions) {
        public FilesRead {
            conditions = List.copyOf(conditions);
        }
    }

    /** What several statements have read together. */
    public static Reading of(List<Reading> readings) {
        return new Reading(
                readings.stream().mapToLong(Reading::bytesScanned).sum(),
                readings.stream().flatMap(reading -> reading.tables.stream()).toList());
    }

    /** The full names of the tables. */
    public List<String> tableNames() {
        return tables.stream().map(TableRead::name).distinct().toList();
    }

    /** How many files of all tables may have held a wanted row. */
    public long filesPlanned() {
        return sum(FilesRead::planned);
    }

    /** How many files all tables have. */
    public long filesTotal() {
        return sum(FilesRead::total);
    }

    private long sum(ToLongFunction<FilesRead> figure) {
        return tables.stream()
                .flatMap(table -> table.files().stream())
                .mapToLong(figure)
                .sum();
    }
}

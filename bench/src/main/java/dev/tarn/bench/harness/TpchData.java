package dev.tarn.bench.harness;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The eight tables as CSV files with a header. A file is there when it is complete, so a second run makes nothing. */
public final class TpchData {
    private TpchData() {}

    /** A table and its file. */
    public record Table(String name, Path file) {}

    /** Makes what is missing of all eight. */
    public static List<Table> make(Path data, BigDecimal scale) throws IOException {
        List<Table> tables = new ArrayList<>();
        for (TpchTable<?> table : TpchTable.getTables()) {
            tables.add(make(data, scale, table));
        }
        return tables;
    }

    /** Makes one when it is missing. */
    public static Table make(Path data, BigDecimal scale, TpchTable<?> table) throws IOException {
        Path folder = Files.createDirectories(data.resolve("tpch-sf" + scale.toPlainString()));
        Path file = folder.resolve(table.getTableName() + ".csv");
        if (!Files.exists(file)) {
            Figures.say("Making " + file);
            write(table, scale, file);
        }
        return new Table(table.getTableName(), file);
    }

    private static <E extends TpchEntity> void write(TpchTable<E> table, BigDecimal scale, Path file)
            throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        List<TpchColumn<E>> columns = table.getColumns();
        try (BufferedWriter out = Files.newBufferedWriter(part)) {
            out.write(columns.stream().map(TpchColumn::getColumnName).collect(Collectors.joining(",")));
            out.write('\n');
            StringBuilder line = new StringBuilder();
            for (E row : table.createGenerator(scale.doubleValue(), 1, 1)) {
                line.setLength(0);
                for (TpchColumn<E> column : columns) {
                    append(line, column, row).append(',');
                }
                line.setCharAt(line.length() - 1, '\n');
                out.append(line);
            }
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static <E extends TpchEntity> StringBuilder append(StringBuilder line, TpchColumn<E> column, E row) {
        return switch (column.getType().getBase()) {
            case IDENTIFIER -> line.append(column.getIdentifier(row));
            case INTEGER -> line.append(column.getInteger(row));
            case DATE -> line.append(LocalDate.ofEpochDay(column.getDate(row)));
            case DOUBLE -> appendCents(line, Math.round(column.getDouble(row) * 100));
            case VARCHAR -> appendText(line, column.getString(row));
        };
    }

    /** Every DOUBLE of the generator is one of the standard's decimals with two digits after the point. */
    private static StringBuilder appendCents(StringBuilder line, long cents) {
        long amount = Math.abs(cents);
        line.append(cents < 0 ? "-" : "").append(amount / 100).append('.');
        return line.append(amount % 100 < 10 ? "0" : "").append(amount % 100);
    }

    private static StringBuilder appendText(StringBuilder line, String text) {
        boolean plain = text.indexOf(',') < 0 && text.indexOf('"') < 0;
        return plain
                ? line.append(text)
                : line.append('"').append(text.replace("\"", "\"\"")).append('"');
    }
}

package dev.tarn.worker.statement;

import dev.tarn.worker.protocol.RowPlaces;
import dev.tarn.worker.protocol.SourceFile;
import dev.tarn.worker.protocol.TableSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Columns beside those of a table that say where a row is: the number of its file, and its place in that. */
record PlaceColumns(RowPlaces names, Map<String, Integer> numbers) implements FileRows.Besides {

    /** None for a table whose rows are read alone. */
    static Optional<PlaceColumns> of(TableSource table) {
        return table.places().map(names -> of(table, names));
    }

    static PlaceColumns of(TableSource table, RowPlaces names) {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < table.files().size(); i++) {
            numbers.put(table.files().get(i).path(), i);
        }
        return new PlaceColumns(names, numbers);
    }

    static List<String> names(TableSource table) {
        return table.places()
                .map(places -> List.of(places.file(), places.row()))
                .orElse(List.of());
    }

    @Override
    public List<FileRows.Beside> of(EvolvedColumns columns, List<SourceFile> files) {
        List<Integer> known = files.stream()
                .map(file -> Objects.requireNonNull(numbers.get(file.path())))
                .toList();
        return List.of(
                new FileRows.Beside(names.file(), "CAST(" + number(known) + " AS BIGINT)"),
                new FileRows.Beside(names.row(), "file_row_number"));
    }

    /** Most often the numbers follow each other. */
    private static String number(List<Integer> numbers) {
        if (numbers.isEmpty()) {
            return "NULL";
        }
        int first = numbers.getFirst();
        boolean follow = IntStream.range(0, numbers.size()).allMatch(i -> numbers.get(i) == first + i);
        return follow
                ? "file_index + " + first
                : ofFile(numbers.stream().map(String::valueOf).toList());
    }

    /** A number of each file. */
    static String ofFile(List<String> numbers) {
        return numbers.stream().collect(Collectors.joining(", ", "(CAST([", "] AS BIGINT[]))"))
                + "[CAST(file_index AS BIGINT) + 1]";
    }
}

package dev.tarn.worker.statement;

import dev.tarn.worker.protocol.ChangeTask.FileLineage;
import dev.tarn.worker.protocol.SourceColumn;
import dev.tarn.worker.protocol.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The id that a row keeps for life, and the commit that last changed it: in the file itself when the row came from another file, else
 * by the row's place in the file that it was born in.
 */
record RowLineage(PlaceColumns places, List<FileLineage> files) implements FileRows.Besides {
    static final String ID_NAME = "_row_id";
    static final String SEQUENCE_NAME = "_last_updated_sequence_number";

    private static final SourceColumn ID = new SourceColumn(2_147_483_540, ID_NAME, "BIGINT", List.of(), List.of());
    private static final SourceColumn SEQUENCE =
            new SourceColumn(2_147_483_539, SEQUENCE_NAME, "BIGINT", List.of(), List.of());

    String id() {
        return places.names().file() + "_id";
    }

    String sequence() {
        return places.names().file() + "_sequence";
    }

    @Override
    public List<FileRows.Beside> of(EvolvedColumns columns, List<SourceFile> some) {
        List<FileRows.Beside> besides = new ArrayList<>(places.of(columns, some));
        Map<String, Integer> numbers = places.numbers();
        List<FileLineage> known = some.stream()
                .map(file -> files.get(Objects.requireNonNull(numbers.get(file.path()))))
                .toList();
        String first = PlaceColumns.ofFile(known.stream()
                .map(file -> file.firstRowId() < 0 ? "NULL" : String.valueOf(file.firstRowId()))
                .toList());
        String sequence = PlaceColumns.ofFile(
                known.stream().map(file -> String.valueOf(file.sequence())).toList());
        besides.add(new FileRows.Beside(id(), "coalesce(" + columns.of(ID) + ", " + first + " + file_row_number)"));
        besides.add(new FileRows.Beside(sequence(), "coalesce(" + columns.of(SEQUENCE) + ", " + sequence + ")"));
        return besides;
    }
}

package dev.tarn.worker.load;

import dev.tarn.worker.protocol.Preview;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a preview fit into one message: thousands of columns of long texts would be larger than that. */
final class PreviewCells {
    private static final int MOST_CHARACTERS = 3_000_000;
    private static final int FEWEST_A_CELL = 10;

    private PreviewCells() {}

    static Preview fitted(Preview preview) {
        long characters = 0;
        long cells = 1;
        for (List<@Nullable String> row : preview.rows()) {
            for (String cell : row) {
                characters += cell == null ? 0 : cell.length();
                cells++;
            }
        }
        if (characters <= MOST_CHARACTERS) {
            return preview;
        }
        int most = (int) Math.max(FEWEST_A_CELL, MOST_CHARACTERS / cells);
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (List<@Nullable String> row : preview.rows()) {
            List<@Nullable String> cut = new ArrayList<>();
            for (String cell : row) {
                cut.add(cell == null ? null : Faults.cut(cell, most));
            }
            rows.add(Collections.unmodifiableList(cut));
        }
        return new Preview(preview.options(), preview.files(), preview.columns(), rows, preview.warnings());
    }
}

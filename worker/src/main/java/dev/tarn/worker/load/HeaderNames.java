package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Column names as a table can have them: none blank, none twice even when case is ignored, every other exactly as it is. */
final class HeaderNames {
    private static final int LONGEST = 1_000;

    private HeaderNames() {}

    /** Refuses what is no name but a line of something else. */
    static void check(List<String> names) throws TaskFailedException {
        for (String name : names) {
            if (name.length() > LONGEST) {
                throw Faults.file("A column's name would have " + name.length() + " characters, and " + LONGEST
                        + " are the most; is the first line a header, and is the delimiter right?");
            }
        }
    }

    static List<String> of(List<String> cells) {
        Set<String> taken = new HashSet<>();
        boolean[] kept = new boolean[cells.size()];
        for (int i = 0; i < cells.size(); i++) {
            kept[i] = !cells.get(i).isBlank() && taken.add(folded(cells.get(i)));
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            names.add(kept[i] ? cell : cell.isBlank() ? free("column_" + (i + 1), "", taken) : free(cell, "_1", taken));
        }
        return names;
    }

    static List<String> numbered(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add("column_" + i);
        }
        return names;
    }

    private static String free(String name, String firstSuffix, Set<String> taken) {
        String candidate = name + firstSuffix;
        for (int suffix = firstSuffix.isEmpty() ? 1 : 2; !taken.add(folded(candidate)); suffix++) {
            candidate = name + "_" + suffix;
        }
        return candidate;
    }

    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}

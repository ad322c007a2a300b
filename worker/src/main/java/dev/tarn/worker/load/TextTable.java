package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.LoadTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The columns that files of text become, all that is known of them but their types. */
record TextTable(
        LoadContext context,
        TextSources sources,
        Union union,
        List<Column> columns,
        Notations notations,
        NullWords nulls) {

    static TextTable of(LoadContext context, TextSources sources) throws TaskFailedException, IOException {
        LoadTask task = context.task();
        Notations notations = Notations.of(sources.options());
        NullWords nulls = NullWords.of(task.options().nullWords());
        boolean header = header(context, sources, notations, nulls);
        Union union = Union.of(sources, header, task.target());
        return new TextTable(context, sources, union, TableColumns.of(union, task), notations, nulls);
    }

    private static boolean header(LoadContext context, TextSources sources, Notations notations, NullWords nulls)
            throws TaskFailedException, IOException {
        LoadTask task = context.task();
        Boolean told = task.options().header();
        if (told != null) {
            return told;
        }
        TextSource first = sources.all().getFirst();
        try {
            return !task.target().isEmpty() || HeaderGuess.of(first, notations, nulls, context.skips());
        } catch (TaskFailedException e) {
            throw sources.all().size() > 1 ? Faults.in(first.name(), e) : e;
        }
    }

    /** Looks at so many records of each file, and at no more than so many bytes of its text. */
    Profile profile(long records, long bytes) throws TaskFailedException, IOException {
        return new Profile(union, columns, notations, nulls, context.skips()).read(context, records, bytes);
    }

    List<String> warnings() {
        List<String> warnings = new ArrayList<>(sources.warnings());
        warnings.addAll(union.warnings());
        return warnings;
    }

    /** All options, as they were told or found. */
    FileOptions options(Layout layout) {
        FileOptions found = sources.options();
        return new FileOptions(
                found.format(),
                found.encoding(),
                found.delimiter(),
                found.quote(),
                found.escape(),
                found.comment(),
                union.header(),
                found.skipLines(),
                String.valueOf(layout.notation().decimal()),
                layout.notation().thousands(),
                layout.notation().dateOrder(),
                nulls.texts(),
                found.sheet(),
                found.range());
    }
}

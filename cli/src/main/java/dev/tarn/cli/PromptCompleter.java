package dev.tarn.cli;

import java.util.List;
import java.util.Locale;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Keywords, tables by each of their names, and the columns of all tables. */
final class PromptCompleter implements Completer {
    private static final List<String> KEYWORDS = List.of(
            "select",
            "from",
            "where",
            "group by",
            "order by",
            "having",
            "limit",
            "offset",
            "join",
            "left join",
            "right join",
            "full join",
            "cross join",
            "inner join",
            "on",
            "using",
            "union all",
            "union",
            "intersect",
            "except",
            "with",
            "as",
            "distinct",
            "and",
            "or",
            "not",
            "in",
            "exists",
            "between",
            "like",
            "ilike",
            "is null",
            "is not null",
            "case",
            "when",
            "then",
            "else",
            "end",
            "cast",
            "count",
            "sum",
            "avg",
            "min",
            "max",
            "coalesce",
            "date_trunc",
            "over",
            "partition by",
            "row_number",
            "asc",
            "desc",
            "nulls first",
            "nulls last",
            "show tables",
            "show schemas",
            "show columns",
            "describe",
            "explain",
            "values",
            "interval",
            "date",
            "timestamp",
            "true",
            "false",
            "null",
            "qualify");
    private static final List<String> COMMANDS = List.of(
            "\\d", "\\dn", "\\l", "\\c", "\\set", "\\unset", "\\x", "\\timing", "\\pager", "\\e", "\\i", "\\q", "\\?");

    private final CatalogNames names;

    PromptCompleter(CatalogNames names) {
        this.names = names;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String word = line.word();
        if (word.startsWith("\\")) {
            COMMANDS.forEach(command -> candidates.add(candidate(command, "command")));
            return;
        }
        String lower = word.toLowerCase(Locale.ROOT);
        if (!word.contains(".") && !word.isEmpty()) {
            boolean shouting = word.equals(word.toUpperCase(Locale.ROOT));
            for (String keyword : KEYWORDS) {
                if (keyword.startsWith(lower)) {
                    candidates.add(candidate(shouting ? keyword.toUpperCase(Locale.ROOT) : keyword, "keyword"));
                }
            }
        }
        for (CatalogNames.Name name : names.all()) {
            if (name.text().toLowerCase(Locale.ROOT).startsWith(lower)) {
                candidates.add(candidate(name.text(), name.kind()));
            }
        }
    }

    private static Candidate candidate(String text, String kind) {
        return new Candidate(text, text, kind, null, null, null, true);
    }
}

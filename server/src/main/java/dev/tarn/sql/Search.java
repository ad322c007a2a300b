package dev.tarn.sql;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.catalog.Column;
import dev.tarn.catalog.TableDescription;
import dev.tarn.catalog.Tables;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks for words in names, descriptions, tags and columns of the tables that the caller can see, and in saved statements. It
 * walks over the tables' metadata, which the catalog keeps in memory, so nothing has to be kept in step with them.
 */
public final class Search {
    static final int MOST_HITS = 200;

    private static final int LONGEST_TEXT = 200;
    /** Tables that are looked at; a tenant with more finds those whose names come first. */
    private static final int MOST_TABLES = 10_000;

    // Ranks: those of columns come after those of tables, those of statements after both.
    private static final int NOTHING = 3;
    private static final int COLUMNS = 3;
    private static final int STATEMENTS = 6;

    private final Access access;
    private final Tables tables;
    private final SavedStatements saved;

    Search(Access access, Tables tables, SavedStatements saved) {
        this.access = access;
        this.tables = tables;
        this.saved = saved;
    }

    /**
     * What has all the words of a text somewhere, tables before columns before saved statements, names before descriptions.
     *
     * @param limit 1 to {@value #MOST_HITS}
     */
    public List<SearchHit> find(Caller caller, String text, int limit) {
        access.requireSomebody(caller);
        if (text.isBlank() || text.length() > LONGEST_TEXT || limit < 1 || limit > MOST_HITS) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "A search needs a text of 1 to %d characters and a limit of 1 to %d"
                            .formatted(LONGEST_TEXT, MOST_HITS));
        }
        List<String> words = List.of(text.toLowerCase(Locale.ROOT).strip().split("\\s+"));
        List<Ranked> found = new ArrayList<>();
        tables.all(caller, MOST_TABLES).forEach(table -> look(table, words, found));
        if (!access.isRestricted(caller)) {
            saved.list(caller, Optional.of(words.getFirst()), PageRequest.first(MOST_HITS))
                    .items()
                    .forEach(statement -> look(statement, words, found));
        }
        return found.stream()
                .sorted(Comparator.comparingInt(Ranked::rank))
                .limit(limit)
                .map(Ranked::hit)
                .toList();
    }

    private record Ranked(int rank, SearchHit hit) {}

    private static void look(TableDescription table, List<String> words, List<Ranked> found) {
        String name = table.name().text();
        int rank = rank(words, name, table.description(), table.tags());
        if (rank < NOTHING) {
            found.add(new Ranked(
                    rank,
                    new SearchHit(
                            SearchHit.Kind.TABLE,
                            Optional.of(name),
                            Optional.empty(),
                            name,
                            table.description(),
                            Optional.empty())));
        }
        for (Column column : table.columns()) {
            int ofColumn = rank(words, column.name(), column.comment(), List.of());
            if (ofColumn < NOTHING) {
                found.add(new Ranked(
                        COLUMNS + ofColumn,
                        new SearchHit(
                                SearchHit.Kind.COLUMN,
                                Optional.of(name),
                                Optional.empty(),
                                column.name(),
                                column.comment(),
                                Optional.of(column.type()))));
            }
        }
    }

    private static void look(SavedStatement statement, List<String> words, List<Ranked> found) {
        SavedStatement.Content content = statement.content();
        int rank = rank(words, content.name(), Optional.of(content.description()), List.of(content.statement()));
        if (rank < NOTHING) {
            found.add(new Ranked(
                    STATEMENTS + rank,
                    new SearchHit(
                            SearchHit.Kind.SAVED_STATEMENT,
                            Optional.empty(),
                            Optional.of(statement.id()),
                            content.name(),
                            Optional.of(content.description()).filter(text -> !text.isEmpty()),
                            Optional.empty())));
        }
    }

    /** 0: the name is the text or its last part; 1: all words are in the name; 2: they are somewhere. */
    private static int rank(List<String> words, String name, Optional<String> description, List<String> more) {
        String lower = name.toLowerCase(Locale.ROOT);
        String whole = String.join(" ", words);
        if (lower.equals(whole) || lower.endsWith("." + whole)) {
            return 0;
        }
        if (words.stream().allMatch(lower::contains)) {
            return 1;
        }
        String all = Stream.concat(Stream.of(lower, description.orElse("")), more.stream())
                .reduce("", (before, part) -> before + "\n" + part)
                .toLowerCase(Locale.ROOT);
        return words.stream().allMatch(all::contains) ? 2 : NOTHING;
    }
}

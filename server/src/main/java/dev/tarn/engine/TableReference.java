package dev.tarn.engine;

import dev.tarn.catalog.TableVersion;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A table that a query names.
 *
 * @param path the parts of the name as written, one to many
 * @param offset where the name stands in the query, in UTF-16 units; -1 when unknown
 * @param length of the name, with an alias and what else belongs to it
 * @param place where it stands in the syntax tree
 * @param clause what says which version of it is read
 */
record TableReference(List<String> path, int offset, int length, Place place, Optional<VersionClause> clause) {

    /**
     * A table's node.
     *
     * @param tree of the whole text
     */
    record Place(JsonNode tree, JsonNode node) {}

    TableReference with(VersionClause wanted) {
        return new TableReference(path, offset, length, place, Optional.of(wanted));
    }

    TableVersion version() {
        return clause.map(VersionClause::version).orElse(TableVersion.NEWEST);
    }

    /** Where the last part of the name ends; its place covers an alias too, so it is found by the name's own tokens. */
    int nameEnd(String sql) {
        List<SqlToken> tokens = SqlLexer.tokens(sql.substring(offset, offset + length));
        int last = 0;
        while (last + 2 < tokens.size()
                && tokens.get(last + 1).isSymbol('.')
                && tokens.get(last + 2).isName()) {
            last += 2;
        }
        return offset + tokens.get(last).end();
    }
}

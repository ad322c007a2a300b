package dev.tarn.engine;

import dev.tarn.catalog.TableVersion;
import java.util.List;
import java.util.Optional;

/**
 * A table that a query names.
 *
 * @param path the parts of the name as written, one to many
 * @param offset where the name stands in the query, in UTF-16 units; -1 when unknown
 * @param length of the name, with an alias and what else belongs to it
 * @param member its part in the SELECT whose FROM it stands in, when rows that fail that one's WHERE are not wanted of it
 * @param clause what says which version of it is read
 */
record TableReference(
        List<String> path, int offset, int length, Optional<QueryBlock.Member> member, Optional<VersionClause> clause) {

    TableReference with(VersionClause wanted) {
        return new TableReference(path, offset, length, member, Optional.of(wanted));
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

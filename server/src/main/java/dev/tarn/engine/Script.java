package dev.tarn.engine;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.TextPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Several statements that become true together: {@code BEGIN [TRANSACTION]; ...; COMMIT}. Each is a text of its own in which
 * blanks stand for all that is before it, so that every place of an error is one in the whole text.
 */
public record Script(List<BoundStatement> statements) {
    private static final int MOST = 100;

    public Script {
        statements = List.copyOf(statements);
    }

    /**
     * A text as a script.
     *
     * @return empty for one that does not begin with BEGIN
     * @throws TarnException {@code SYNTAX_ERROR} for one that begins so and is no script; {@code INVALID_REQUEST} for a value
     *     that no statement has a parameter for
     */
    public static Optional<Script> of(BoundStatement bound) {
        boolean begins = SqlLexer.first(bound.sql())
                .filter(first -> first.isWord("BEGIN"))
                .isPresent();
        return begins ? Optional.of(new Script(new Reader(bound).statements())) : Optional.empty();
    }

    /** Cuts the text at its semicolons. */
    private static final class Reader {
        private final BoundStatement bound;
        private final String sql;
        private final List<List<SqlToken>> cut = new ArrayList<>();

        Reader(BoundStatement bound) {
            this.bound = bound;
            this.sql = bound.sql();
            List<SqlToken> one = new ArrayList<>();
            for (SqlToken token : SqlLexer.tokens(sql)) {
                if (!token.isSymbol(';')) {
                    one.add(token);
                } else if (!one.isEmpty()) {
                    cut.add(one);
                    one = new ArrayList<>();
                }
            }
            if (!one.isEmpty()) {
                cut.add(one);
            }
        }

        List<BoundStatement> statements() {
            requireFrame(cut.getFirst(), "BEGIN");
            List<SqlToken> last = cut.getLast();
            if (cut.size() < 2 || !last.getFirst().isWord("COMMIT")) {
                throw at(last, "A script ends in COMMIT; without it nothing of it could become true");
            }
            requireFrame(last, "COMMIT");
            List<List<SqlToken>> inner = cut.subList(1, cut.size() - 1);
            if (inner.isEmpty() || inner.size() > MOST) {
                throw at(
                        last,
                        "Between BEGIN and COMMIT stand 1 to %d statements, and not %d".formatted(MOST, inner.size()));
            }
            inner.forEach(Reader.this::refuseEnd);
            return bound(inner);
        }

        /** BEGIN or COMMIT, perhaps with another word that changes nothing. */
        private void requireFrame(List<SqlToken> tokens, String word) {
            boolean alone = tokens.size() == 1
                    || (tokens.size() == 2
                            && (tokens.getLast().isWord("TRANSACTION")
                                    || tokens.getLast().isWord("WORK")));
            if (!alone) {
                throw at(tokens, "A semicolon is needed after " + word);
            }
        }

        private void refuseEnd(List<SqlToken> tokens) {
            SqlToken first = tokens.getFirst();
            if (first.isWord("COMMIT") || first.isWord("BEGIN") || first.isWord("ROLLBACK")) {
                throw at(
                        tokens,
                        "%s cannot stand inside of a script: one begins with BEGIN and ends in its only COMMIT, and to do nothing needs no script"
                                .formatted(first.text().toUpperCase(java.util.Locale.ROOT)));
            }
        }

        private List<BoundStatement> bound(List<List<SqlToken>> inner) {
            Set<String> unused = new HashSet<>(bound.parameters().keySet());
            List<BoundStatement> statements = new ArrayList<>();
            for (List<SqlToken> tokens : inner) {
                Map<String, ParameterValue> own = new HashMap<>();
                for (String name : NamedParameters.names(tokens)) {
                    ParameterValue value = bound.parameters().get(name);
                    if (value != null) {
                        own.put(name, value);
                        unused.remove(name);
                    }
                }
                statements.add(new BoundStatement(text(tokens), own, bound.defaults()));
            }
            if (!unused.isEmpty()) {
                throw NamedParameters.unused(unused);
            }
            return statements;
        }

        private String text(List<SqlToken> tokens) {
            int start = tokens.getFirst().offset();
            StringBuilder text =
                    new StringBuilder(sql.substring(0, tokens.getLast().end()));
            for (int i = 0; i < start; i++) {
                if (text.charAt(i) != '\n') {
                    text.setCharAt(i, ' ');
                }
            }
            return text.toString();
        }

        private TarnException at(List<SqlToken> tokens, String message) {
            SqlToken first = tokens.getFirst();
            return new TarnException(ErrorCode.SYNTAX_ERROR, message)
                    .at(TextPosition.of(sql, first.offset(), first.end() - first.offset()));
        }
    }
}

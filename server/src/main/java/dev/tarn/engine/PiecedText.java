package dev.tarn.engine;

import dev.tarn.engine.RowClauses.Piece;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.TextPosition;
import java.util.ArrayList;
import java.util.List;

/** A text of ours with pieces of the caller's in it; places in those are known in the caller's text. */
final class PiecedText {
    private final StringBuilder text = new StringBuilder();
    private final List<Placed> pieces = new ArrayList<>();

    private record Placed(int start, Piece piece) {
        boolean has(int offset) {
            return offset >= start && offset <= start + piece.text().length();
        }
    }

    PiecedText add(String words) {
        text.append(words);
        return this;
    }

    /** In brackets; the line break ends a comment that the piece may end in. */
    PiecedText inBrackets(Piece piece) {
        return add("(").add(piece).add("\n)");
    }

    PiecedText add(Piece piece) {
        pieces.add(new Placed(text.length(), piece));
        text.append(piece.text());
        return this;
    }

    int length() {
        return text.length();
    }

    String text() {
        return text.toString();
    }

    /** A failure of this text as one of the caller's; without a place when it is about our own words. */
    TarnException told(TarnException failure, String original) {
        return failure.position()
                .map(place -> pieces.stream()
                        .filter(placed -> placed.has(place.offset()))
                        .findFirst()
                        .map(placed -> failure.at(TextPosition.of(
                                original,
                                placed.piece().offset() + place.offset() - placed.start(),
                                Math.min(
                                        place.length(),
                                        placed.start() + placed.piece().text().length() - place.offset()))))
                        .orElseGet(() -> failure.at(TextPosition.of(original, 0, 0))))
                .orElse(failure);
    }
}

package dev.tarn.worker.duckdb;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Where rows along a Z-order curve are cut into files. A stretch of the curve that begins and ends anywhere can have bounds as wide as
 * the whole; one that is half of a half of the curve, and so on, is a box. So files are such boxes wherever rows are so many, and a
 * file is half as large again as wanted rather than half as large: small ones would soon be compacted again.
 */
final class NearCuts {
    /** The curve is looked at in 4,096 pieces. */
    static final int PIECES_BITS = 12;

    private static final double LARGEST = 1.5;
    private static final double SMALLEST = 0.5;

    private final List<Piece> pieces;

    NearCuts(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    /**
     * Rows of one piece of the curve.
     *
     * @param number of the piece
     * @param last row
     */
    record Piece(int number, long last) {}

    /** @param piece the number of a row's piece, as an expression over {@code rows} */
    static NearCuts of(Instance instance, String rows, String piece, long first, long last) throws SQLException {
        List<Piece> pieces = new ArrayList<>();
        try (Statement statement = instance.connection().createStatement();
                ResultSet found = statement.executeQuery("SELECT " + piece + ", max(rowid) FROM " + rows
                        + " WHERE rowid BETWEEN " + first + " AND " + last + " GROUP BY 1 ORDER BY 2")) {
            while (found.next()) {
                pieces.add(new Piece(found.getInt(1), found.getLong(2)));
            }
        }
        return new NearCuts(pieces);
    }

    /**
     * The last row of a file.
     *
     * @param first its first row
     * @param wanted about so many rows
     */
    long last(long first, long wanted) {
        int at = 0;
        while (pieces.get(at).last() < first) {
            at++;
        }
        long last = first - 1;
        long most = (long) (LARGEST * wanted);
        while (at < pieces.size() && last - first + 1 < SMALLEST * wanted) {
            int end = boxEnd(at, last, first + most - 1);
            if (end == at) {
                break;
            }
            last = pieces.get(end - 1).last();
            at = end;
        }
        // One piece of more rows than a file takes is cut where the file is full.
        return last < first ? Math.min(first + wanted - 1, pieces.get(at).last()) : last;
    }

    /** Behind the largest box that begins with a piece and whose rows end in time; the piece itself when there is none. */
    private int boxEnd(int at, long before, long latest) {
        int end = at;
        int number = pieces.get(at).number();
        for (int bits = 0; bits <= PIECES_BITS && (number & ((1 << bits) - 1)) == 0; bits++) {
            int next = at;
            while (next < pieces.size() && pieces.get(next).number() >> bits == number >> bits) {
                next++;
            }
            if (pieces.get(next - 1).last() > latest || pieces.get(next - 1).last() <= before) {
                break;
            }
            end = next;
        }
        return end;
    }
}

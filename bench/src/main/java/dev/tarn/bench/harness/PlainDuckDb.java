package dev.tarn.bench.harness;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The peer: a process that does nothing but hand statements to DuckDB and fetch every value. Requests on standard input are
 * a byte and a text; an answer begins with {@link #OK} or, with a text, {@link #FAILED}.
 */
final class PlainDuckDb {
    /** Runs a statement that has no result. */
    static final int SET_UP = 1;
    /** Fetches every value and answers how many rows there were. */
    static final int RUN = 2;
    /** Fetches and answers: column count, names and types in pairs; then for each row {@code true} and its cells; {@code false}. */
    static final int FETCH = 3;

    static final int OK = 0;
    static final int FAILED = 1;

    private PlainDuckDb() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        DataInputStream in = new DataInputStream(System.in);
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            while (true) {
                int request = in.readByte();
                String sql = in.readUTF();
                try (Statement statement = connection.createStatement()) {
                    answer(statement, request, sql, out);
                } catch (SQLException e) {
                    out.writeByte(FAILED);
                    out.writeUTF(String.valueOf(e.getMessage()));
                }
                out.flush();
            }
        } catch (EOFException e) {
            // Nobody asks any more.
        }
    }

    private static void answer(Statement statement, int request, String sql, DataOutputStream out)
            throws SQLException, IOException {
        switch (request) {
            case SET_UP -> {
                statement.execute(sql);
                out.writeByte(OK);
            }
            case RUN -> {
                long rows = run(statement, sql);
                out.writeByte(OK);
                out.writeLong(rows);
            }
            case FETCH -> {
                try (ResultSet result = statement.executeQuery(sql)) {
                    out.writeByte(OK);
                    fetch(result, out);
                }
            }
            default -> throw new IOException("Unknown request " + request);
        }
    }

    private static long run(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            long rows = 0;
            while (result.next()) {
                for (int column = 1; column <= columns; column++) {
                    result.getObject(column);
                }
                rows++;
            }
            return rows;
        }
    }

    private static void fetch(ResultSet result, DataOutputStream out) throws SQLException, IOException {
        ResultSetMetaData description = result.getMetaData();
        int columns = description.getColumnCount();
        out.writeInt(columns);
        for (int column = 1; column <= columns; column++) {
            out.writeUTF(description.getColumnName(column));
            out.writeUTF(description.getColumnTypeName(column));
        }
        while (result.next()) {
            out.writeBoolean(true);
            for (int column = 1; column <= columns; column++) {
                String value = result.getString(column);
                out.writeBoolean(value != null);
                out.writeUTF(value == null ? "" : value);
            }
        }
        out.writeBoolean(false);
    }
}

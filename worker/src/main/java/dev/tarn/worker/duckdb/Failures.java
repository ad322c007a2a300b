package dev.tarn.worker.duckdb;

import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what DuckDB throws into a {@link Failure} in our words; no path, no hint at the catalog, no rewritten statement. */
public final class Failures {
    private static final int MESSAGE_CHARS = 500;
    private static final Pattern CANDIDATE = Pattern.compile("Candidate bindings: (\"(?:[^\"]|\"\")*\")");
    private static final Pattern OUR_CAST = Pattern.compile(" when casting from source column c\\d+$");
    private static final Pattern PATH = Pattern.compile("(?<![\\w.'\"])/(?:[^\\s/'\"]+/)+[^\\s'\"]*");
    private static final String NO_SPACE = "No space left on device";
    private static final String STORAGE_FULL = "There is no space left on the disk for this";
    private static final String IO = "Reading or writing a file of the server failed";
    /** A caller cannot change a setting, so DuckDB's advice to do so is left out. */
    private static final Pattern SETTINGS_ADVICE = Pattern.compile("[.;,]?\\s*(?:Use|use|or|Or)?\\s*\"?SET [a-z_]+.*$");

    private static final String OUT_OF_MEMORY = "This needs more memory than one statement may use";
    private static final String CLOSED =
            "Files, settings, extensions and other databases cannot be reached from a statement";

    private Failures() {}

    /** Of a statement: positions are mapped to {@code sql}. */
    public static Failure ofStatement(Throwable thrown, String sql) {
        EngineError error = EngineError.of(thrown);
        if (thrown instanceof IOException own && error.type().isEmpty()) {
            return ofFile(own);
        }
        int offset = error.position() < 0 ? -1 : Sql.utf16Offset(sql, error.position());
        return Failure.at(kind(error), message(error), offset);
    }

    /** Of our own SQL, whose positions mean nothing to a person. */
    public static Failure of(Throwable thrown) {
        EngineError error = EngineError.of(thrown);
        return Failure.of(kind(error), message(error));
    }

    /** Of a file that Java reads or writes. */
    public static Failure ofFile(IOException thrown) {
        String message = thrown.getMessage();
        boolean full = message != null && message.contains(NO_SPACE);
        return full ? Failure.of(Kind.STORAGE_FULL, STORAGE_FULL) : Failure.of(Kind.IO, IO);
    }

    public static Failure outOfMemory() {
        return Failure.of(Kind.OUT_OF_MEMORY, OUT_OF_MEMORY);
    }

    private static Kind kind(EngineError error) {
        return switch (error.type()) {
            case "Parser", "Syntax" -> Kind.SYNTAX;
            case "Catalog" ->
                error.subject().equals("Table") || error.subject().equals("View") ? Kind.UNKNOWN_TABLE : Kind.BINDING;
            case "Binder", "Not implemented", "Parameter Not Resolved", "Parameter Not Allowed", "Expression" ->
                Kind.BINDING;
            case "Conversion",
                    "Out of Range",
                    "Mismatch Type",
                    "Invalid Input",
                    "Invalid type",
                    "Constraint",
                    "Divide by Zero",
                    "Decimal",
                    "Sequence" -> invalidInput(error);
            case "Out of Memory" -> Kind.OUT_OF_MEMORY;
            case "INTERRUPT", "Interrupt" -> Kind.CANCELLED;
            case "IO" -> ioKind(error);
            case "Permission",
                    "Settings",
                    "Invalid Configuration",
                    "Missing Extension",
                    "Autoload",
                    "HTTP",
                    "Extension" -> Kind.NOT_ALLOWED;
            default -> memoryOr(error, Kind.INTERNAL);
        };
    }

    private static Kind invalidInput(EngineError error) {
        if (error.message().startsWith("Cannot change configuration option")) {
            return Kind.NOT_ALLOWED;
        }
        return error.message().contains("Interrupted") ? Kind.CANCELLED : memoryOr(error, Kind.TYPE);
    }

    private static Kind ioKind(EngineError error) {
        return error.message().contains(NO_SPACE) || error.message().contains("max_temp_directory_size")
                ? Kind.STORAGE_FULL
                : Kind.IO;
    }

    /** An allocation that the address space refuses arrives under several names. */
    private static Kind memoryOr(EngineError error, Kind otherwise) {
        String message = error.message();
        return message.contains("std::bad_alloc")
                        || message.contains("Out of Memory")
                        || message.contains("failed to allocate")
                        || message.contains("Cannot allocate memory")
                ? Kind.OUT_OF_MEMORY
                : otherwise;
    }

    private static String message(EngineError error) {
        return switch (kind(error)) {
            case NOT_ALLOWED -> CLOSED;
            case CANCELLED -> Cancellation.failure().message();
            case OUT_OF_MEMORY -> OUT_OF_MEMORY;
            case STORAGE_FULL -> STORAGE_FULL;
            case IO -> IO;
            case UNKNOWN_TABLE -> "Table " + error.name() + " does not exist";
            case BINDING -> error.subtype().equals("COLUMN_NOT_FOUND") ? unknownColumn(error) : cleaned(error);
            case SYNTAX, TYPE, BAD_ROW, BAD_FILE, FORBIDDEN, INTERNAL -> cleaned(error);
        };
    }

    private static String unknownColumn(EngineError error) {
        Matcher candidate = CANDIDATE.matcher(error.message());
        String sentence = "Column " + error.name() + " does not exist";
        return candidate.find() ? sentence + "; did you mean " + candidate.group(1) + "?" : sentence;
    }

    private static String cleaned(EngineError error) {
        String line = SETTINGS_ADVICE
                .matcher(PATH.matcher(error.firstLine()).replaceAll("<path>"))
                .replaceAll("");
        if (line.length() > MESSAGE_CHARS) {
            line = line.substring(0, MESSAGE_CHARS) + "…";
        }
        line = OUR_CAST.matcher(line).replaceFirst("");
        return line.isEmpty() ? "The engine failed without a reason" : line;
    }
}

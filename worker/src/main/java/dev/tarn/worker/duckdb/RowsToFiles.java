package dev.tarn.worker.duckdb;

import dev.tarn.worker.duckdb.ParquetOutput.Column;
import dev.tarn.worker.protocol.Arrangement;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.WrittenFile;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as the data files of a table: as they come, or arranged.
 *
 * <p>Rows that are arranged go through a table of the instance, sorted by partition and then as the table wants, which the engine
 * moves to disk when memory is short. The rows of a partition stand side by side there, so that each file is one range of row
 * numbers, and one file at a time is open whatever the number of partitions.
 */
public final class RowsToFiles {
    /** A commit with more is hardly what somebody wanted, and slow for every reader. */
    public static final int MAX_FILES = 20_000;

    private static final String ROWS = "temp.main.tarn_rows";

    private final ParquetOutput output;
    private final Arrangement arrangement;
    private final Cancellation cancellation;
    private final long firstRows;

    public RowsToFiles(ParquetOutput output, Arrangement arrangement, Cancellation cancellation) {
        this(output, arrangement, cancellation, ParquetOutput.FIRST_FILE_ROWS);
    }

    /** @param firstRows of a first file, while nothing is known of how large rows become */
    public RowsToFiles(ParquetOutput output, Arrangement arrangement, Cancellation cancellation, long firstRows) {
        this.output = output;
        this.arrangement = arrangement;
        this.cancellation = cancellation;
        this.firstRows = firstRows;
    }

    /** The rows, and who follows how they are read. */
    public interface Source {
        Instance instance();

        /** A statement that reads the rows. */
        default PreparedStatement prepare(String sql) throws TaskFailedException, SQLException {
            return instance().connection().prepareStatement(sql);
        }

        default void reading(PreparedStatement statement) {}

        /** Right behind the statement that has read all rows. */
        default void read() throws TaskFailedException, SQLException {}
    }

    /** Rows of one partition. */
    private record Range(long first, long last, List<@Nullable String> partition) {
        long rows() {
            return last - first + 1;
        }
    }

    /** What an instance needs before it is locked. */
    public static void prepare(Instance instance, Arrangement arrangement) throws SQLException {
        boolean hashes = IntStream.range(0, 2)
                .mapToObj(i -> i == 0 ? arrangement.partition() : arrangement.order())
                .flatMap(List::stream)
                .anyMatch(key -> key.transform().startsWith("bucket"));
        if (hashes) {
            BucketHash.register(instance.connection());
        }
    }

    /**
     * Writes the files.
     *
     * @param select has the columns of the files, in their order
     * @param ordered the rows of {@code select} have an order, which they keep where the arrangement says none
     */
    public List<WrittenFile> write(Source source, String select, List<Column> columns, boolean ordered)
            throws TaskFailedException, SQLException, IOException {
        if (arrangement.isNone()) {
            try (PreparedStatement copy = source.prepare(output.copy(select, columns, ordered))) {
                source.reading(copy);
                cancellation.check();
                List<WrittenFile> files = ParquetOutput.written(copy);
                cancellation.check();
                source.read();
                return files;
            }
        }
        List<TransformedValue> keys = values(arrangement.partition(), columns);
        Optional<NearRows.Place> near = arrangement.near().isEmpty()
                ? Optional.empty()
                : Optional.of(new NearRows(source.instance(), cancellation)
                        .place("(" + select + ") AS tarn_given(" + numbered("v", columns.size()) + ")", near(columns)));
        try (PreparedStatement sort = source.prepare(sorted(select, columns, keys, ordered, near))) {
            source.reading(sort);
            cancellation.check();
            sort.execute();
            cancellation.check();
            source.read();
        }
        return written(source.instance(), columns, ranges(source.instance(), keys), near);
    }

    private static List<TransformedValue> values(List<Arrangement.Key> keys, List<Column> columns)
            throws TaskFailedException {
        List<TransformedValue> values = new ArrayList<>();
        for (Arrangement.Key key : keys) {
            values.add(TransformedValue.of(key, columns));
        }
        return values;
    }

    private List<NearRows.Column> near(List<Column> columns) throws TaskFailedException {
        List<NearRows.Column> near = new ArrayList<>();
        for (Arrangement.Key key : arrangement.near()) {
            near.add(new NearRows.Column(
                    TransformedValue.of(key, columns).value(), TransformedValue.type(key, columns)));
        }
        return near;
    }

    /** @param near where rows are to stand, near each other */
    private String sorted(
            String select,
            List<Column> columns,
            List<TransformedValue> keys,
            boolean ordered,
            Optional<NearRows.Place> near)
            throws TaskFailedException {
        String values = numbered("v", columns.size());
        StringBuilder sql =
                new StringBuilder("CREATE TEMPORARY TABLE ").append(ROWS).append(" AS SELECT ");
        sql.append(values);
        List<String> order = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            sql.append(", ").append(keys.get(i).value()).append(" AS p").append(i);
            order.add("p" + i + " NULLS FIRST");
        }
        String rows = "(" + select + ") AS tarn_given(" + values + ")";
        if (near.isPresent()) {
            List<String> ranks = near.get().ranks();
            rows = "(SELECT *"
                    + IntStream.range(0, ranks.size())
                            .mapToObj(i -> ", " + ranks.get(i) + " AS n" + i)
                            .collect(Collectors.joining())
                    + " FROM " + rows + ")";
            sql.append(", ").append(near.get().value()).append(" AS z");
            order.add("z");
        }
        List<TransformedValue> within = values(arrangement.order(), columns);
        for (int i = 0; i < within.size(); i++) {
            Arrangement.Key key = arrangement.order().get(i);
            order.add(within.get(i).value()
                    + (key.descending() ? " DESC" : " ASC")
                    + (key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST"));
        }
        if (within.isEmpty() && near.isEmpty() && ordered) {
            rows = "(SELECT *, row_number() OVER () AS tarn_number FROM " + rows + ")";
            order.add("tarn_number");
        }
        return sql.append(" FROM ")
                .append(rows)
                .append(" ORDER BY ")
                .append(String.join(", ", order))
                .toString();
    }

    private static String numbered(String letter, int count) {
        return IntStream.range(0, count).mapToObj(i -> letter + i).collect(Collectors.joining(", "));
    }

    private List<Range> ranges(Instance instance, List<TransformedValue> keys)
            throws TaskFailedException, SQLException {
        String told = IntStream.range(0, keys.size())
                .mapToObj(i -> ", " + keys.get(i).told().formatted("p" + i))
                .collect(Collectors.joining());
        String groups = keys.isEmpty() ? "" : " GROUP BY " + numbered("p", keys.size());
        List<Range> ranges = new ArrayList<>();
        try (Statement statement = instance.connection().createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT count(*), min(rowid), max(rowid)" + told + " FROM " + ROWS + groups + " ORDER BY 2")) {
            while (rows.next()) {
                List<@Nullable String> partition = new ArrayList<>();
                for (int i = 0; i < keys.size(); i++) {
                    partition.add(rows.getString(4 + i));
                }
                Range range = new Range(rows.getLong(2), rows.getLong(3), partition);
                if (rows.getLong(1) == 0) {
                    continue; // no keys and no rows
                }
                if (rows.getLong(1) != range.rows()) {
                    throw new IllegalStateException("The rows of a partition do not stand side by side");
                }
                ranges.add(range);
            }
        }
        if (ranges.size() > MAX_FILES) {
            throw new TaskFailedException(Failure.of(
                    Failure.Kind.NOT_ALLOWED,
                    "The rows are of %d partitions, and one statement can write %d; write a part of them at a time, or partition the table more coarsely"
                            .formatted(ranges.size(), MAX_FILES)));
        }
        return ranges;
    }

    private List<WrittenFile> written(
            Instance instance, List<Column> columns, List<Range> ranges, Optional<NearRows.Place> near)
            throws TaskFailedException, SQLException, IOException {
        List<WrittenFile> files = new ArrayList<>();
        String select = IntStream.range(0, columns.size())
                .mapToObj(i -> "v" + i + " AS " + Sql.name(columns.get(i).name()))
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + ROWS + " WHERE rowid BETWEEN "));
        long rows = 0;
        long bytes = 0;
        for (Range range : ranges) {
            Optional<NearCuts> cuts = near.isPresent()
                    ? Optional.of(NearCuts.of(instance, ROWS, near.get().piece("z"), range.first(), range.last()))
                    : Optional.empty();
            for (long first = range.first(); first <= range.last(); ) {
                cancellation.check();
                long wanted = bytes == 0 ? firstRows : output.rows(rows, bytes);
                long last =
                        cuts.isPresent() ? cuts.get().last(first, wanted) : Math.min(range.last(), first + wanted - 1);
                String part = select + first + " AND " + last;
                try (PreparedStatement copy =
                        instance.connection().prepareStatement(output.copy(part, columns, files.size()))) {
                    for (WrittenFile file : ParquetOutput.written(copy)) {
                        files.add(new WrittenFile(file.path(), file.rows(), file.bytes(), range.partition()));
                        rows += file.rows();
                        bytes += file.bytes();
                    }
                }
                first = last + 1;
            }
        }
        cancellation.check();
        return files;
    }
}

package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.Arrangement;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.MaterializeTask;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Query;
import dev.tarn.worker.protocol.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Files of rows that are alike, in an order. */
class ArrangedFilesTest extends WorkerTest {
    private Path output = Path.of("");

    private Message ask(String sql, Arrangement arrangement, long targetFileBytes, long memory) throws IOException {
        output = Files.createDirectories(folder.resolve("table " + nextId() + " it's"));
        Query query = new Query(sql, List.of(), List.of(), "iceberg", "shop", memory, 2);
        return worker.ask(new Message.Materialize(
                nextId(),
                query,
                new MaterializeTask(output.toString(), "part", targetFileBytes, List.of(), List.of(), arrangement)));
    }

    private static Arrangement.Key by(String column, String transform) {
        return Arrangement.Key.partition(List.of(column), transform);
    }

    @Test
    void filesAreOfOnePartitionInOrderAndOfAboutTheWantedSize() throws IOException, SQLException {
        Arrangement arrangement = new Arrangement(
                List.of(by("p", "identity")), List.of(new Arrangement.Key(List.of("v"), "identity", true, false)));
        Message.Materialized written = (Message.Materialized) ask(
                "select i % 3 as p, (i * 7919) % 1000003 as v, hash(i) as noise from range(1000000) t(i)",
                arrangement, 1 << 20, MEMORY);
        assertThat(written.rows()).isEqualTo(1_000_000);
        assertThat(written.files()).hasSizeGreaterThan(3);
        Set<String> partitions = new HashSet<>();
        for (WrittenFile file : written.files()) {
            partitions.add(String.valueOf(file.partition().getFirst()));
            assertThat(Parquet.rows(
                            "select min(p)::varchar, max(p)::varchar, bool_and(v <= before)::varchar from (select p, v,"
                                    + " lag(v, 1, v) over (order by file_row_number) as before from read_parquet("
                                    + Parquet.glob(file.path()) + "))"))
                    .containsExactly(List.of(
                            String.valueOf(file.partition().getFirst()),
                            String.valueOf(file.partition().getFirst()),
                            "true"));
        }
        assertThat(partitions).containsExactlyInAnyOrder("0", "1", "2");
    }

    @Test
    void littleMemoryIsEnough() throws IOException {
        Arrangement arrangement =
                new Arrangement(List.of(by("id", "bucket[100]"), by("text", "truncate[6]")), List.of());
        Message message = ask(
                "select i as id, 'name ' || (i % 10) || repeat('x', 60) as text, random() as a, random() as b"
                        + " from range(4000000) t(i)",
                arrangement, 64 << 20, 200 << 20);
        assertThat(message).isInstanceOf(Message.Materialized.class);
        Message.Materialized written = (Message.Materialized) message;
        assertThat(written.rows()).isEqualTo(4_000_000);
        assertThat(written.files()).hasSize(1_000);
    }

    @Test
    void anOrderOfTheStatementIsKeptInEachPartition() throws IOException, SQLException {
        Message.Materialized written = (Message.Materialized) ask(
                "select i % 2 as p, i as v from range(1000) t(i) order by v desc",
                new Arrangement(List.of(by("p", "identity")), List.of()), 64 << 20, MEMORY);
        for (WrittenFile file : written.files()) {
            assertThat(Parquet.rows("select first(v)::varchar, last(v)::varchar from read_parquet("
                            + Parquet.glob(file.path()) + ")"))
                    .isIn(List.of(List.of("999", "1")), List.of(List.of("998", "0")));
        }
    }

    @Test
    void whatCannotBeArrangedIsToldAndNothingIsLeft() throws IOException {
        for (Arrangement.Key key :
                List.of(by("nothing", "identity"), by("list", "identity"), by("id", "day"), by("id", "zorder"))) {
            Message message =
                    ask("select 1 as id, [1] as list", new Arrangement(List.of(key), List.of()), 64 << 20, MEMORY);
            assertThat(message).as(key.toString()).isInstanceOf(Message.Failed.class);
            assertThat(((Message.Failed) message).failure().kind())
                    .as(key + " " + ((Message.Failed) message).failure().message())
                    .isEqualTo(Failure.Kind.BINDING);
            assertThat(output).isEmptyDirectory();
        }
        Message none = ask(
                "select 1 as id where false", new Arrangement(List.of(by("id", "bucket[4]")), List.of()), 1, MEMORY);
        assertThat(((Message.Materialized) none).files()).isEmpty();
        Message sorted = ask(
                "select 1 as id where false",
                new Arrangement(List.of(), List.of(new Arrangement.Key(List.of("id"), "identity", false, true))),
                1,
                MEMORY);
        assertThat(((Message.Materialized) sorted).files()).isEmpty();
    }
}

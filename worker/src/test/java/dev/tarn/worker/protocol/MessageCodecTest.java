package dev.tarn.worker.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageCodecTest {

    static List<Message> everyMessage() {
        TableSource table = new TableSource(
                "iceberg",
                "a.b",
                "o\"rders 🎈",
                List.of(
                        new SourceColumn(1, "ä.b", "DECIMAL(38,10)"),
                        new SourceColumn(2, "", "STRUCT(\"a b\" INTEGER)[]")),
                List.of(new SourceFile("/tmp/x y.parquet", Long.MAX_VALUE, 0)));
        TableSource empty = new TableSource("delta", "s", "t", List.of(), List.of());
        TableSource limited = new TableSource(
                "iceberg",
                "s",
                "t",
                List.of(),
                List.of(),
                true,
                Optional.of(new Visibility(
                        List.of(
                                new Visibility.Part(List.of("a", "b"), null),
                                new Visibility.Part(List.of(), "a = 'é'")),
                        "me",
                        List.of("r"))));
        LoadTask load = new LoadTask(
                List.of(new InputFile("/in", "orders.csv")),
                FileOptions.csv("\t", "", Boolean.FALSE),
                List.of(),
                List.of(new TargetColumn(7, "n", "BIGINT", true, true, "1")),
                false,
                RejectPolicy.STOP,
                "/out",
                "part",
                1,
                new Arrangement(
                        List.of(Arrangement.Key.partition(List.of("a", "b"), "bucket[4]")),
                        List.of(new Arrangement.Key(List.of("c"), "identity", true, false))),
                2,
                3);
        FileOptions everyOption = new FileOptions(
                FileOptions.Format.CSV,
                "latin1",
                ";",
                "'",
                "\\",
                "#",
                true,
                3,
                ",",
                ".",
                FileOptions.DateOrder.DMY,
                List.of("NA", ""),
                "Sheet1",
                "A1:B2");
        Query query = new Query(
                "select $1",
                List.of(new Parameter("DATE", "2024-01-01"), new Parameter("VARCHAR", null)),
                List.of(),
                "i",
                "d",
                1,
                2);
        return List.of(
                new Message.Parse(-1, "select 'ü🎈\u0000'"),
                new Message.Run(
                        Long.MIN_VALUE,
                        new Query("select 1", List.of(), List.of(table, empty, limited), "iceberg", "d", 1L << 40, 2)),
                new Message.Load(3, load),
                new Message.Load(
                        4,
                        new LoadTask(
                                List.of(new InputFile("p", "d")),
                                FileOptions.FOUND,
                                List.of(),
                                List.of(),
                                false,
                                RejectPolicy.STOP,
                                "o",
                                "f",
                                0,
                                0,
                                1)),
                new Message.Cancel(5),
                new Message.Ping(6),
                new Message.Ready(4711, "v2.0.0", List.of("landlock")),
                new Message.Pong(6),
                new Message.Parsed(7, "{}"),
                new Message.Chunk(8, new byte[] {0, -1, 127}),
                new Message.Chunk(8, new byte[1_000_000]),
                new Message.Progress(9, -1, 12),
                new Message.Done(10, 1L << 33, 1L << 34),
                new Message.Loaded(
                        11,
                        List.of(new LoadedColumn(1, "n", "BIGINT")),
                        List.of(new WrittenFile("/out/part-0.parquet", 5, 6, Arrays.asList("x", null))),
                        5,
                        1,
                        2,
                        FileOptions.FOUND,
                        List.of("w")),
                new Message.Export(14, query, new ExportTask(ExportTask.Format.XLSX, "/out/x", 9)),
                new Message.Exported(14, 1, 2, 3),
                new Message.Materialize(15, query, new MaterializeTask("/out", "p", 4)),
                new Message.Materialized(
                        15,
                        List.of(new LoadedColumn(1, "n", "BIGINT")),
                        List.of(new WrittenFile("/out/p-0.parquet", 5, 6)),
                        5,
                        7),
                new Message.PreviewFiles(16, load, 20),
                new Message.Previewed(
                        16,
                        new Preview(
                                everyOption,
                                List.of("a.csv"),
                                List.of(new Preview.PreviewColumn("A", "a", "DATE")),
                                List.of(Arrays.asList("x", null)),
                                List.of("w"))),
                new Message.Failed(12, Failure.at(Failure.Kind.SYNTAX, "no", 17)),
                new Message.Failed(13, new Failure(Failure.Kind.INTERNAL, "bad", -1, 9, "c", "v")));
    }

    @ParameterizedTest
    @MethodSource("everyMessage")
    void comesBackAsItWasSent(Message message) throws IOException {
        assertThat(reader(bytes(message)).read()).isEqualTo(message);
    }

    @Test
    void messagesFollowEachOtherAndTheEndIsNull() throws IOException {
        MessageReader reader = reader(bytes(everyMessage().toArray(Message[]::new)));
        for (Message message : everyMessage()) {
            assertThat(reader.read()).isEqualTo(message);
        }
        assertThat(reader.read()).isNull();
    }

    @Test
    void aFrameCutAnywhereIsAnEndOfFile() throws IOException {
        byte[] whole = bytes(everyMessage().get(1));
        for (int length = 1; length < whole.length; length++) {
            MessageReader reader = reader(Arrays.copyOf(whole, length));
            assertThatThrownBy(reader::read).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void aLengthBeyondTheLimitIsRefusedBeforeMemoryIsTaken() {
        for (int length : new int[] {0, -1, Integer.MIN_VALUE, MessageWriter.MAX_FRAME_BYTES + 1}) {
            byte[] frame = ByteBuffer.allocate(32).putInt(length).array();
            assertThatThrownBy(() -> reader(frame).read()).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void anOversizedMessageIsRefusedAndTheNextOneStillFits() throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        MessageWriter writer = new MessageWriter(Channels.newChannel(sent));
        Message tooLarge = new Message.Chunk(1, new byte[MessageWriter.MAX_FRAME_BYTES]);
        assertThatThrownBy(() -> writer.write(tooLarge)).isInstanceOf(ProtocolException.class);
        assertThat(sent.size()).isZero();
        writer.write(new Message.Ping(2));
        assertThat(reader(sent.toByteArray()).read()).isEqualTo(new Message.Ping(2));
    }

    @Test
    void garbageIsRefusedAsSuch() throws IOException {
        byte[] unknownKind = bytes(new Message.Ping(1));
        unknownKind[4] = 99;
        assertThatThrownBy(() -> reader(unknownKind).read()).isInstanceOf(ProtocolException.class);

        byte[] tooLong = ByteBuffer.allocate(14)
                .putInt(10)
                .put(bytes(new Message.Ping(1)), 4, 9)
                .array();
        assertThatThrownBy(() -> reader(tooLong).read()).isInstanceOf(ProtocolException.class);

        byte[] lyingString = bytes(new Message.Parse(1, "select"));
        ByteBuffer.wrap(lyingString).putInt(13, Integer.MAX_VALUE);
        assertThatThrownBy(() -> reader(lyingString).read()).isInstanceOf(ProtocolException.class);
    }

    private static byte[] bytes(Message... messages) throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        MessageWriter writer = new MessageWriter(Channels.newChannel(sent));
        for (Message message : messages) {
            writer.write(message);
        }
        return sent.toByteArray();
    }

    private static MessageReader reader(byte[] bytes) {
        return new MessageReader(Channels.newChannel(new ByteArrayInputStream(bytes)));
    }
}

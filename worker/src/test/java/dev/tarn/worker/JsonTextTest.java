package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The notation of JSON: names and numbers as they may be written, and as they may not. */
class JsonTextTest extends FileLoading {
    private Message.Loaded load(String text) throws IOException {
        return loaded(task(List.of(Files.writeString(folder.resolve("file.json"), text)), ALL, NEW, false, false));
    }

    private Failure failure(String text) throws IOException {
        return failed(task(List.of(Files.writeString(folder.resolve("file.json"), text)), ALL, NEW, false, false));
    }

    @Test
    void namesAreFoundHoweverTheyAreWritten() throws IOException, SQLException {
        Message.Loaded loaded = load("""
                {"a\\"b": 1, "c\\\\d": 2, "plain": 3}
                {"plain" : 4, "a\\u0022b":5,"c\\u005cd":6}
                {"pl\\u0061in":7}
                """);
        assertThat(rows(loaded))
                .containsExactly(
                        Arrays.asList("1", "2", "3"), Arrays.asList("5", "6", "4"), Arrays.asList(null, null, "7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "-", "-01", "1.", ".5", "1.e5", "1e", "1x", "1-", "--1", "1.5.5", "+1", "1_0"})
    void whatIsNoNumberIsNotReadAsOne(String number) throws IOException {
        assertThat(failure("{\"a\": 2}\n{\"a\":" + number + "}\n").kind()).isEqualTo(Kind.BAD_ROW);
    }
}

package dev.tarn.worker.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.RejectPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random files with broken lines among good ones. A broken line never holds a quote that could close what another one opened, as
 * nobody could tell then what was meant; read in pieces of random size. Replay with {@code -Dtarn.seed=...}. */
class CsvReaderTest {
    private static final int FILES = Integer.getInteger("tarn.files", 1_000);
    private static final List<String> GOOD = List.of(
            "plain",
            "\"quoted\"",
            "\"a \"\"doubled\"\" one\"",
            "\"two\nlines\"",
            "\"cr\r\nlf\"",
            "",
            "\"\"",
            "5\" pipe",
            "\"x\"\"\"",
            "\"\"\"x\"",
            "\"back\\\"slash\"",
            "\"\\\\\"");
    private static final List<String> BAD = List.of(
            "1,2",
            "1,2,3,4",
            "1,\"open,3",
            "1,\"q\"x,3",
            "1,\0,3",
            "1,\"a \"\"b\"\" c,3",
            "1,\"a\\\"b\\\\,3",
            "1,\"x\0\"\"\",3");

    @TempDir
    Path folder;

    @Test
    void goodRowsSurviveAmongBrokenOnes() throws Exception {
        long seed = Long.getLong("tarn.seed", System.nanoTime());
        for (int i = 0; i < FILES; i++) {
            Random random = new Random(seed + i);
            List<List<String>> good = new ArrayList<>();
            StringBuilder text = new StringBuilder("h1,h2,h3\n");
            good.add(List.of("h1", "h2", "h3"));
            int bad = 0;
            for (int row = random.nextInt(12); row >= 0; row--) {
                if (random.nextInt(3) == 0) {
                    text.append(BAD.get(random.nextInt(BAD.size())));
                    bad++;
                } else {
                    good.add(row(random, text));
                }
                text.append(List.of("\n", "\r\n", "\r").get(random.nextInt(3)));
            }
            text.append("end,of,it");
            good.add(List.of("end", "of", "it"));
            byte[] bytes = text.toString().getBytes(ISO_8859_1);
            try (Rejects rejects = Rejects.written(
                    new RejectPolicy(folder.resolve("rejects.csv").toString()))) {
                assertThat(read(bytes, random, rejects)).isEqualTo(good);
                // Two broken lines can make one record.
                assertThat(rejects.count()).isBetween(Math.min(1L, bad), (long) bad);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + (seed + i) + ", file:\n" + text, e);
            }
        }
        assertThat(Files.exists(folder.resolve("rejects.csv"))).isTrue();
    }

    private static List<String> row(Random random, StringBuilder text) {
        List<String> row = new ArrayList<>();
        for (int cell = 0; cell < 3; cell++) {
            String written = GOOD.get(random.nextInt(GOOD.size()));
            text.append(cell == 0 ? "" : ",").append(written);
            row.add(
                    written.startsWith("\"")
                            ? written.substring(1, written.length() - 1)
                                    .replace("\"\"", "\"")
                                    .replace("\\\"", "\"")
                                    .replace("\\\\", "\\")
                            : written);
        }
        return row;
    }

    private static List<List<String>> read(byte[] bytes, Random random, Rejects rejects)
            throws IOException, TaskFailedException {
        List<List<String>> rows = new ArrayList<>();
        CsvFormat format = new CsvFormat((byte) ',', '"', '\\', -1, 0);
        try (CsvReader reader = new CsvReader(pieces(bytes, random), format, "utf-8", () -> 0)) {
            Rows good = new Rows(reader, "f", 3, rejects);
            while (good.next()) {
                List<String> row = new ArrayList<>();
                for (int cell = 0; cell < 3; cell++) {
                    row.add(new String(
                            reader.buffer(), reader.start(cell), reader.end(cell) - reader.start(cell), ISO_8859_1));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static InputStream pieces(byte[] bytes, Random random) {
        int most = 1 + random.nextInt(bytes.length);
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(most)));
            }
        };
    }
}

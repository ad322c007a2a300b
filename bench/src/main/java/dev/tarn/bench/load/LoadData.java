package dev.tarn.bench.load;

import dev.tarn.bench.harness.BenchmarkException;
import dev.tarn.bench.harness.DuckDbSide;
import dev.tarn.bench.harness.Figures;
import dev.tarn.bench.harness.TpchData;
import io.trino.tpch.TpchTable;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;

/** The files that are loaded. A file is there when it is complete, so a second run makes nothing. */
final class LoadData {
    private static final int WIDE_COLUMNS = 200;
    private static final int WIDE_ROWS = 40_000;
    private static final int MOST_WORDS = 6;
    private static final long SEED = 42;
    private static final String[] WORDS = {
        "river", "stone", "quiet", "amber", "north", "field", "paper", "glass", "winter", "marsh", "copper", "lantern"
    };

    private final Path folder;
    private final Path lineitem;

    private LoadData(Path folder, Path lineitem) {
        this.folder = folder;
        this.lineitem = lineitem;
    }

    static LoadData in(Path data, BigDecimal scale) throws IOException {
        Path lineitem = TpchData.make(data, scale, TpchTable.LINE_ITEM).file();
        return new LoadData(Files.createDirectories(data.resolve("load-sf" + scale.toPlainString())), lineitem);
    }

    List<LoadCase> cases(DuckDbSide duckDb, BigDecimal scale) throws BenchmarkException, IOException {
        return List.of(
                LoadCase.of("csv", "TPC-H lineitem as CSV", lineitem, "read_csv"),
                LoadCase.of("wide_csv", "a CSV of " + WIDE_COLUMNS + " columns of text", wide(scale), "read_csv"),
                LoadCase.of("ndjson", "TPC-H lineitem as NDJSON", copied(duckDb, "ndjson", "FORMAT json"), "read_json"),
                LoadCase.of(
                        "parquet",
                        "TPC-H lineitem as Parquet (snappy)",
                        copied(duckDb, "parquet", "FORMAT parquet, COMPRESSION snappy"),
                        "read_parquet"));
    }

    /** The rows of lineitem again and again, under one header. */
    Path huge(long bytes) throws IOException {
        Path file = folder.resolve("lineitem-" + (bytes >> 20) + "mb.csv");
        if (Files.exists(file)) {
            return file;
        }
        Figures.say("Making " + file);
        Path part = part(file);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
            for (long written = 0; written < bytes; written += Files.size(lineitem)) {
                try (InputStream in = new BufferedInputStream(Files.newInputStream(lineitem))) {
                    for (int b = in.read(); b >= 0 && written > 0 && b != '\n'; b = in.read()) {
                        // The header is there already.
                    }
                    in.transferTo(out);
                }
            }
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        return file;
    }

    private Path copied(DuckDbSide duckDb, String ending, String options) throws BenchmarkException, IOException {
        Path file = folder.resolve("lineitem." + ending);
        if (!Files.exists(file)) {
            Figures.say("Making " + file);
            Path part = part(file);
            duckDb.setUp("COPY (FROM read_csv('" + lineitem + "')) TO '" + part + "' (" + options + ")");
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }

    private Path wide(BigDecimal scale) throws IOException {
        Path file = folder.resolve("wide.csv");
        if (Files.exists(file)) {
            return file;
        }
        Figures.say("Making " + file);
        Path part = part(file);
        long rows = scale.multiply(BigDecimal.valueOf(WIDE_ROWS)).longValue();
        Random random = new Random(SEED);
        try (BufferedWriter out = Files.newBufferedWriter(part)) {
            for (int column = 0; column < WIDE_COLUMNS; column++) {
                out.write((column == 0 ? "" : ",") + "text_" + column);
            }
            out.write('\n');
            for (long row = 0; row < rows; row++) {
                for (int column = 0; column < WIDE_COLUMNS; column++) {
                    out.write(column == 0 ? "" : ",");
                    words(out, random);
                }
                out.write('\n');
            }
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        return file;
    }

    /** Now and then a cell that has to be quoted. */
    private static void words(BufferedWriter out, Random random) throws IOException {
        boolean quoted = random.nextInt(10) == 0;
        out.write(quoted ? "\"" : "");
        int count = 1 + random.nextInt(MOST_WORDS);
        for (int word = 0; word < count; word++) {
            out.write(word == 0 ? "" : quoted ? ", " : " ");
            out.write(WORDS[random.nextInt(WORDS.length)]);
        }
        out.write(quoted ? "\"" : "");
    }

    private static Path part(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }
}

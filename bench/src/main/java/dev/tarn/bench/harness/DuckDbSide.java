package dev.tarn.bench.harness;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@link PlainDuckDb} as a child process: one connection for its whole life, and a view a table. */
public final class DuckDbSide implements Side, AutoCloseable {
    private final Process process;
    private final DataOutputStream out;
    private final DataInputStream in;
    private final CpuTime cpu;

    private DuckDbSide(Process process, CpuTime cpu) {
        this.process = process;
        this.out = new DataOutputStream(process.getOutputStream());
        this.in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        this.cpu = cpu;
    }

    public static DuckDbSide start(int threads, long memoryBytes, CpuTime cpu) throws BenchmarkException, IOException {
        Process process = new ProcessBuilder(
                        JavaCommand.executable(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PlainDuckDb.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        DuckDbSide side = new DuckDbSide(process, cpu);
        side.setUp("SET threads = " + threads);
        side.setUp("SET memory_limit = '" + memoryBytes / 1024 + "KiB'");
        return side;
    }

    /** Shows files as tables. */
    public void show(Map<String, List<Path>> tables) throws BenchmarkException, IOException {
        for (Map.Entry<String, List<Path>> table : tables.entrySet()) {
            String files = table.getValue().stream()
                    .map(file -> "'" + file.toString().replace("'", "''") + "'")
                    .collect(Collectors.joining(", "));
            setUp("CREATE VIEW \"" + table.getKey() + "\" AS SELECT * FROM read_parquet([" + files + "])");
        }
    }

    /** Runs a statement that has no result. */
    public void setUp(String sql) throws BenchmarkException, IOException {
        ask(PlainDuckDb.SET_UP, sql);
    }

    @Override
    public void run(String sql) throws BenchmarkException, IOException {
        ask(PlainDuckDb.RUN, sql);
        in.readLong();
    }

    @Override
    public RowSet fetch(String sql) throws BenchmarkException, IOException {
        ask(PlainDuckDb.FETCH, sql);
        int width = in.readInt();
        List<String> names = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (int column = 0; column < width; column++) {
            names.add(in.readUTF());
            types.add(in.readUTF());
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (in.readBoolean()) {
            List<@Nullable String> row = new ArrayList<>();
            for (int column = 0; column < width; column++) {
                boolean present = in.readBoolean();
                String text = in.readUTF();
                row.add(present ? text : null);
            }
            rows.add(row);
        }
        return new RowSet(names, types, rows);
    }

    private void ask(int request, String sql) throws BenchmarkException, IOException {
        out.writeByte(request);
        out.writeUTF(sql);
        out.flush();
        if (in.readByte() != PlainDuckDb.OK) {
            throw new BenchmarkException("DuckDB said: " + in.readUTF());
        }
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public double cpuSeconds() throws IOException {
        return cpu.seconds(process.pid());
    }

    @Override
    public void close() {
        process.destroy();
    }
}

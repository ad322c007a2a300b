package dev.tarn.bench.tpch;

import dev.tarn.bench.harness.BenchmarkException;
import dev.tarn.bench.harness.CpuTime;
import dev.tarn.bench.harness.RowSet;
import dev.tarn.bench.harness.Side;
import dev.tarn.bench.harness.TarnClient;
import dev.tarn.bench.harness.TarnServer;
import java.io.IOException;

/** The server with its workers, asked over HTTP. */
final class TarnSide implements Side {
    static final String SCHEMA = "tpch";

    private final TarnServer server;
    private final TarnClient client;
    private final CpuTime cpu;

    TarnSide(TarnServer server, CpuTime cpu) throws IOException {
        this.server = server;
        this.client = server.client();
        this.cpu = cpu;
    }

    @Override
    public void run(String sql) throws BenchmarkException, IOException, InterruptedException {
        client.execute(SCHEMA, sql);
    }

    @Override
    public RowSet fetch(String sql) throws BenchmarkException, IOException, InterruptedException {
        return TarnClient.rows(client.execute(SCHEMA, sql));
    }

    @Override
    public double cpuSeconds() throws IOException {
        return cpu.seconds(server.pid());
    }
}

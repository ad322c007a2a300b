package dev.tarn.bench.harness;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Spark with Iceberg (peers/spark) on the tables of a server's first tenant, through Iceberg's JDBC catalog on its database. */
public final class SparkSide implements AutoCloseable {
    private final Process process;
    private final BufferedWriter statements;
    private final BufferedReader answers;
    private final CpuTime cpu;

    private SparkSide(Process process, CpuTime cpu) {
        this.process = process;
        this.statements = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.cpu = cpu;
    }

    /** Builds it where that is needed, and waits until it takes statements. */
    public static SparkSide start(Path root, TarnServer server, int threads, CpuTime cpu)
            throws BenchmarkException, IOException, InterruptedException {
        List<String> command = new ArrayList<>(command(root));
        String tenant = server.tenantId();
        command.add("jdbc:sqlite:" + server.home().resolve("tarn.db") + "?busy_timeout=60000");
        command.add(server.home().resolve("warehouse").resolve(tenant).toString());
        command.add(tenant);
        command.add(Integer.toString(threads));
        Process process = new ProcessBuilder(command)
                .redirectError(root.resolve("bench/target/spark.log").toFile())
                .start();
        SparkSide side = new SparkSide(process, cpu);
        side.answer();
        return side;
    }

    private static List<String> command(Path root) throws BenchmarkException, IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        root.resolve("scripts/spark-peer.sh").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("SPARK_PEER_MEMORY", "4g");
        Process script = builder.start();
        List<String> lines;
        try (BufferedReader output = script.inputReader(StandardCharsets.UTF_8)) {
            lines = output.lines().toList();
        }
        if (script.waitFor() != 0) {
            throw new BenchmarkException("scripts/spark-peer.sh failed");
        }
        return lines;
    }

    /** Runs a statement; the values of its rows as texts. */
    public String run(String sql) throws BenchmarkException, IOException {
        statements.write(JsonMapper.shared().writeValueAsString(sql));
        statements.newLine();
        statements.flush();
        return answer().path("rows").toString();
    }

    private JsonNode answer() throws BenchmarkException, IOException {
        String line = answers.readLine();
        JsonNode answer = JsonMapper.shared().readTree(line == null ? "{\"error\": \"Spark has ended\"}" : line);
        if (answer.has("error")) {
            throw new BenchmarkException("Spark: " + answer.path("error").asString());
        }
        return answer;
    }

    public double cpuSeconds() throws IOException {
        return cpu.seconds(process.pid());
    }

    @Override
    public void close() {
        process.destroy();
    }
}

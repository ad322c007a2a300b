package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example of every help text, run against a real server in a folder that has the files which they name. */
@Tag("slow")
class HelpExamplesTest {
    /** These serve until Ctrl-C, or need a database or a catalog elsewhere; other tests run them. */
    private static final Set<String> ELSEWHERE =
            Set.of("tarn serve", "tarn quickstart", "jdbc:postgresql", "tarn register --rest");

    /** Examples that end with another code here, because of what they ask for. */
    private static final Map<String, Integer> OTHER_ENDS = Map.of("tarn loads cancel", 4);

    /** What must be there, or not there, before an example is run by itself. */
    private static final Map<String, String> BEFORE = Map.ofEntries(
            Map.entry("tarn roles add Support", "tarn roles remove Support || true"),
            Map.entry("tarn roles remove Support", "tarn roles add Support || true"),
            Map.entry("tarn users role", "tarn users role bob --add Viewer --remove Analyst || true"),
            Map.entry(
                    "tarn grants add",
                    "for id in $(tarn grants list --json | grep -o '\"id\":\"[^\"]*\"' | cut -d '\"' -f 4);"
                            + " do tarn grants remove $id; done"),
            Map.entry("tarn grants remove", "tarn grants add --to bob --verb describe --on 'table:*' || true"),
            Map.entry("tarn secrets remove mail-password", "tarn secrets set mail-password < password.txt"),
            Map.entry("tarn providers add", "for name in company hr staff; do tarn providers remove $name; done"),
            Map.entry(
                    "tarn providers remove",
                    "tarn providers add company --issuer https://login.example.com --client-id tarn || true"));

    /** Names that cannot be made twice, and stay. */
    private static final Pattern NEW_NAME =
            Pattern.compile("(?<=users add |tenants add |workspaces add |--administrator |--email )\\w+");

    private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z-]+) {2,}\\S");

    @TempDir
    private Path folder;

    private int tables;

    private int names;

    @Test
    void everyExampleWorks() throws Exception {
        Path home = folder.resolve("home");
        Path work = Files.createDirectory(folder.resolve("work"));
        Path lake = lake();
        try (ServerUnderTest server =
                ServerUnderTest.start(ServerSetup.on(home).with("TARN_STORAGE_ROOTS", lake.toString()))) {
            CommandLineUnderTest tarn = new CommandLineUnderTest(work, home);
            prepare(work, tarn);
            List<String> failures = new ArrayList<>();
            int run = 0;
            for (String example : examples(tarn)) {
                if (ELSEWHERE.stream().noneMatch(example::contains)) {
                    check(tarn, example, failures);
                    run++;
                }
            }
            assertThat(failures).isEmpty();
            assertThat(server.api().ready()).isTrue();
            assertThat(run).isGreaterThan(70);
        }
    }

    private void check(CommandLineUnderTest tarn, String example, List<String> failures) throws Exception {
        // An example may be run by itself: what an earlier one made is taken away first.
        tarn.bash("rm -rf *.backup globex.json ~/.local; mkdir -p ~/.local/share/bash-completion/completions");
        if (example.contains("restore")) {
            tarn.bash("tarn backup --output tarn.backup --passphrase-file tarn.passphrase");
        }
        for (Map.Entry<String, String> before : BEFORE.entrySet()) {
            if (example.startsWith(before.getKey())) {
                tarn.bash(before.getValue());
            }
        }
        String toRun = prepared(tarn, example);
        CommandLineUnderTest.Ended ended = tarn.bash(toRun);
        int expected = OTHER_ENDS.entrySet().stream()
                .filter(other -> example.startsWith(other.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(0);
        if (ended.exitCode() != expected || ended.output().contains("\tat ")) {
            failures.add("%s ended with %d: %s".formatted(toRun, ended.exitCode(), ended.output()));
        }
    }

    private String prepared(CommandLineUnderTest tarn, String example) throws Exception {
        String text = example.replace("/srv/tarn", folder.resolve("home").toString())
                .replace("/srv/new", folder.resolve("new").toString())
                .replace("/srv/lake", folder.resolve("lake").toString())
                .replace("/mnt/", folder + "/")
                .replace("/root/", folder + "/work/")
                .replace("\"$TOKEN\"", "token");
        text = NEW_NAME.matcher(text).replaceAll(match -> match.group() + ++names);
        if (text.equals("tarn sql")) {
            return "echo '\\q' | script -qec 'tarn sql' /dev/null";
        }
        if ((text.contains("backup") || text.contains("restore"))
                && !text.contains("passphrase")
                && text.contains("tarn.backup")) {
            text = "echo a long passphrase | " + text + " --passphrase-stdin";
        }
        if (text.contains(" ID")) {
            String list = text.contains("keys") ? "keys list" : text.contains("grants") ? "grants list" : "loads";
            String path = text.contains("rejects") ? " --table shop.rejected" : "";
            String id = tarn.bash("tarn " + list + path
                            + " --json | grep -o '\"id\":\"[^\"]*\"' | head -n 1 | cut -d '\"' -f 4")
                    .output()
                    .strip();
            text = text.replaceAll(" ID\\b", " " + id);
        }
        if (text.contains("iceberg.shop.orders")
                && text.contains("tarn load ")
                && !text.contains("--append")
                && !text.contains("--replace")) {
            text = text.replace("iceberg.shop.orders", "iceberg.shop.new" + ++tables);
        }
        return text;
    }

    /** A catalog of somebody else's, with tables that can be adopted. */
    private Path lake() {
        Path lake = folder.resolve("lake");
        HadoopTables tables = new HadoopTables(new Configuration());
        Schema columns = new Schema(NestedField.required(1, "id", LongType.get()));
        for (String table : List.of("web/visits", "sales/orders", "other/one")) {
            Table made = tables.create(columns, lake.resolve(table).toString());
            // The third version of its metadata.
            made.updateProperties().set("owner", "ann").commit();
            made.updateProperties().set("owner", "bob").commit();
        }
        return lake;
    }

    private static void prepare(Path work, CommandLineUnderTest tarn) throws Exception {
        Files.writeString(work.resolve("orders.csv"), "id,ordered,status\n1,2026-01-01,paid\n2,2026-01-02,open\n");
        Files.writeString(work.resolve("export.txt"), "id;ordered;status;amount\n1;2026-01-01;paid;1,50\n");
        Files.createDirectory(work.resolve("exports"));
        Files.writeString(work.resolve("exports/2026-01.csv"), "id,ordered,status,more\n3,2026-01-03,paid,x\n");
        Files.writeString(work.resolve("exports/2026-02.csv"), "id,ordered,status,more\n4,2026-02-03,paid,y\n");
        Files.writeString(work.resolve("report.sql"), "select status, count(*) from shop.orders group by 1;\n");
        Files.writeString(work.resolve("tarn.passphrase"), "a long passphrase\n");
        Files.writeString(work.resolve("bad.csv"), "id\n1\nx\n");
        Files.writeString(work.resolve("password.txt"), "correct horse battery\n");
        Files.writeString(work.resolve("secret.txt"), "battery staple\n");
        for (String command : List.of(
                "tarn load orders.csv --table iceberg.shop.orders",
                "tarn load bad.csv --table shop.rejected --on-error skip --columns 'id BIGINT'",
                "tarn users add ann --role Analyst --no-password",
                "tarn users add bob --role Viewer --no-password",
                "tarn keys create --name spare")) {
            CommandLineUnderTest.Ended ended = tarn.bash(command);
            assertThat(ended.exitCode()).as(command + "\n" + ended.output()).isZero();
        }
    }

    private static List<String> examples(CommandLineUnderTest tarn) throws IOException, InterruptedException {
        List<String> examples = new ArrayList<>();
        collect(tarn, "tarn", examples);
        return examples;
    }

    private static void collect(CommandLineUnderTest tarn, String command, List<String> examples)
            throws IOException, InterruptedException {
        if (command.equals("tarn serve")) {
            return;
        }
        String help = tarn.bash(command + " --help").output();
        int start = help.indexOf("Examples:");
        assertThat(start).as(command + " --help has examples").isPositive();
        help.substring(start)
                .lines()
                .skip(1)
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.contains("COMMAND"))
                .forEach(examples::add);
        int commands = help.indexOf("Commands:");
        if (commands >= 0) {
            for (String inner : COMMAND.matcher(help.substring(commands, start))
                    .results()
                    .map(match -> match.group(1))
                    .toList()) {
                collect(tarn, command + " " + inner, examples);
            }
        }
    }
}

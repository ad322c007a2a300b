package dev.tarn.cli;

import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;
import dev.tarn.cli.output.Amount;
import dev.tarn.cli.output.CellText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An adoption from its start to its end. It is the server's job: when the connection breaks it goes on, and Ctrl-C ends it; what it
 * has registered by then stays.
 */
final class Registering {
    private static final String PATH = "/tarn/v1/adoptions";
    private static final long SHORTEST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 1_000;

    private final Terminal terminal;
    private final TarnClient client;

    Registering(Terminal terminal, TarnClient client) {
        this.terminal = terminal;
        this.client = client;
    }

    /** The adoption and all of its tables, once it is over. */
    @SuppressWarnings("try") // a resource that is only held
    JsonObject run(JsonObject wish) throws RequestException, InterruptedException {
        String id = client.post(PATH, wish, UUID.randomUUID().toString()).text("id", "");
        try (CancelOnInterrupt running = CancelOnInterrupt.adoption(client, id)) {
            Narration narration = new Narration(terminal);
            long pauseMs = SHORTEST_PAUSE_MS;
            String told = "";
            while (true) {
                JsonObject page = client.fetch(PATH + "/" + id);
                JsonObject adoption = page.object("adoption");
                String status = adoption == null ? "" : adoption.text("status", "");
                if (adoption == null || !List.of("queued", "running").contains(status)) {
                    return whole(page, id);
                }
                String now = Math.round(100 * adoption.decimal("progress")) + " %";
                if (terminal.errorIsTerminal() && !now.equals(told)) {
                    narration.say(status + ", " + now);
                    told = now;
                }
                Thread.sleep(pauseMs);
                pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
            }
        }
    }

    private JsonObject whole(JsonObject first, String id) throws RequestException {
        List<JsonObject> tables = new ArrayList<>(first.objects("tables"));
        String cursor = first.text("next_cursor");
        while (cursor != null) {
            JsonObject page = client.fetch(PATH + "/" + id + "?cursor=" + TarnClient.encode(cursor));
            tables.addAll(page.objects("tables"));
            cursor = page.text("next_cursor");
        }
        Map<String, @Nullable Object> whole = new LinkedHashMap<>();
        whole.put("adoption", first.object("adoption"));
        whole.put("tables", tables);
        return new JsonObject(whole);
    }

    static void print(Terminal terminal, JsonObject adopted) {
        List<JsonObject> tables = adopted.objects("tables");
        if (!tables.isEmpty()) {
            new Listing()
                    .text("there", "source")
                    .text("here", table -> table.text("name", ""))
                    .text("outcome", table -> table.text("outcome", "").replace('_', ' '))
                    .text("why", table -> table.text("reason", ""))
                    .print(terminal.out(), tables);
        }
        JsonObject adoption = adopted.object("adoption");
        JsonObject error = adoption == null ? null : adoption.object("error");
        if (error != null) {
            terminal.err().println("tarn: " + CellText.visible(error.text("detail", "")));
        }
        JsonObject counts = adoption == null ? null : adoption.object("counts");
        if (counts != null) {
            terminal.err().println(sentence(counts));
        }
    }

    private static String sentence(JsonObject counts) {
        List<String> parts = new ArrayList<>();
        counts.members().keySet().stream()
                .filter(name -> counts.number(name) > 0)
                .forEach(name -> parts.add(Amount.count(counts.number(name)) + " " + name.replace('_', ' ')));
        return parts.isEmpty() ? "No table was found." : String.join(", ", parts) + ".";
    }

    /** A script learns whether all is here. */
    static ExitCode end(JsonObject adoption, boolean dryRun) {
        JsonObject counts = adoption.object("counts");
        return switch (adoption.text("status", "")) {
            case "completed" ->
                dryRun || counts == null
                        ? ExitCode.OK
                        : counts.number("refused") > 0
                                ? ExitCode.WRONG_INPUT
                                : counts.number("name_taken") > 0 ? ExitCode.CONFLICT : ExitCode.OK;
            case "cancelled" -> ExitCode.CONFLICT;
            default -> {
                JsonObject error = adoption.object("error");
                boolean ours = error != null && !error.text("code", "").equals("internal");
                yield ours ? ExitCode.WRONG_INPUT : ExitCode.UNEXPECTED;
            }
        };
    }
}

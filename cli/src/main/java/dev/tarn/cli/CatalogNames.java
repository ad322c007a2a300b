package dev.tarn.cli;

import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names that can be completed, asked for once a minute at most and again after a statement that may have changed them. */
final class CatalogNames {
    private static final long FRESH_MS = 60_000;
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    record Name(String text, String kind) {}

    private final TarnClient client;
    private final Clock clock;
    private @Nullable List<Name> names;
    private long readMs;

    CatalogNames(TarnClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    List<Name> all() {
        List<Name> known = names;
        if (known != null && clock.millis() - readMs < FRESH_MS) {
            return known;
        }
        try {
            List<Name> read = read();
            names = read;
            readMs = clock.millis();
            return read;
        } catch (RequestException e) {
            return known == null ? List.of() : known; // completion is an aid, and no place to complain
        }
    }

    private List<Name> read() throws RequestException {
        Set<Name> found = new LinkedHashSet<>();
        Set<Name> columns = new LinkedHashSet<>();
        for (JsonObject table : client.fetchAll("/tarn/v1/tables?include=columns", "tables")) {
            String namespace = table.text("namespace", "");
            String local = quoted(table.text("table", ""));
            String qualified = quotedPath(namespace) + "." + local;
            found.add(new Name(qualified, "table"));
            found.add(new Name("iceberg." + qualified, "table"));
            found.add(new Name(local, "table"));
            for (JsonObject column : table.objects("columns")) {
                columns.add(new Name(quoted(column.text("name", "")), "column"));
            }
        }
        found.addAll(columns);
        return new ArrayList<>(found);
    }

    private static String quotedPath(String namespace) {
        List<String> parts = new ArrayList<>();
        for (String part : namespace.split("\\.", -1)) {
            parts.add(quoted(part));
        }
        return String.join(".", parts);
    }

    private static String quoted(String name) {
        return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    void forget() {
        names = null;
    }

    /** A statement was run. */
    void changed(String statement) {
        String start = statement.stripLeading().toLowerCase(Locale.ROOT);
        if (start.startsWith("create") || start.startsWith("drop") || start.startsWith("alter")) {
            forget();
        }
    }
}

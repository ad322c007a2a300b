package dev.tarn.cli.access;

import dev.tarn.cli.ServerCommand;
import dev.tarn.cli.Terminal;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;
import dev.tarn.cli.output.CellText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Asked by the completion scripts: names of the server's, one a line. What cannot be had is left out and not complained of. */
@Command(name = "names", hidden = true, mixinStandardHelpOptions = true, description = "List names for a shell.")
final class NamesCommand extends ServerCommand {
    enum Kind {
        users,
        roles,
        resources,
        secrets,
        providers;

        /** How a completion script says where the names belong. */
        String placeholder() {
            return "{" + name() + "}";
        }
    }

    @Parameters(index = "0", paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}.")
    private Kind kind = Kind.users;

    NamesCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected void run(TarnClient client) {
        List<String> names = switch (kind) {
            case users -> names(client, "/tarn/v1/users", "users");
            case roles -> names(client, "/tarn/v1/roles", "roles");
            case secrets -> names(client, "/tarn/v1/secrets", "secrets");
            case providers -> names(client, ProvidersCommand.PATH, "providers");
            case resources -> resources(client);
        };
        names.stream().map(CellText::visible).forEach(terminal().out()::println);
    }

    private static List<String> names(TarnClient client, String path, String member) {
        try {
            return client.fetchAll(path, member).stream()
                    .map(object -> object.text("name", ""))
                    .toList();
        } catch (RequestException e) {
            return List.of();
        }
    }

    private static List<String> resources(TarnClient client) {
        Set<String> namespaces = new LinkedHashSet<>();
        List<String> tables = new ArrayList<>();
        try {
            for (JsonObject table : client.fetchAll("/tarn/v1/tables", "tables")) {
                namespaces.add("namespace:iceberg." + table.text("namespace", ""));
                tables.add("table:" + table.text("name", ""));
            }
        } catch (RequestException e) {
            // What can be named without the server is still of use.
        }
        List<String> all = new ArrayList<>(List.of("*", "catalog:iceberg", "namespace:*", "table:*"));
        all.addAll(namespaces);
        all.addAll(tables);
        return all;
    }
}

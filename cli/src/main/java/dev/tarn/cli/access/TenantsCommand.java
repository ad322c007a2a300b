package dev.tarn.cli.access;

import dev.tarn.cli.CommandException;
import dev.tarn.cli.CommandGroup;
import dev.tarn.cli.ExitCode;
import dev.tarn.cli.Listing;
import dev.tarn.cli.Terminal;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "tenants",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "add|list",
        description = "Make and list tenants, which see nothing of each other; for the operator.",
        footer = {"", "Examples:", "  tarn tenants add acme", "  tarn tenants list"})
final class TenantsCommand extends CommandGroup {
    static final String PATH = "/tarn/v1/tenants";

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** The id of a tenant that is named by it or by its name. */
    static String id(TarnClient client, String tenant) throws RequestException, CommandException {
        if (ID.matcher(tenant).matches()) {
            return tenant;
        }
        for (JsonObject known : client.fetchAll(PATH, "tenants")) {
            if (tenant.equals(known.text("name"))) {
                return known.text("id", "");
            }
        }
        throw new CommandException(
                ExitCode.NOT_FOUND, "There is no tenant " + tenant + "; `tarn tenants list` shows them.");
    }

    static CommandLine list(Terminal terminal) {
        return ListCommand.of(
                terminal,
                "tenants",
                "List tenants.",
                new Listing().text("name", "name").text("id", "id"));
    }
}

package dev.tarn.cli.access;

import dev.tarn.cli.CommandException;
import dev.tarn.cli.ExitCode;
import dev.tarn.cli.ServerCommand;
import dev.tarn.cli.Terminal;
import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;
import dev.tarn.cli.output.CellText;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The new administrator's password and key are known to nobody else, so the file that takes them is there before the call. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Make a tenant with its administrator, whose password and key are shown once, or written into a"
                + " file that only you can read.",
        footer = {
            "",
            "Examples:",
            "  tarn tenants add acme",
            "  tarn tenants add globex --administrator hank --credentials globex.json"
        })
final class TenantsAddCommand extends ServerCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The tenant's name.")
    private String name = "";

    @Option(
            names = "--administrator",
            paramLabel = "USER",
            description = "The name of its first user; NAME-admin unless told otherwise.")
    private @Nullable String administrator;

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            description =
                    "Write password and key into this new file, in the form of credentials.json, and print neither.")
    private @Nullable Path credentials;

    TenantsAddCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected void run(TarnClient client) throws Exception {
        JsonObject wish =
                JsonObject.of("name", name, "administrator", administrator == null ? name + "-admin" : administrator);
        if (credentials == null) {
            print(client.post(TenantsCommand.PATH, wish));
        } else {
            write(client, wish, credentials);
        }
    }

    private void print(JsonObject made) {
        if (json()) {
            terminal().out().println(Json.write(made));
            return;
        }
        for (String member : new String[] {"username", "password", "key"}) {
            terminal().out().println(member + ": " + CellText.visible(made.text(member, "")));
        }
        terminal()
                .err()
                .println(
                        CellText.visible("Tenant \"" + name + "\" is made. Keep these now: they are not shown again."));
    }

    private void write(TarnClient client, JsonObject wish, Path file) throws CommandException, RequestException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new CommandException(ExitCode.CONFLICT, file + " is there already; nothing was made.");
        } catch (IOException e) {
            throw new CommandException(ExitCode.WRONG_INPUT, file + " cannot be written; nothing was made.");
        }
        JsonObject made;
        try {
            made = client.post(TenantsCommand.PATH, wish);
        } catch (RequestException e) {
            discard(file);
            throw e;
        }
        JsonObject tenant = made.object("tenant");
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        kept.put("url", client.url().toString());
        kept.put("tenant_id", tenant == null ? "" : tenant.text("id", ""));
        kept.put("username", made.text("username", ""));
        kept.put("password", made.text("password", ""));
        kept.put("key", made.text("key", ""));
        try {
            Files.writeString(file, Json.write(new JsonObject(kept)) + "\n");
        } catch (IOException e) {
            print(made); // better on this screen than nowhere
            throw new CommandException(
                    ExitCode.WRONG_INPUT,
                    file + " cannot be written; the tenant is made, and its credentials are above.");
        }
        say(
                JsonObject.of("tenant", tenant, "username", made.text("username", ""), "credentials", file),
                "Tenant \"" + name + "\" is made. Name, password and key of its administrator are in " + file + ".");
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It is empty, and the refusal is what matters.
        }
    }
}

package dev.tarn.cli;

import dev.tarn.cli.client.Credentials;
import dev.tarn.cli.client.TarnClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server, with which key: the options, then the environment, then the home's credentials.json. */
final class ServerOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The server. Otherwise TARN_URL, then credentials.json of the home.")
    private @Nullable String url;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "The API key. Otherwise TARN_KEY (which other users of this machine cannot see), then"
                    + " credentials.json of the home.")
    private @Nullable String key;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "The server's home folder. Otherwise TARN_HOME, then .tarn beside the launcher.")
    private @Nullable Path home;

    @Option(names = "--json", description = "Print JSON, errors too (one line on standard error).")
    boolean json;

    boolean urlGiven() {
        return url != null;
    }

    Path home(Terminal terminal) {
        return HomeOptions.chosen(home, terminal);
    }

    TarnClient client(Terminal terminal) throws CommandException {
        Optional<Credentials> credentials = credentials(terminal);
        String chosenUrl = url != null ? url : terminal.variable("TARN_URL");
        String chosenKey = key != null ? key : terminal.variable("TARN_KEY");
        if (chosenUrl == null && credentials.isEmpty()) {
            throw new CommandException(
                    ExitCode.UNREACHABLE,
                    "No server is known: " + home(terminal) + " has no credentials.json. Start one with `tarn"
                            + " quickstart` or `tarn serve`, or name one with --url and --key.");
        }
        URI address = chosenUrl == null ? credentials.orElseThrow().url() : address(chosenUrl);
        if (chosenKey == null) {
            chosenKey = keyOfHome(terminal, address, credentials);
        }
        return new TarnClient(address, chosenKey);
    }

    private Optional<Credentials> credentials(Terminal terminal) throws CommandException {
        try {
            return Credentials.read(home(terminal));
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.NOT_ALLOWED,
                    home(terminal).resolve(Credentials.FILE) + " cannot be read: it belongs to whoever started the"
                            + " server. Give --url and --key.");
        }
    }

    /** The home's key goes to the home's server alone: an address given by hand may be anyone's. */
    private String keyOfHome(Terminal terminal, URI address, Optional<Credentials> credentials)
            throws CommandException {
        if (credentials.isPresent() && sameServer(address, credentials.get().url())) {
            return credentials.get().key();
        }
        throw new CommandException(
                ExitCode.NOT_ALLOWED,
                "No key is known for " + address + ": "
                        + (credentials.isPresent()
                                ? "the one in " + home(terminal) + " is for "
                                        + credentials.get().url()
                                : home(terminal) + " has no credentials.json")
                        + ". Give it with --key or TARN_KEY.");
    }

    private static boolean sameServer(URI one, URI other) {
        return one.getScheme().equals(other.getScheme())
                && one.getPort() == other.getPort()
                && (one.getHost().equals(other.getHost()) || (loopback(one) && loopback(other)));
    }

    private static boolean loopback(URI address) {
        String host = address.getHost();
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }

    private static URI address(String text) throws CommandException {
        try {
            URI address = URI.create(text.strip());
            if (address.getHost() != null
                    && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Said below, with the same words.
        }
        throw new CommandException(
                ExitCode.USAGE, "\"" + text + "\" is no server's address; one looks like http://127.0.0.1:8080.");
    }
}

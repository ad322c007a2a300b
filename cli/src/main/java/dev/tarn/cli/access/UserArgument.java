package dev.tarn.cli.access;

import dev.tarn.cli.client.TarnClient;
import picocli.CommandLine.Parameters;

/** The user that a command is about. */
final class UserArgument {
    @Parameters(
            index = "0",
            paramLabel = "NAME",
            completionCandidates = Candidates.Users.class,
            description = "The user's name or id.")
    private String name = "";

    String name() {
        return name;
    }

    String path() {
        return UsersCommand.PATH + "/" + TarnClient.encode(name);
    }
}

package dev.tarn.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "create|list|revoke",
        description = "Make, list and revoke API keys.",
        footer = {"", "Examples:", "  tarn keys create --name ci", "  tarn keys list", "  tarn keys revoke ID"})
final class KeysCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec specification;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(specification).commandLine(), "Missing one of create, list, revoke");
    }
}

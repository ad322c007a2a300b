package dev.tarn.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "list|verify",
        description = "Read the audit trail, and look whether it is as it was sealed.",
        footer = {"", "Examples:", "  tarn audit list --outcome denied", "  tarn audit verify"})
final class AuditCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec specification;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(specification).commandLine(), "Missing one of list, verify");
    }
}

package dev.tarn.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that does nothing by itself: one of its own commands has to follow. */
public abstract class CommandGroup implements Runnable {
    @Spec
    private @Nullable CommandSpec specification;

    @Override
    public final void run() {
        CommandLine group = Objects.requireNonNull(specification).commandLine();
        throw new ParameterException(
                group,
                "Missing one of " + String.join(", ", group.getSubcommands().keySet()));
    }
}

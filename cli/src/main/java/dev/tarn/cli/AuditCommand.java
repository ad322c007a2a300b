package dev.tarn.cli;

import picocli.CommandLine.Command;

@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "list|verify",
        description = "Read the audit trail, and look whether it is as it was sealed.",
        footer = {"", "Examples:", "  tarn audit list --outcome denied", "  tarn audit verify"})
final class AuditCommand extends CommandGroup {}

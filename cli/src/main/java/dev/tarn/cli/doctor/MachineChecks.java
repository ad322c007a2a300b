package dev.tarn.cli.doctor;

import dev.tarn.cli.client.Credentials;
import dev.tarn.cli.output.Amount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What can be looked at without a server: Java, the home folder, the disk. */
public final class MachineChecks {
    private static final int JAVA = 25;
    private static final long WARN_BELOW_BYTES = 5_000_000_000L;
    private static final long STOP_BELOW_BYTES = 500_000_000L;
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final List<String> SECRETS = List.of(Credentials.FILE, "secret.key", "tarn.yaml");

    private MachineChecks() {}

    public static List<Finding> run(Path home) {
        List<Finding> findings = new ArrayList<>();
        findings.add(java(Runtime.version()));
        if (Files.isDirectory(home)) {
            findings.add(permissions(home));
        } else {
            findings.add(Finding.warning(
                    "home",
                    home + " is not there",
                    "Start a server once with `tarn serve`, or name another home with --home."));
        }
        findings.add(disk(home));
        return findings;
    }

    static Finding java(Runtime.Version version) {
        return version.feature() >= JAVA
                ? Finding.ok("java", "Java " + version)
                : Finding.problem("java", "Java " + version, "Install a JDK " + JAVA + " and let JAVA_HOME name it.");
    }

    static Finding permissions(Path home) {
        try {
            if (!Files.isWritable(home)) {
                return Finding.problem(
                        "home",
                        home + " cannot be written by you",
                        "Run tarn as the user who owns it, or change its owner.");
            }
            List<String> open = new ArrayList<>();
            for (String name : SECRETS) {
                Path file = home.resolve(name);
                if (Files.exists(file) && !OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                    open.add(file.toString());
                }
            }
            if (!open.isEmpty()) {
                return Finding.problem(
                        "home",
                        "others can read " + String.join(" and ", open),
                        "chmod 600 " + String.join(" ", open)
                                + "; then make new keys, for somebody may have read the old ones.");
            }
            Set<PosixFilePermission> folder = Files.getPosixFilePermissions(home);
            if (!OWNER.containsAll(folder)) {
                return Finding.warning(
                        "home",
                        home + " is open to others (" + PosixFilePermissions.toString(folder) + ")",
                        "chmod 700 " + home);
            }
            return Finding.ok("home", home.toString());
        } catch (IOException | UnsupportedOperationException e) {
            return Finding.warning("home", "the permissions of " + home + " cannot be read", "Look at them by hand.");
        }
    }

    private static Finding disk(Path home) {
        Path place = home;
        while (place != null && !Files.exists(place)) {
            place = place.getParent();
        }
        try {
            return space(
                    Files.getFileStore(place == null ? Path.of("/") : place).getUsableSpace(), home);
        } catch (IOException e) {
            return Finding.warning("disk", "the free space of " + home + " cannot be found out", "Look with df.");
        }
    }

    static Finding space(long freeBytes, Path home) {
        String free = Amount.bytes(freeBytes) + " free for " + home;
        if (freeBytes < STOP_BELOW_BYTES) {
            return Finding.problem("disk", free, "Free some space: loads will fail with storage_full.");
        }
        return freeBytes < WARN_BELOW_BYTES
                ? Finding.warning("disk", free, "A load needs about the size of its file; free some space.")
                : Finding.ok("disk", free);
    }
}

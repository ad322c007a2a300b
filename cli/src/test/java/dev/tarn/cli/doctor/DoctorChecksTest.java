package dev.tarn.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorChecksTest {
    @TempDir
    private Path home;

    @Test
    void secretsThatOthersCanReadAreAProblem() throws IOException {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        Path credentials = Files.writeString(home.resolve("credentials.json"), "{}");
        Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-r--r--"));
        Finding open = MachineChecks.permissions(home);
        assertThat(open.grade()).isEqualTo(Finding.Grade.problem);
        assertThat(open.mend()).contains("chmod 600 " + credentials);

        Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-------"));
        assertThat(MachineChecks.permissions(home).grade()).isEqualTo(Finding.Grade.ok);

        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(MachineChecks.permissions(home).grade()).isEqualTo(Finding.Grade.warning);
    }

    @Test
    void javaAndSpace() {
        assertThat(MachineChecks.java(Runtime.Version.parse("25")).grade()).isEqualTo(Finding.Grade.ok);
        assertThat(MachineChecks.java(Runtime.Version.parse("17.0.1")).grade()).isEqualTo(Finding.Grade.problem);
        assertThat(MachineChecks.space(100_000_000L, home).grade()).isEqualTo(Finding.Grade.problem);
        assertThat(MachineChecks.space(1_000_000_000L, home).grade()).isEqualTo(Finding.Grade.warning);
        assertThat(MachineChecks.space(9_000_000_000L, home).grade()).isEqualTo(Finding.Grade.ok);
    }

    @Test
    void whoHasThePortIsNamed() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            Finding taken = PortCheck.of(port);
            assertThat(taken.grade()).isEqualTo(Finding.Grade.problem);
            assertThat(taken.found())
                    .contains("process " + ProcessHandle.current().pid());
        }
        assertThat(PortCheck.of(port).grade()).isEqualTo(Finding.Grade.ok);
    }

    @Test
    void clocksThatDifferAreSaidSo() {
        Instant now = Instant.parse("2026-11-27T10:00:00.900Z");
        String theirs = "Fri, 27 Nov 2026 10:00:00 GMT";
        assertThat(ServerChecks.skew(theirs, now, now.plusMillis(50)).grade()).isEqualTo(Finding.Grade.ok);
        Instant later = now.plusSeconds(60);
        assertThat(ServerChecks.skew(theirs, later, later).found()).contains("differ by 59 s");
        Instant earlier = now.minusSeconds(60);
        assertThat(ServerChecks.skew(theirs, earlier, earlier).grade()).isEqualTo(Finding.Grade.warning);
        assertThat(ServerChecks.skew("", now, now).grade()).isEqualTo(Finding.Grade.warning);
    }
}

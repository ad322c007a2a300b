package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verification without a server. */
class AuditCheckTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void allChainsAreVerifiedAndNothingIsWritten() throws IOException {
        UUID whole;
        UUID edited;
        try (Database database = TestDatabases.sqlite(folder)) {
            AuditChainWorld world = new AuditChainWorld(database);
            whole = world.sealed(5);
            edited = world.sealed(5);
            world.sql("UPDATE audit_entries SET verb = 'x' WHERE tenant_id = ? AND sequence = 2", edited.toString());
        }
        byte[] before = Files.readAllBytes(folder.resolve("tarn.db"));

        AuditCheck check = check();

        assertThat(check.intact()).isFalse();
        assertThat(chain(check, whole).intact()).isTrue();
        assertThat(chain(check, whole).entries()).isEqualTo(5);
        assertThat(chain(check, edited).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.sequence()).isEqualTo(2));
        assertThat(Files.readAllBytes(folder.resolve("tarn.db"))).isEqualTo(before);
    }

    @Test
    void headsOfOldLogsFindAChainThatIsGoneAltogether() throws IOException {
        UUID tenant;
        String head;
        try (Database database = TestDatabases.sqlite(folder)) {
            AuditChainWorld world = new AuditChainWorld(database);
            tenant = world.sealed(5);
            head = world.head(tenant).text();
            world.sql("DELETE FROM audit_entries");
            world.sql("DELETE FROM audit_heads");
        }
        assertThat(check().intact()).isTrue();
        assertThat(check(tenant + ":" + head).intact()).isFalse();
        Path logs = Files.createDirectory(folder.resolve("logs"));
        try (var out = new GZIPOutputStream(Files.newOutputStream(logs.resolve("tarn.log.2026-11-27.0.gz")))) {
            out.write(("{\"message\":\"Audit head of tenant " + tenant + ": " + head + "\"}\n")
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        Files.write(logs.resolve("tarn.log.2026-11-26.0.gz"), new byte[] {1, 2, 3});

        AuditCheck check = check();

        assertThat(chain(check, tenant).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("The tail is cut off"));
    }

    @Test
    void whatIsNoDatabaseAndWhatIsNoHeadIsSaid() {
        AccessContract.assertCode(ErrorCode.NOT_FOUND, this::check);
        assertThat(folder.resolve("tarn.db")).doesNotExist();
        for (String head : List.of("", "1:2", UUID.randomUUID() + ":1:x", "x".repeat(36) + ":1:" + "a".repeat(64))) {
            AccessContract.assertCode(ErrorCode.INVALID_REQUEST, () -> check(head));
        }
    }

    private AuditCheck check(String... heads) {
        return AuditCheck.of(TestDatabases.sqliteUrl(folder), folder.resolve("logs"), List.of(heads));
    }

    private static AuditCheck.Chain chain(AuditCheck check, UUID tenant) {
        return check.chains().stream()
                .filter(chain -> chain.tenantId().equals(tenant.toString()))
                .findFirst()
                .orElseThrow();
    }
}

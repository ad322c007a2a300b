package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.database.StoreContract;
import dev.tarn.platform.secrets.TestSecrets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Values go in, are used, and never come out; each tenant has its own. */
abstract class StoredSecretsContract extends StoreContract {
    private TestAccess test;
    private StoredSecrets secrets;
    private Caller admin;

    @BeforeAll
    void begin() {
        test = TestAccess.on(database);
        admin = test.admin();
        secrets = new StoredSecrets(
                test.access(),
                test.audit(),
                database,
                new JdbcStoredSecretStore(database),
                TestSecrets.on(database),
                TestSecrets.rotationOn(database),
                test.clock());
    }

    @AfterAll
    void end() {
        test.close();
    }

    private List<String> names(Caller caller) {
        return secrets.list(caller, new PageRequest(1000, Optional.empty())).items().stream()
                .map(StoredSecret::name)
                .toList();
    }

    @Test
    void aSecretIsStoredUsedReplacedAndForgotten() {
        secrets.put(admin, "mail.password", "one");
        assertThat(secrets.use(admin, "mail.password")).isEqualTo("one");
        secrets.put(admin, "mail.password", "zwölf €");
        assertThat(secrets.use(admin, "mail.password")).isEqualTo("zwölf €");
        assertThat(names(admin)).contains("mail.password");
        secrets.remove(admin, "mail.password");
        assertThat(names(admin)).doesNotContain("mail.password");
        AccessContract.assertCode(ErrorCode.NOT_FOUND, () -> secrets.use(admin, "mail.password"));
        AccessContract.assertCode(ErrorCode.NOT_FOUND, () -> secrets.remove(admin, "mail.password"));
        assertThat(database.client()
                        .sql(
                                "SELECT verb || ' ' || details FROM audit_entries WHERE resource = 'secret:mail.password' ORDER BY at")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("create {}", "alter {}", "drop {}");
    }

    @Test
    void anotherTenantHasItsOwn() {
        Caller other = test.anotherTenant();
        secrets.put(admin, "shared-name", "ours");
        assertThat(names(other)).isEmpty();
        AccessContract.assertCode(ErrorCode.NOT_FOUND, () -> secrets.use(other, "shared-name"));
        secrets.put(other, "shared-name", "theirs");
        assertThat(secrets.use(admin, "shared-name")).isEqualTo("ours");
        assertThat(secrets.use(other, "shared-name")).isEqualTo("theirs");
        secrets.remove(other, "shared-name");
        assertThat(secrets.use(admin, "shared-name")).isEqualTo("ours");
        AccessContract.assertCode(ErrorCode.FORBIDDEN, () -> secrets.rotateKey(other));
    }

    @Test
    void onlyAnAdministratorTouchesThemUntilSomebodyIsGrantedTo() {
        secrets.put(admin, "kafka", "v");
        for (BuiltInRole role : BuiltInRole.values()) {
            Caller caller = test.user(admin, "secrets-" + role.text(), role.text());
            boolean may = role == BuiltInRole.ADMIN;
            Stream.<Runnable>of(
                            () -> names(caller),
                            () -> secrets.put(caller, "new-" + role.text(), "x"),
                            () -> secrets.put(caller, "kafka", "v"),
                            () -> secrets.use(caller, "kafka"))
                    .forEach(call -> {
                        if (may) {
                            call.run();
                        } else {
                            AccessContract.assertCode(ErrorCode.FORBIDDEN, call::run);
                        }
                    });
            // No right: no answer that tells whether there is one of that name.
            if (!may) {
                AccessContract.assertCode(ErrorCode.FORBIDDEN, () -> secrets.use(caller, "none"));
                AccessContract.assertCode(ErrorCode.FORBIDDEN, () -> secrets.remove(caller, "none"));
            }
        }
    }

    @Test
    void whatIsNoNameOrNoValueIsRefused() {
        for (String name : List.of("", " ", "a b", "../x", "a/b", "-a", "ä", "x".repeat(101), "a\n")) {
            AccessContract.assertCode(ErrorCode.INVALID_REQUEST, () -> secrets.put(admin, name, "v"));
        }
        AccessContract.assertCode(ErrorCode.INVALID_REQUEST, () -> secrets.put(admin, "x", ""));
        AccessContract.assertCode(ErrorCode.INVALID_REQUEST, () -> secrets.put(admin, "x", "v".repeat(16_385)));
    }

    @Test
    void settingsNameOneOfTheOperatorsTenant() {
        SettingSecrets settings = new SettingSecrets(new JdbcStoredSecretStore(database), TestSecrets.on(database));
        Caller other = test.anotherTenant();
        secrets.put(other, "of-a-setting", "theirs");
        assertThat(settings.value("plain")).contains("plain");
        assertThat(settings.value("secret:of-a-setting")).isEmpty();
        secrets.put(admin, "of-a-setting", "ours");
        assertThat(settings.value("secret:of-a-setting")).contains("ours");
        secrets.rotateKey(admin);
        assertThat(settings.value("secret:of-a-setting")).contains("ours");
    }
}

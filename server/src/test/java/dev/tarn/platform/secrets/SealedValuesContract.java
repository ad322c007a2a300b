package dev.tarn.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.platform.MovableClock;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.StoreContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values come back only under their own name and with the right key. */
abstract class SealedValuesContract extends StoreContract {
    private static final SealedName NAME = new SealedName(new UUID(0, 7), "stored-secret", "mail");

    private final MovableClock clock = new MovableClock();
    private final Random random = new Random(3);
    private Path file = Path.of("");
    private SealedValues values;

    @BeforeAll
    void begin(@TempDir Path folder) {
        file = folder.resolve("secret.key");
        values = open(file, Optional.empty());
    }

    private SealedValues open(Path keyFile, Optional<String> given) {
        return SecretParts.begin(database, KeyRing.open(keyFile, given, random), random, clock)
                .values();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Optional<String> found(SealedName name) {
        return values.find(name).map(value -> new String(value, StandardCharsets.UTF_8));
    }

    @Test
    void aValueComesBackAndIsNotInTheDatabase() {
        values.put(NAME, bytes("the password of mail"));
        assertThat(found(NAME)).contains("the password of mail");
        values.put(NAME, bytes("another"));
        assertThat(found(NAME)).contains("another");
        String sealed = sealed(NAME);
        values.put(NAME, bytes("another"));
        assertThat(sealed(NAME)).as("a nonce of its own").isNotEqualTo(sealed);
        assertThat(values.remove(NAME)).isTrue();
        assertThat(values.remove(NAME)).isFalse();
        assertThat(found(NAME)).isEmpty();
    }

    @Test
    void itGoesWithTheTransactionOfItsRow() {
        SealedName name = new SealedName(SealedName.SERVER, "signing-key", "k1");
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    values.put(name, bytes("x"));
                    throw new IllegalStateException("cut off");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(found(name)).isEmpty();
    }

    @Test
    void itOpensUnderNoOtherName() {
        values.put(new SealedName(new UUID(0, 8), "stored-secret", "victim"), bytes("s3cret"));
        for (SealedName thief : List.of(
                new SealedName(new UUID(0, 9), "stored-secret", "victim"),
                new SealedName(new UUID(0, 8), "idempotent-answer", "victim"),
                new SealedName(new UUID(0, 8), "stored-secret", "thief"),
                new SealedName(new UUID(0, 8), "stored-secretv", "ictim"))) {
            values.put(thief, bytes("own"));
            database.inTransaction(() -> database.client()
                    .sql(
                            "UPDATE sealed_values SET sealed = (SELECT sealed FROM sealed_values WHERE name = 'victim' AND"
                                    + " purpose = 'stored-secret' AND tenant_id = ?) WHERE tenant_id = ? AND purpose = ? AND name = ?")
                    .params(new UUID(0, 8).toString(), thief.tenantId().toString(), thief.purpose(), thief.name())
                    .update());
            assertThatThrownBy(() -> values.find(thief))
                    .as(thief.toString())
                    .isInstanceOf(TarnException.class)
                    .hasMessageContaining("altered")
                    .hasMessageNotContaining("s3cret");
            values.remove(thief);
        }
    }

    @Test
    void anAlteredTextDoesNotOpen() {
        SealedName name = new SealedName(new UUID(0, 10), "stored-secret", "x");
        values.put(name, bytes("value"));
        String sealed = sealed(name);
        for (int at = 0; at < sealed.length(); at++) {
            char other = sealed.charAt(at) == 'A' ? 'B' : 'A';
            String altered = sealed.substring(0, at) + other + sealed.substring(at + 1);
            setSealed(name, altered);
            if (at < sealed.length() - 1) { // the last digit of base 64 may have bits that mean nothing
                assertThatThrownBy(() -> values.find(name)).as("%d", at).isInstanceOf(TarnException.class);
            }
        }
        for (String garbage : List.of("", "A", "not base 64 !", sealed.substring(0, 30))) {
            setSealed(name, garbage);
            assertThatThrownBy(() -> values.find(name)).isInstanceOf(TarnException.class);
        }
        values.remove(name);
    }

    @Test
    void whatHasExpiredIsPurged() {
        SealedName name = new SealedName(new UUID(0, 11), "idempotent-answer", "x");
        values.put(name, bytes("value"), Duration.ofHours(1));
        values.purge();
        assertThat(found(name)).contains("value");
        clock.advance(Duration.ofHours(2));
        values.purge();
        assertThat(found(name)).isEmpty();
    }

    @Test
    void theKeyIsAFileForItsOwnerAlone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).startsWith("#");
        values.put(NAME, bytes("kept"));
        assertThat(open(file, Optional.empty()).find(NAME)).contains(bytes("kept"));
    }

    @Test
    void aServerWithAnotherKeyDoesNotStart(@TempDir Path other) throws IOException {
        Path missing = other.resolve("secret.key");
        assertThatThrownBy(() -> open(missing, Optional.empty()))
                .isInstanceOf(TarnException.class)
                .hasMessageContaining("sealed with the key")
                .hasMessageContaining("TARN_SECRET_KEY");
        assertThat(missing).as("no key is made for a database that has one").doesNotExist();
        assertThatThrownBy(() -> open(missing, Optional.of(TestSecrets.KEY)))
                .isInstanceOf(TarnException.class)
                .hasMessageContaining("not in TARN_SECRET_KEY")
                .hasMessageNotContaining(TestSecrets.KEY);
        Files.writeString(missing, "garbage");
        assertThatThrownBy(() -> open(missing, Optional.empty()))
                .hasMessageContaining("does not hold a secret key")
                .hasMessageNotContaining("garbage");
        assertThatThrownBy(() -> open(missing, Optional.of("short")))
                .hasMessageContaining("TARN_SECRET_KEY does not hold");
        Files.copy(file, other.resolve("copied"));
        assertThat(open(other.resolve("copied"), Optional.empty())).isNotNull();
    }

    private String sealed(SealedName name) {
        return database.client()
                .sql("SELECT sealed FROM sealed_values WHERE tenant_id = ? AND purpose = ? AND name = ?")
                .params(name.tenantId().toString(), name.purpose(), name.name())
                .query(String.class)
                .single();
    }

    private void setSealed(SealedName name, String text) {
        database.inTransaction(() -> database.client()
                .sql("UPDATE sealed_values SET sealed = ? WHERE tenant_id = ? AND purpose = ? AND name = ?")
                .params(text, name.tenantId().toString(), name.purpose(), name.name())
                .update());
    }
}

package dev.tarn.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.platform.MovableClock;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.StoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key is replaced, whatever cuts the replacement off. */
abstract class KeyRotationContract extends StoreContract {
    private static final UUID TENANT = new UUID(0, 7);
    private static final int VALUES = 450; // more than two batches

    private final Random random = new Random(4);

    @TempDir
    Path folder;

    @BeforeEach
    @AfterEach
    void forgetAll() {
        database.inTransaction(() -> List.of("sealed_values", "secret_keys", "retired_secret_keys")
                .forEach(table -> database.client().sql("DELETE FROM " + table).update()));
    }

    private SecretParts start(Optional<String> given) {
        KeyRing ring = KeyRing.open(folder.resolve("secret.key"), given, random);
        return SecretParts.begin(database, ring, random, new MovableClock());
    }

    private static void fill(SealedValues values) {
        for (int i = 0; i < VALUES; i++) {
            values.put(new SealedName(TENANT, "test", "n" + i), SealedValuesContract.bytes("value " + i));
        }
    }

    private static void assertAllThere(SealedValues values, String where) {
        for (int i = 0; i < VALUES; i++) {
            assertThat(values.find(new SealedName(TENANT, "test", "n" + i)))
                    .as(where)
                    .contains(SealedValuesContract.bytes("value " + i));
        }
    }

    private List<String> keyLines() throws IOException {
        return Files.readAllLines(folder.resolve("secret.key")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    private List<String> keysInUse() {
        return database.client()
                .sql("SELECT DISTINCT key_id FROM sealed_values")
                .query(String.class)
                .list();
    }

    @Test
    void afterARotationTheOldKeyOpensNothingAndIsGone() throws IOException {
        SecretParts parts = start(Optional.empty());
        fill(parts.values());
        List<String> old = keyLines();
        KeyRotation.Rotated rotated = parts.rotation().rotate();
        assertThat(rotated.resealed()).isEqualTo(VALUES);
        assertThat(rotated.keyId()).isNotEqualTo(rotated.oldKeyId());
        assertThat(keyLines()).hasSize(1).doesNotContainAnyElementsOf(old);
        assertThat(keysInUse()).containsExactly(rotated.keyId());
        assertAllThere(parts.values(), "same server");
        assertAllThere(start(Optional.empty()).values(), "next start");
        assertThatThrownBy(() -> start(Optional.of(old.getFirst()))).isInstanceOf(TarnException.class);
    }

    @Test
    void cutOffAtEachStepItIsCompletedByTheNextStart() throws IOException {
        boolean cut = true;
        for (int step = 0; cut; step++) {
            forgetAll();
            Files.deleteIfExists(folder.resolve("secret.key"));
            fill(start(Optional.empty()).values());
            String before = keysInUse().getFirst();
            cut = rotateCutOffAt(step);
            String where = "cut off at step " + step;
            SecretParts next = start(Optional.empty());
            assertAllThere(next.values(), where);
            assertThat(keysInUse()).as(where).hasSize(1);
            if (!cut) {
                assertThat(step).isGreaterThan(8);
                assertThat(keysInUse()).doesNotContain(before);
            }
            next.rotation().rotate();
            assertThat(keyLines()).as(where).hasSize(1);
            assertAllThere(start(Optional.empty()).values(), where);
        }
    }

    private boolean rotateCutOffAt(int step) {
        CutOffStores stores = new CutOffStores(database, step);
        KeyRing ring = KeyRing.open(folder.resolve("secret.key"), Optional.empty(), random);
        try {
            SecretParts parts = SecretParts.begin(database, stores, stores, ring, random, new MovableClock());
            parts.rotation().rotate();
            return false;
        } catch (CutOffStores.Killed e) {
            return true;
        }
    }

    @Test
    void valuesPutMeanwhileAreNeitherLostNorOverwritten() throws Exception {
        SecretParts parts = start(Optional.empty());
        fill(parts.values());
        AtomicBoolean ended = new AtomicBoolean();
        SealedName counter = new SealedName(TENANT, "test", "counter");
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<Integer> writer = threads.submit(() -> {
                int count = 0;
                while (!ended.get()) {
                    count++;
                    parts.values().put(counter, SealedValuesContract.bytes("c" + count));
                    assertThat(parts.values().find(counter)).contains(SealedValuesContract.bytes("c" + count));
                }
                return count;
            });
            for (int round = 0; round < 5; round++) {
                parts.rotation().rotate();
            }
            ended.set(true);
            int last = writer.get();
            assertThat(parts.values().find(counter)).contains(SealedValuesContract.bytes("c" + last));
        }
        assertThat(keysInUse()).hasSize(1);
        assertAllThere(parts.values(), "after five rotations");
    }

    @Test
    void aGivenKeyIsReplacedByTheOneBesideIt() {
        String first = SealingKey.fresh(random).text();
        String second = SealingKey.fresh(random).text();
        SecretParts one = start(Optional.of(first));
        fill(one.values());
        assertThatThrownBy(() -> one.rotation().rotate())
                .isInstanceOf(TarnException.class)
                .hasMessageContaining("holds no new key");
        SecretParts both = start(Optional.of(second + "," + first));
        both.values().put(new SealedName(TENANT, "test", "n0"), SealedValuesContract.bytes("value 0"));
        assertThat(keysInUse())
                .as("no rotation yet: a server with the old key alone still reads all")
                .hasSize(1);
        assertAllThere(one.values(), "old key");
        both.rotation().rotate();
        assertAllThere(start(Optional.of(second)).values(), "new key");
        assertThatThrownBy(() -> one.values().find(new SealedName(TENANT, "test", "n0")))
                .hasMessageContaining("rotated");
        assertThatThrownBy(() -> both.rotation().rotate())
                .as("a retired key is no new key")
                .isInstanceOf(TarnException.class);
        assertThat(folder.resolve("secret.key")).doesNotExist();
    }
}

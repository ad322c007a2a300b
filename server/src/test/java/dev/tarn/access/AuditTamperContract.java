package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.platform.database.StoreContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody does to the trail who has the database, and what verification says. */
abstract class AuditTamperContract extends StoreContract {
    private static final String ENTRY = "tenant_id = ? AND sequence = ?";

    private AuditChainWorld world;

    @BeforeEach
    void begin() {
        world = new AuditChainWorld(database);
    }

    @Test
    void anEditOfAnyFieldIsFoundWhereItIs() {
        List<String> edits = List.of(
                "at = at + 1",
                "actor_kind = 'key'",
                "actor_id = 'nobody at all'",
                "actor_id = NULL",
                "actor_name = 'somebody else'",
                "verb = 'drop'",
                "resource = 'table:other'",
                "outcome = 'denied'",
                "request_id = ''",
                "address = '10.0.0.2'",
                "details = '{\"rows\": 1}'",
                "entry_id = '" + world.ids.next() + "'",
                "hash = 'f' || substr(hash, 2, 62) || 'g'",
                "hash = NULL",
                "encoding = 2",
                "encoding = NULL");
        for (String edit : edits) {
            UUID tenant = world.sealed(10);
            assertThat(world.sql("UPDATE audit_entries SET " + edit + " WHERE " + ENTRY, tenant.toString(), 4))
                    .isEqualTo(1);

            AuditReport report = world.verify(tenant);

            assertThat(report.intact()).as(edit).isFalse();
            assertThat(report.entries()).isEqualTo(10);
            assertThat(report.problems().getFirst().sequence()).as(edit).contains(4L);
            // Only an edited hash does not fit the entry after it either.
            assertThat(report.problems()).as(edit).hasSize(edit.startsWith("hash") ? 2 : 1);
        }
    }

    @Test
    void severalEditsAreFoundAndManyAreCounted() {
        UUID tenant = world.sealed(300);
        world.sql("UPDATE audit_entries SET verb = 'x' WHERE tenant_id = ? AND sequence IN (7, 9)", tenant.toString());
        assertThat(world.verify(tenant).problems())
                .extracting(AuditReport.Problem::sequence)
                .containsExactly(Optional.of(7L), Optional.of(9L));
        world.sql("UPDATE audit_entries SET verb = 'x' WHERE tenant_id = ?", tenant.toString());
        assertThat(world.verify(tenant).problems()).hasSize(101);
        assertThat(world.verify(tenant).problems().getLast().text()).contains("more problems");
    }

    @Test
    void removedEntriesAreAGap() {
        UUID tenant = world.sealed(10);
        world.sql("DELETE FROM audit_entries WHERE tenant_id = ? AND sequence BETWEEN 4 AND 6", tenant.toString());
        assertThat(texts(world.verify(tenant))).containsExactly("Entries 4 to 6 are missing");
        world.sql("DELETE FROM audit_entries WHERE " + ENTRY, tenant.toString(), 1);
        assertThat(texts(world.verify(tenant))).containsExactly("Entry 1 is missing", "Entries 4 to 6 are missing");
    }

    @Test
    void anEntryTakenOutOfTheChainLeavesAGapAlthoughItIsSealedAgain() {
        UUID tenant = world.sealed(5);
        world.sql("UPDATE audit_entries SET sequence = NULL WHERE " + ENTRY, tenant.toString(), 3);
        assertThat(texts(world.verify(tenant))).containsExactly("Entry 3 is missing");
        world.sealer("server").pass();
        assertThat(texts(world.verify(tenant))).containsExactly("Entry 3 is missing");
    }

    @Test
    void swappedEntriesAreFound() {
        UUID tenant = world.sealed(10);
        for (String step : List.of("-1 WHERE sequence = 4", "4 WHERE sequence = 5", "5 WHERE sequence = -1")) {
            world.sql("UPDATE audit_entries SET sequence = " + step + " AND tenant_id = ?", tenant.toString());
        }
        assertThat(world.verify(tenant).problems())
                .extracting(problem -> problem.sequence().orElseThrow())
                .contains(4L, 5L);
    }

    @Test
    void insertedEntriesAreFound() {
        UUID tenant = world.sealed(5);
        String copy = """
                INSERT INTO audit_entries SELECT tenant_id, ?, at, actor_kind, actor_id, actor_name, verb, resource, outcome,
                    request_id, address, details, %s, hash, encoding FROM audit_entries WHERE tenant_id = ? AND sequence = 3""";
        world.sql(copy.formatted("6"), world.ids.next().toString(), tenant.toString());
        assertThat(texts(world.verify(tenant)))
                .hasSize(2)
                .anySatisfy(text -> assertThat(text).contains("changed, inserted or moved here"))
                .anySatisfy(text -> assertThat(text).contains("it says entry 5, and the chain goes on to 6"));
        world.sql("DELETE FROM audit_entries WHERE " + ENTRY, tenant.toString(), 6);
        world.sql(copy.formatted("-3"), world.ids.next().toString(), tenant.toString());
        assertThat(texts(world.verify(tenant)).getFirst()).contains("inserted before the beginning");
    }

    @Test
    void anEntryWithAPlaceThatIsTakenIsFoundEvenWithoutTheIndex() {
        UUID tenant = world.sealed(5);
        world.sql("DROP INDEX audit_entries_by_sequence");
        try {
            world.sql("""
                    INSERT INTO audit_entries SELECT tenant_id, ?, at, actor_kind, actor_id, actor_name, verb, resource,
                        outcome, request_id, address, details, sequence, hash, encoding
                    FROM audit_entries WHERE tenant_id = ? AND sequence = 3""", world.ids.next().toString(), tenant.toString());
            assertThat(texts(world.verify(tenant)).getFirst()).contains("there are two with the place 3");
        } finally {
            world.sql("DELETE FROM audit_entries WHERE tenant_id = ?", tenant.toString());
            world.sql("CREATE UNIQUE INDEX audit_entries_by_sequence ON audit_entries (tenant_id, sequence)"
                    + " WHERE sequence IS NOT NULL");
        }
    }

    @Test
    void aCutTailIsFoundByTheHead() {
        UUID tenant = world.sealed(10);
        world.sql("DELETE FROM audit_entries WHERE tenant_id = ? AND sequence > 7", tenant.toString());
        assertThat(texts(world.verify(tenant)))
                .containsExactly("The tail is cut off: the head says entry 10, and the chain ends at 7");
    }

    @Test
    void aCutTailWithAHeadThatFitsIsFoundByAHeadKeptElsewhere() {
        UUID tenant = world.sealed(10);
        AuditHead kept = world.head(tenant);
        String hash = String.valueOf(world.chains.after(tenant, 6, 1).getFirst().hash());
        world.sql("DELETE FROM audit_entries WHERE tenant_id = ? AND sequence > 7", tenant.toString());
        world.sql("UPDATE audit_heads SET sequence = 7, hash = ? WHERE tenant_id = ?", hash, tenant.toString());
        assertThat(world.verify(tenant).intact()).isTrue();
        assertThat(texts(world.verify(tenant, kept)).getFirst())
                .startsWith("The tail is cut off: a head that was kept elsewhere says entry 10");
    }

    @Test
    void aTailOfOneEntryThatIsCutIsFoundByAHeadKeptElsewhere() {
        UUID tenant = world.sealed(10);
        AuditHead kept = world.head(tenant);
        String hash = String.valueOf(world.chains.after(tenant, 8, 1).getFirst().hash());
        world.sql("DELETE FROM audit_entries WHERE tenant_id = ? AND sequence > 9", tenant.toString());
        world.sql("UPDATE audit_heads SET sequence = 9, hash = ? WHERE tenant_id = ?", hash, tenant.toString());
        assertThat(texts(world.verify(tenant, kept)).getFirst())
                .startsWith("The tail is cut off: a head that was kept elsewhere says entry 10");
    }

    @Test
    void aChainThatWasWrittenAnewIsFoundByAHeadKeptElsewhere() {
        UUID tenant = world.sealed(10);
        AuditHead kept = world.head(tenant);
        world.sql("UPDATE audit_entries SET verb = 'describe' WHERE " + ENTRY, tenant.toString(), 3);
        world.sql(
                "UPDATE audit_entries SET sequence = NULL, hash = NULL, encoding = NULL WHERE tenant_id = ?",
                tenant.toString());
        world.sql("DELETE FROM audit_heads WHERE tenant_id = ?", tenant.toString());
        world.sealer("attacker").pass();
        assertThat(world.verify(tenant).intact()).isTrue();
        assertThat(texts(world.verify(tenant, kept)).getFirst()).contains("The chain was written anew");
        assertThat(world.verify(tenant, world.head(tenant)).intact()).isTrue();
    }

    @Test
    void twoKeptHeadsOfOneEntryThatDifferAreFoundAlthoughOneFits() {
        UUID tenant = world.sealed(10);
        AuditHead kept = world.head(tenant);
        AuditHead other = new AuditHead(kept.sequence(), "0".repeat(64), kept.sealedAt());
        assertThat(texts(world.verify(tenant, kept, other)))
                .singleElement()
                .asString()
                .contains("The chain was written anew");
    }

    @Test
    void anEditedOrMissingHeadIsFound() {
        UUID tenant = world.sealed(10);
        String head = "UPDATE audit_heads SET %s WHERE tenant_id = ?";
        world.sql(head.formatted("sequence = 9"), tenant.toString());
        assertThat(texts(world.verify(tenant)).getFirst()).contains("The head was changed: it says entry 9");
        world.sql(head.formatted("sequence = 10, hash = base_hash"), tenant.toString());
        assertThat(texts(world.verify(tenant)).getFirst()).contains("its hash is not that of the last entry");
        world.sql("DELETE FROM audit_heads WHERE tenant_id = ?", tenant.toString());
        assertThat(texts(world.verify(tenant)).getFirst()).contains("The head of the chain is gone");
    }

    @Test
    void aCutBeginningIsNotTakenForRetention() {
        UUID tenant = world.sealed(10);
        String hash = String.valueOf(world.chains.after(tenant, 3, 1).getFirst().hash());
        world.sql("DELETE FROM audit_entries WHERE tenant_id = ? AND sequence <= 4", tenant.toString());
        world.sql(
                "UPDATE audit_heads SET base_sequence = 4, base_hash = ? WHERE tenant_id = ?", hash, tenant.toString());
        assertThat(texts(world.verify(tenant))).singleElement().asString().contains("The beginning is cut off");
    }

    @Test
    void anotherTenantsEntryDoesNotFitAlthoughAllElseIsTheSame() {
        UUID tenant = world.sealed(3);
        UUID other = world.tenant();
        world.sql("UPDATE audit_entries SET tenant_id = ? WHERE tenant_id = ?", other.toString(), tenant.toString());
        world.sql("UPDATE audit_heads SET tenant_id = ? WHERE tenant_id = ?", other.toString(), tenant.toString());
        assertThat(world.verify(other).problems()).hasSize(3);
        assertThat(world.verify(tenant).head()).isEmpty();
    }

    private static List<String> texts(AuditReport report) {
        assertThat(report.intact()).isFalse();
        List<String> texts = new ArrayList<>();
        report.problems().forEach(problem -> texts.add(problem.text()));
        return texts;
    }
}

package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.database.StoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recording, searching and who may. */
abstract class AuditTrailContract extends StoreContract {
    private TestAccess test;
    private AuditTrail trail;
    private Audit audit;
    private Path logs;

    @BeforeAll
    void begin(@TempDir Path folder) throws IOException {
        test = TestAccess.on(database);
        logs = Files.createDirectory(folder.resolve("logs"));
        trail = test.parts.auditTrail(logs);
        audit = test.audit();
    }

    @AfterAll
    void end() {
        test.close();
    }

    @Test
    void entriesAreFoundByEachOfTheirParts() {
        Caller caller = test.anotherTenant();
        Instant first = test.clock().instant();
        record(caller, "run", Resource.statement("s1"), Audit.Outcome.DONE, Map.of("sql", "SELECT Überall"));
        test.clock().advance(Duration.ofSeconds(1));
        record(caller, "insert", Resource.table("iceberg.a.b"), Audit.Outcome.DONE, Map.of("rows", 5));
        test.clock().advance(Duration.ofSeconds(1));
        record(caller, "insert", Resource.table("iceberg.a%c"), Audit.Outcome.FAILED, Map.of());

        assertThat(verbs(caller, query(Optional.of("run"), Optional.empty(), Optional.empty())))
                .containsExactly("run");
        assertThat(resources(caller, resource("table:iceberg.a.b"))).containsExactly("table:iceberg.a.b");
        assertThat(resources(caller, resource("table:iceberg.a*")))
                .containsExactly("table:iceberg.a%c", "table:iceberg.a.b");
        assertThat(resources(caller, resource("table:iceberg.a%*"))).containsExactly("table:iceberg.a%c");
        assertThat(resources(caller, resource("table:Iceberg.a*"))).isEmpty();
        assertThat(resources(caller, query(Optional.empty(), Optional.of(Audit.Outcome.FAILED), Optional.empty())))
                .containsExactly("table:iceberg.a%c");
        assertThat(resources(caller, query(Optional.empty(), Optional.empty(), Optional.of("select Über"))))
                .containsExactly("statement:s1");
        assertThat(resources(caller, query(Optional.empty(), Optional.empty(), Optional.of("%c"))))
                .containsExactly("table:iceberg.a%c");
        assertThat(resources(caller, between(first, first.plusSeconds(1)))).contains("statement:s1");
        assertThat(resources(caller, between(first.plusSeconds(1), first.plusSeconds(2))))
                .containsExactly("table:iceberg.a.b");
        for (String who : List.of(caller.name(), caller.userId().toString())) {
            assertThat(resources(caller, who(who))).contains("statement:s1", "table:iceberg.a.b");
        }
        assertThat(resources(caller, who("nobody\0"))).isEmpty();
    }

    @Test
    void pagesAndTheStreamHaveTheSameEntries() {
        Caller caller = test.anotherTenant();
        for (int i = 0; i < 2_500; i++) {
            audit.recordSoon(caller, "run", Resource.statement("s" + i), Audit.Outcome.DONE, Map.of());
        }
        await(() -> list(caller, verb("run")).size() >= 1_000);
        await(() -> count("run", caller.tenantId()) == 2_500);
        List<String> paged = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = trail.list(caller, AuditTrail.Scope.TENANT, verb("run"), new PageRequest(700, cursor));
            page.items().forEach(entry -> paged.add(entry.id()));
            cursor = page.next();
        } while (cursor.isPresent());
        List<String> streamed = new ArrayList<>();
        long count = trail.stream(caller, AuditTrail.Scope.TENANT, verb("run"), entry -> streamed.add(entry.id()));

        assertThat(paged).hasSize(2_500).doesNotHaveDuplicates().isEqualTo(streamed);
        assertThat(count).isEqualTo(2_500);
        await(() -> list(caller, verb("select")).stream()
                .anyMatch(entry -> entry.details().contains("\"entries\":2500")));
        AccessContract.assertCode(
                ErrorCode.INVALID_REQUEST,
                () -> trail.list(
                        caller, AuditTrail.Scope.TENANT, AuditQuery.all(), new PageRequest(1, Optional.of("x"))));
    }

    @Test
    void nobodySeesAnotherTenantsTrailAndOnlyTheOperatorNobodys() {
        Caller one = test.anotherTenant();
        Caller other = test.anotherTenant();
        record(one, "run", Resource.statement("secret of one"), Audit.Outcome.DONE, Map.of());
        audit.refused(TestAccess.nobody(), "key");
        assertThat(resources(other, AuditQuery.all())).noneMatch(text -> text.contains("secret of one"));
        assertThat(resources(test.admin(), AuditQuery.all())).noneMatch(text -> text.contains("secret of one"));
        AccessContract.assertCode(
                ErrorCode.FORBIDDEN,
                () -> trail.list(one, AuditTrail.Scope.SERVER, AuditQuery.all(), PageRequest.first()));
        AccessContract.assertCode(ErrorCode.FORBIDDEN, () -> trail.verify(one, AuditTrail.Scope.SERVER, List.of()));
        AccessContract.assertCode(
                ErrorCode.UNAUTHENTICATED,
                () -> trail.list(TestAccess.nobody(), AuditTrail.Scope.TENANT, AuditQuery.all(), PageRequest.first()));
        await(() ->
                trail
                        .list(test.admin(), AuditTrail.Scope.SERVER, AuditQuery.all(), PageRequest.first())
                        .items()
                        .stream()
                        .anyMatch(entry -> entry.verb().equals("authenticate")));
        assertThat(trail.list(test.admin(), AuditTrail.Scope.SERVER, AuditQuery.all(), PageRequest.first(1_000))
                        .items())
                .allMatch(entry -> entry.who().kind().equals("anonymous"));
    }

    @Test
    void aDenialIsRecordedAndItsRepetitionsAreCounted() {
        Caller caller = test.anotherTenant();
        for (int i = 0; i < 500; i++) {
            audit.denied(caller, "select", Resource.table("iceberg.a.b"));
        }
        await(() -> count("select", caller.tenantId()) == 1);
        test.clock().advance(Duration.ofMinutes(1));
        await(() -> count("select", caller.tenantId()) == 2);
        assertThat(list(caller, verb("select")).getFirst().details()).contains("\"repeated\":499");
        audit.denied(caller, "select", Resource.table("iceberg.a.b"));
        await(() -> count("select", caller.tenantId()) == 3);
    }

    @Test
    void aFloodOfDifferentDenialsIsBoundedAndSaid() {
        Caller caller = test.anotherTenant();
        for (int i = 0; i < 10_000; i++) {
            audit.denied(caller, "insert", Resource.table("iceberg.a.t" + i));
        }
        await(() -> count("insert", caller.tenantId()) == BoundedEntries.OF_A_CALLER);
        test.clock().advance(Duration.ofMinutes(10));
        await(() -> count("several", caller.tenantId()) == 1);
        AuditEntry rest = list(caller, verb("several")).getFirst();
        assertThat(rest.details()).contains("\"repeated\":9800");
        assertThat(rest.who().id()).isEqualTo(caller.userId().toString());
        assertThat(rest.outcome()).isEqualTo("denied");
        assertThat(count("insert", caller.tenantId())).isEqualTo(BoundedEntries.OF_A_CALLER);
    }

    @Test
    void aFloodOfWrongCredentialsFromManyAddressesIsBounded() {
        long before = count("authenticate", Audit.NOBODYS);
        for (int i = 0; i < 5_000; i++) {
            audit.refused(new Caller.Anonymous(new Caller.Origin("r", "10.1." + i / 250 + "." + i % 250)), "key");
        }
        test.clock().advance(Duration.ofHours(1));
        await(() -> count("several", Audit.NOBODYS) >= 1);
        assertThat(count("authenticate", Audit.NOBODYS) - before).isLessThanOrEqualTo(BoundedEntries.OF_A_TENANT);
    }

    @Test
    void nobodyOutsideHidesWhatSomebodyInsideDoes() {
        Caller caller = test.anotherTenant();
        for (int i = 0; i < 2 * BoundedEntries.OF_A_TENANT; i++) {
            Caller stranger = new Caller.Anonymous(new Caller.Origin("r", "10.2." + i / 250 + "." + i % 250));
            audit.recordSignIn(caller.tenantId(), stranger, caller.name(), Audit.Outcome.FAILED, Map.of());
        }
        audit.denied(caller, "drop", Resource.table("iceberg.a.b"));
        await(() -> count("drop", caller.tenantId()) == 1);
        assertThat(count("sign_in", caller.tenantId())).isEqualTo(BoundedEntries.OF_A_TENANT);
    }

    @Test
    void whatTheDatabaseDoesNotTakeKeepsNoEntryBack() {
        Caller caller = test.anotherTenant();
        audit.recordSoon(
                caller,
                "run",
                Resource.statement("nul \0 half \uD800"),
                Audit.Outcome.DONE,
                Map.of("sql", "nul \0 half \uD800"));
        audit.recordSoon(caller, "run", Resource.statement("x".repeat(5_000)), Audit.Outcome.DONE, Map.of());
        await(() -> list(caller, verb("run")).size() == 2);
        test.parts.sealer(new AuditSettings(Duration.ofDays(365))).pass();
        assertThat(trail.verify(caller, AuditTrail.Scope.TENANT, List.of()).intact())
                .isTrue();
    }

    @Test
    void headsInTheLogFilesAreKnownHeads() throws IOException {
        Caller caller = test.anotherTenant();
        record(caller, "run", Resource.statement("s1"), Audit.Outcome.DONE, Map.of());
        AuditSealer sealer = test.parts.sealer(new AuditSettings(Duration.ofDays(365)));
        sealer.pass();
        AuditReport report = trail.verify(caller, AuditTrail.Scope.TENANT, List.of());
        AuditHead head = report.head().orElseThrow();
        String line = "{\"message\":\"" + AuditHeads.logged(caller.tenantId(), head.sequence(), head.hash()) + "\"}\n";
        Path log = logs.resolve("tarn.log");
        Files.writeString(log, line);
        assertThat(trail.verify(caller, AuditTrail.Scope.TENANT, List.of()).intact())
                .isTrue();
        Files.writeString(
                logs.resolve("tarn.log.1"), AuditHeads.logged(caller.tenantId(), head.sequence() + 1_000, head.hash()));
        assertThat(trail.verify(caller, AuditTrail.Scope.TENANT, List.of()).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("The tail is cut off"));
        Files.delete(logs.resolve("tarn.log.1"));
    }

    private void record(Caller caller, String verb, Resource resource, Audit.Outcome outcome, Map<String, ?> details) {
        audit.recordSoon(caller, verb, resource, outcome, details);
        await(() -> list(caller, AuditQuery.all()).stream()
                .anyMatch(entry -> entry.resource().equals(resource.text())
                        && entry.at().equals(test.clock().instant())));
    }

    private List<AuditEntry> list(Caller caller, AuditQuery query) {
        return trail.list(caller, AuditTrail.Scope.TENANT, query, PageRequest.first(1_000))
                .items();
    }

    private List<String> resources(Caller caller, AuditQuery query) {
        return list(caller, query).stream()
                .map(AuditEntry::resource)
                .filter(text -> !text.startsWith("audit:"))
                .toList();
    }

    private List<String> verbs(Caller caller, AuditQuery query) {
        return list(caller, query).stream().map(AuditEntry::verb).toList();
    }

    private long count(String verb, UUID tenant) {
        return database.client()
                .sql("SELECT count(*) FROM audit_entries WHERE tenant_id = ? AND verb = ? AND resource <> ?")
                .params(tenant.toString(), verb, verb.equals("select") ? "audit:*" : "")
                .query(Long.class)
                .single();
    }

    private static AuditQuery verb(String verb) {
        return query(Optional.of(verb), Optional.empty(), Optional.empty());
    }

    private static AuditQuery query(Optional<String> verb, Optional<Audit.Outcome> outcome, Optional<String> text) {
        return new AuditQuery(
                Optional.empty(), Optional.empty(), Optional.empty(), verb, Optional.empty(), outcome, text);
    }

    private static AuditQuery resource(String resource) {
        return new AuditQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(resource),
                Optional.empty(),
                Optional.empty());
    }

    private static AuditQuery who(String who) {
        return new AuditQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.of(who),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static AuditQuery between(Instant from, Instant until) {
        return new AuditQuery(
                Optional.of(from),
                Optional.of(until),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static void await(Supplier<Boolean> condition) {
        Eventually.holds(() -> assertThat(condition.get()).isTrue());
    }
}

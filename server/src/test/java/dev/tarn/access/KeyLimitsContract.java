package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that may less than their users, on each database. */
@SuppressWarnings("NullAway.Init") // JUnit and openIt set the fields
abstract class KeyLimitsContract {
    private static final Resource ORDERS = Resource.table("iceberg.shop.orders");
    private static final Resource OTHER = Resource.table("iceberg.shop2.orders");

    private Database database;

    private TestAccess test;

    private Caller admin;

    @TempDir
    private Path folder;

    /** An empty database; its files, if any, in the folder. */
    protected abstract Database open(Path folder);

    @BeforeEach
    void openIt() {
        database = open(folder);
        test = TestAccess.on(database);
        admin = test.admin();
    }

    @AfterEach
    void close() {
        test.close();
        database.close();
    }

    private boolean may(Caller caller, Verb verb, Resource resource) {
        return test.access().allows(caller, verb, resource);
    }

    private static void assertCode(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TarnException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }

    @Test
    void aLimitedKeyReachesNothingElseAndMakesNoWiderOne() {
        Caller analyst = test.user(admin, "a", "Analyst");
        NewKey made = test.keys().create(analyst, limited(Optional.empty(), "namespace:iceberg.shop"));
        Caller key = test.parts.credentials().authenticate(made.secret(), Caller.Origin.LOCAL);
        assertThat(may(key, Verb.SELECT, ORDERS)).isTrue();
        assertThat(may(key, Verb.SELECT, OTHER)).isFalse();
        assertThat(may(key, Verb.CREATE, Resource.statement("*"))).isTrue();
        assertCode(ErrorCode.FORBIDDEN, () -> test.keys().create(key, WantedKey.named("wider")));
        assertCode(ErrorCode.FORBIDDEN, () -> test.keys().create(key, limited(Optional.empty(), "catalog:iceberg")));
        test.keys().create(key, limited(Optional.empty(), ORDERS.text()));
        SignedIn session = test.parts.signIn().withKey(TestAccess.nobody(), made.secret());
        Caller person = test.parts.credentials().authenticateSession(session.secret(), Caller.Origin.LOCAL);
        assertThat(may(person, Verb.SELECT, OTHER)).isFalse();
        NewKey ofAdmin = test.keys().create(admin, limited(Optional.empty(), "namespace:iceberg.shop"));
        Caller narrow = test.parts.credentials().authenticate(ofAdmin.secret(), Caller.Origin.LOCAL);
        assertThat(may(narrow, Verb.DESCRIBE, Resource.user("x"))).isFalse();
        assertThat(may(narrow, Verb.SELECT, Resource.all(Resource.Kind.AUDIT))).isFalse();
        assertCode(ErrorCode.FORBIDDEN, () -> test.access().requireOperator(narrow));
    }

    @Test
    void aRestrictedKeyOfAnOwnerGivesNobodyARight() {
        Caller owner = test.user(admin, "owner", "Viewer");
        test.user(admin, "friend", "Viewer");
        database.inTransaction(() -> test.access().own(owner, ORDERS));
        Caller key = caller(test.keys().create(owner, limited(Optional.empty(), ORDERS.text())));
        assertThat(may(key, Verb.DROP, ORDERS)).isTrue();
        NewGrant grant = new NewGrant("friend", "select", ORDERS.text(), Optional.empty(), Optional.empty());
        assertCode(ErrorCode.FORBIDDEN, () -> test.grants().create(key, grant));
        test.grants().create(owner, grant);
    }

    @Test
    void aKeyWithARoleHasThatRolesRightsAlone() {
        NewKey made = test.keys().create(admin, limited(Optional.of("Auditor")));
        Caller key = test.parts.credentials().authenticate(made.secret(), Caller.Origin.LOCAL);
        assertThat(may(key, Verb.SELECT, ORDERS)).isFalse();
        assertThat(may(key, Verb.SELECT, Resource.all(Resource.Kind.AUDIT))).isTrue();
        assertCode(ErrorCode.FORBIDDEN, () -> test.access().requireOperator(key));
        assertCode(ErrorCode.FORBIDDEN, () -> test.keys().create(key, WantedKey.named("wider")));
        Caller analyst = test.user(admin, "a", "Analyst");
        assertCode(ErrorCode.FORBIDDEN, () -> test.keys().create(analyst, limited(Optional.of("Admin"))));
        assertThat(test.keys().list(analyst, PageRequest.first()).items())
                .extracting(ApiKey::userName)
                .containsOnly("a");
    }

    @Test
    void aKeyWithARoleHasNothingOfWhatIsGrantedToItsUser() {
        Caller engineer = test.user(admin, "e", "DataEngineer", "Viewer");
        test.grants().create(admin, new NewGrant("e", "drop", ORDERS.text(), Optional.empty(), Optional.empty()));
        Caller key = caller(test.keys().create(engineer, limited(Optional.of("Viewer"))));
        assertThat(may(engineer, Verb.DROP, ORDERS)).isTrue();
        assertThat(may(key, Verb.DROP, ORDERS)).isFalse();
    }

    @Test
    void noLimitedCredentialTakesItsUserOver() {
        Caller user = test.user(admin, "u", "Analyst", "Viewer");
        test.users().setPassword(admin, user.userId(), "a good password");
        for (WantedKey wanted : List.of(limited(Optional.of("Viewer")), limited(Optional.empty(), ORDERS.text()))) {
            NewKey key = test.keys().create(user, wanted);
            SignedIn session = test.parts.signIn().withKey(TestAccess.nobody(), key.secret());
            Caller person = test.parts.credentials().authenticateSession(session.secret(), Caller.Origin.LOCAL);
            for (Caller limited : List.of(caller(key), person)) {
                assertCode(
                        ErrorCode.FORBIDDEN,
                        () -> test.parts.account().changePassword(limited, "a good password", "three quiet rivers"));
                assertCode(
                        ErrorCode.FORBIDDEN,
                        () -> test.parts.passwordResets().reset(limited, "u", "three quiet rivers"));
            }
        }
        test.parts.account().changePassword(user, "a good password", "three quiet rivers");
    }

    private Caller caller(NewKey key) {
        return test.parts.credentials().authenticate(key.secret(), Caller.Origin.LOCAL);
    }

    private static WantedKey limited(Optional<String> role, String... only) {
        return new WantedKey(
                "limited",
                Optional.empty(),
                role,
                Optional.of(List.of(only)).filter(list -> !list.isEmpty()),
                Optional.empty(),
                Optional.empty());
    }
}

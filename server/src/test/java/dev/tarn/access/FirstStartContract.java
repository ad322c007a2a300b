package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.database.StoreContract;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One database's life, step by step: begun, cut off, resumed, finished. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class FirstStartContract extends StoreContract {
    private TestAccess test;
    private NewTenant latest;

    @BeforeAll
    void begin() {
        test = TestAccess.on(database); // begins in the home "test"
        latest = test.first();
    }

    @AfterAll
    void end() {
        test.close();
    }

    @Test
    @Order(1)
    void anotherHomeDoesNotResumeWhatHasJustBegun() {
        assertThat(test.parts.firstStart().begin("elsewhere")).isEmpty();
    }

    @Test
    @Order(2)
    void theSameHomeResumesAndTheOldCredentialsEnd() {
        NewTenant old = latest;
        SignedIn session =
                test.parts.signIn().withKey(TestAccess.nobody(), old.key().secret());
        latest = test.parts.firstStart().begin("test").orElseThrow();
        assertThat(latest.tenant()).isEqualTo(old.tenant());
        assertThat(latest.userId()).isEqualTo(old.userId());
        assertWorks(latest);
        AccessContract.assertCode(
                ErrorCode.UNAUTHENTICATED,
                () -> test.parts.credentials().authenticate(old.key().secret(), Caller.Origin.LOCAL));
        AccessContract.assertCode(
                ErrorCode.UNAUTHENTICATED,
                () -> test.parts.signIn().withPassword(TestAccess.nobody(), "admin", old.password()));
        AccessContract.assertCode(
                ErrorCode.UNAUTHENTICATED,
                () -> test.parts.credentials().authenticateSession(session.secret(), Caller.Origin.LOCAL));
    }

    @Test
    @Order(3)
    void anotherHomeResumesWhatWasAbandoned() {
        test.clock().advance(Duration.ofSeconds(61));
        latest = test.parts.firstStart().begin("elsewhere").orElseThrow();
        assertWorks(latest);
    }

    @Test
    @Order(4)
    void onceFinishedNothingIsMadeAgain() {
        test.parts.firstStart().finish();
        test.clock().advance(Duration.ofDays(1));
        assertThat(test.parts.firstStart().begin("elsewhere")).isEqualTo(Optional.empty());
        assertThat(test.parts.firstStart().begin("test")).isEmpty();
        assertWorks(latest);
    }

    private void assertWorks(NewTenant made) {
        Caller caller = test.parts.credentials().authenticate(made.key().secret(), Caller.Origin.LOCAL);
        test.parts.access().requireOperator(caller);
        assertThat(test.parts
                        .signIn()
                        .withPassword(TestAccess.nobody(), made.username(), made.password())
                        .identity())
                .isEqualTo(test.parts.signIn().identity(caller));
    }
}

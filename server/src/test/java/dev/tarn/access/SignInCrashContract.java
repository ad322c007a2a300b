package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.database.StoreContract;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each way of writing, cut off before and after each of its writes: what was not answered has not happened, and works again. */
abstract class SignInCrashContract extends StoreContract {
    private static final int MORE_STEPS_THAN_ANY = 30;
    private SignInWorld world;

    @BeforeAll
    void begin() {
        world = new SignInWorld(database);
    }

    @AfterAll
    void end() {
        world.close();
    }

    /** A server that is killed at that step. */
    private SignInParts killedAt(int step) {
        CutOffSignInStores stores = stores(step);
        return world.parts.signInWith(stores, stores, stores);
    }

    private CutOffSignInStores stores(int step) {
        return new CutOffSignInStores(
                new JdbcFamilyStore(database),
                new JdbcSigningKeyStore(database),
                new JdbcSignInFailureStore(database),
                step);
    }

    @Test
    void aSignInThatIsCutOffOpensNothing() {
        int killed = 0;
        for (int step = 0; step < MORE_STEPS_THAN_ANY; step++) {
            User user = world.user();
            long before = families(user);
            Optional<IssuedTokens> answer = answer(killedAt(step).loginTokens(), user);
            assertThat(families(user) - before).as("step " + step).isEqualTo(answer.isPresent() ? 1 : 0);
            answer.ifPresent(issued -> assertThat(world.opens(issued.access())).isTrue());
            killed += answer.isPresent() ? 0 : 1;
            assertThat(world.opens(world.signIn(user).access())).as("and again").isTrue();
        }
        assertThat(killed).isBetween(8, MORE_STEPS_THAN_ANY - 5);
    }

    @Test
    void aRefreshThatIsCutOffLeavesTheOldTokenGood() {
        int killed = 0;
        for (int step = 0; step < MORE_STEPS_THAN_ANY; step++) {
            IssuedTokens issued = world.signIn(world.user());
            Optional<IssuedTokens> answer = Optional.empty();
            try {
                answer = Optional.of(killedAt(step).loginTokens().refresh(TestAccess.nobody(), issued.refresh()));
            } catch (CutOffSignInStores.Killed e) {
                killed++;
            }
            String good = answer.map(IssuedTokens::refresh).orElse(issued.refresh());
            assertThat(world.opens(world.parts
                            .loginTokens()
                            .refresh(TestAccess.nobody(), good)
                            .access()))
                    .as("step " + step)
                    .isTrue();
        }
        assertThat(killed).isEqualTo(4);
    }

    @Test
    void aReuseThatIsCutOffEndsTheFamilyTheNextTime() {
        for (int step = 0; step < 6; step++) {
            IssuedTokens issued = world.signIn(world.user());
            IssuedTokens next = world.parts.loginTokens().refresh(TestAccess.nobody(), issued.refresh());
            try {
                killedAt(step).loginTokens().refresh(TestAccess.nobody(), issued.refresh());
            } catch (CutOffSignInStores.Killed e) {
                assertThat(world.opens(next.access())).as("step " + step).isTrue();
            } catch (dev.tarn.platform.TarnException e) {
                assertThat(world.opens(next.access())).isFalse();
            }
            AccessContract.assertCode(
                    ErrorCode.UNAUTHENTICATED,
                    () -> world.parts.loginTokens().refresh(TestAccess.nobody(), issued.refresh()));
            assertThat(world.opens(next.access())).isFalse();
        }
    }

    @Test
    void aLogoutThatIsCutOffCanBeRepeated() {
        for (int step = 0; step < 3; step++) {
            IssuedTokens issued = world.signIn(world.user());
            boolean acknowledged = true;
            try {
                killedAt(step).loginTokens().logout(TestAccess.nobody(), issued.refresh());
            } catch (CutOffSignInStores.Killed e) {
                acknowledged = false;
            }
            if (!acknowledged) {
                world.parts.loginTokens().logout(TestAccess.nobody(), issued.refresh());
            }
            AccessContract.assertCode(
                    ErrorCode.UNAUTHENTICATED,
                    () -> world.parts.loginTokens().refresh(TestAccess.nobody(), issued.refresh()));
        }
    }

    @Test
    void aRotationThatIsCutOffLeavesAKeyThatSigns() {
        int killed = 0;
        for (int step = 0; step < MORE_STEPS_THAN_ANY; step++) {
            IssuedTokens before = world.signIn(world.user());
            Object signs = world.rows(database, "SELECT key_id FROM signing_keys WHERE signs = 1");
            try {
                killedAt(step).signingKeys().rotate(world.admin, step % 2 == 1);
            } catch (CutOffSignInStores.Killed e) {
                killed++;
                assertThat(world.rows(database, "SELECT key_id FROM signing_keys WHERE signs = 1"))
                        .isEqualTo(signs);
                assertThat(world.opens(before.access())).as("step " + step).isTrue();
            }
            assertThat(world.rows(database, "SELECT key_id FROM signing_keys WHERE signs = 1"))
                    .hasSize(1);
            assertThat(world.rows(database, "SELECT name FROM sealed_values WHERE purpose = 'signing-key'"))
                    .hasSize(1);
            assertThat(world.opens(world.signIn(world.user()).access())).isTrue();
        }
        assertThat(killed).isBetween(6, 8);
    }

    @Test
    void aResetThatIsCutOffChangesNothing() {
        for (int step = 0; step < 6; step++) {
            User user = world.user();
            IssuedTokens issued = world.signIn(user);
            Caller self = world.callerOf(issued.access());
            boolean acknowledged = true;
            try {
                world.parts.passwordResetsWith(stores(step)).reset(self, user.name(), "three quiet rivers");
            } catch (CutOffSignInStores.Killed e) {
                acknowledged = false;
            }
            String now = acknowledged ? "three quiet rivers" : SignInWorld.PASSWORD;
            world.parts.loginTokens().signIn(SignInWorld.from("10.0.0.1"), user.name(), now);
            if (!acknowledged) {
                world.parts.loginTokens().refresh(TestAccess.nobody(), issued.refresh());
            }
        }
    }

    private static Optional<IssuedTokens> answer(LoginTokens tokens, User user) {
        try {
            return Optional.of(tokens.signIn(SignInWorld.from("10.0.0.1"), user.name(), SignInWorld.PASSWORD));
        } catch (CutOffSignInStores.Killed e) {
            return Optional.empty();
        }
    }

    private long families(User user) {
        return world.rows(database, "SELECT 1 FROM token_families WHERE user_id = '" + user.id() + "'")
                .size();
    }
}

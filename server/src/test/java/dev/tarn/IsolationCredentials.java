package dev.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer.Reply;
import dev.tarn.access.BuiltInRole;
import dev.tarn.access.Keys;
import dev.tarn.access.NewKey;
import dev.tarn.access.WantedKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The credentials of the isolation matrix: for each built-in role a key, an access token of the login and a token of an identity
 * provider; and those of all three kinds that were good once.
 */
final class IsolationCredentials {
    private static final String PASSWORD = "a good password";
    private static final String PROVIDER = "matrix";

    /** In which way somebody of a role shows who it is. */
    enum Kind {
        KEY,
        LOGIN,
        PROVIDER
    }

    /** Somebody with a role, in one of the ways; the role is {@code elsewhere} for the key that is restricted to other things. */
    record Holder(String role, Kind kind, String key) {
        @Override
        public String toString() {
            return role + " by " + kind;
        }
    }

    /** The server's time is ours, but at the beginning, when it is so long ago that what was made then has expired. */
    static final class ShiftedClock extends Clock {
        private static final Duration AGO = Duration.ofHours(1);
        private volatile Duration shift = AGO.negated();

        @Override
        public Instant instant() {
            return Instant.now().plus(shift);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final RunningServer server;
    private final TestIssuer issuer = TestIssuer.shared();
    private final List<String> worthless = new ArrayList<>();
    private final List<Holder> holders = new ArrayList<>();
    private final Map<String, String> accessTokens = new HashMap<>();

    IsolationCredentials(RunningServer server, ShiftedClock clock) {
        this.server = server;
        makeProvider();
        expire(clock);
        revoke();
        for (BuiltInRole role : BuiltInRole.values()) {
            String key = keyOf(newUser("a-" + role.text(), role.text()));
            for (Kind kind : Kind.values()) {
                holders.add(new Holder(role.text(), kind, key));
            }
        }
        Optional<List<String>> only = Optional.of(List.of("namespace:elsewhere"));
        holders.add(new Holder("elsewhere", Kind.KEY, key("elsewhere", Optional.empty(), only)));
    }

    private void makeProvider() {
        String mapping = Arrays.stream(BuiltInRole.values())
                .map(role -> "\"%s\": \"%s\"".formatted(role.text(), role.text()))
                .collect(Collectors.joining(", "));
        Reply made = server.put(
                "/tarn/v1/identity-providers/" + PROVIDER, """
                {"issuer": "%s", "client_id": "%s", "just_in_time": true, "roles_claim": "roles", "role_mapping": {%s}}
                """.formatted(issuer.issuer(), PROVIDER, mapping));
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
    }

    /** Made in the past, good then. */
    private void expire(ShiftedClock clock) {
        Instant then = clock.instant();
        String name = newUser("expired", "Admin");
        WantedKey until = WantedKey.named("expired").until(Optional.of(then.plusSeconds(60)));
        worthless.add(server.bean(Keys.class).create(server.admin(), until).secret());
        worthless.add(login(name));
        worthless.add(external("expired", "Admin", then));
        worthless.forEach(this::assertOpens);
        clock.shift = Duration.ZERO;
    }

    private void revoke() {
        NewKey key = server.bean(Keys.class).create(server.admin(), WantedKey.named("revoked"));
        String signedOut = login(newUser("signed-out", "Admin"));
        String switchedOff = login(newUser("switched-off", "Admin"));
        String keyOfNobody = keyOf("switched-off");
        String outside = external("outside", "Admin", Instant.now());
        List<String> good = List.of(key.secret(), signedOut, switchedOff, keyOfNobody, outside);
        good.forEach(this::assertOpens);
        server.bean(Keys.class).revoke(server.admin(), key.key().id());
        assertThat(server.send("DELETE", "/tarn/v1/session", null, "Authorization", "Bearer " + signedOut)
                        .status())
                .isEqualTo(204);
        switchOff("switched-off");
        switchOff("outside");
        worthless.addAll(good);
        // The signature of another token, none, and an audience that no tenant has.
        String other = login(newUser("signed-in", "Admin"));
        worthless.add(other.substring(0, other.lastIndexOf('.')) + signedOut.substring(signedOut.lastIndexOf('.')));
        worthless.add(other.substring(0, other.lastIndexOf('.') + 1));
        worthless.add(issuer.signed(issuer.claims("somebody", "another audience", Instant.now())));
    }

    private void switchOff(String name) {
        Reply changed = server.patch("/tarn/v1/users/" + name, "{\"active\": false}");
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
    }

    private void assertOpens(String bearer) {
        assertThat(opens(bearer)).as("good at first: " + bearer).isTrue();
    }

    private boolean opens(String bearer) {
        return server.send("GET", "/tarn/v1/session", null, "Authorization", "Bearer " + bearer)
                        .status()
                == 200;
    }

    /** What was good once, and what is nearly good. */
    List<String> worthless() {
        return worthless;
    }

    List<Holder> holders() {
        return holders;
    }

    /** A good bearer token of the holder; the one before may have ended by what was done with it. */
    String bearer(Holder holder) {
        return switch (holder.kind()) {
            case KEY -> holder.key();
            case PROVIDER -> external("outside-" + holder.role(), holder.role(), Instant.now());
            case LOGIN ->
                accessTokens.compute(
                        holder.role(), (role, before) -> before != null && opens(before) ? before : login("a-" + role));
        };
    }

    private String external(String subject, String role, Instant at) {
        return issuer.signed(issuer.claims(subject, PROVIDER, at)
                .claim("preferred_username", subject)
                .claim("roles", List.of(role)));
    }

    private String login(String name) {
        Reply login = server.send(
                "POST",
                "/api/v1/login/access-token",
                "username=" + name + "&password=" + PASSWORD.replace(' ', '+'),
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(login.status()).as(login.toString()).isEqualTo(200);
        return login.json().path("access_token").asString();
    }

    private String newUser(String name, String role) {
        Reply made = server.post(
                "/tarn/v1/users",
                "{\"name\": \"%s\", \"password\": \"%s\", \"roles\": [\"%s\"]}".formatted(name, PASSWORD, role));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return name;
    }

    private String keyOf(String user) {
        return key(user, Optional.of(user), Optional.empty());
    }

    private String key(String name, Optional<String> user, Optional<List<String>> only) {
        WantedKey wanted = new WantedKey(name, user, Optional.empty(), only, Optional.empty(), Optional.empty());
        return server.bean(Keys.class).create(server.admin(), wanted).secret();
    }
}

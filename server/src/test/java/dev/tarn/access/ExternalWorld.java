package dev.tarn.access;

import dev.tarn.TestIssuer;
import dev.tarn.platform.Ids;
import dev.tarn.platform.MovableClock;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.network.OutboundHttp;
import dev.tarn.platform.network.OutboundSettings;
import dev.tarn.platform.secrets.TestSecrets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Others' identities on a database, without a server. */
final class ExternalWorld implements AutoCloseable {
    private final Database database;
    private final TestAccess access;
    private final OutboundHttp http;
    private final ExternalParts parts;
    private final boolean owner;

    ExternalWorld(Database database, String allowedPrivate) {
        this(database, TestAccess.on(database), allowedPrivate, new DrlsSettings(null, null, null), true);
    }

    private ExternalWorld(
            Database database, TestAccess access, String allowedPrivate, DrlsSettings drls, boolean owner) {
        this.database = database;
        this.access = access;
        this.owner = owner;
        this.http = new OutboundHttp(new OutboundSettings(List.of(allowedPrivate)));
        Random random = new Random(17);
        this.parts = new ExternalParts(
                database,
                access.parts,
                TestSecrets.on(database),
                http,
                new AccessSettings(Duration.ofHours(12), 2, Duration.ofSeconds(5)),
                drls,
                new Ids(access.clock(), random),
                access.clock(),
                random);
    }

    /** Another server on the same database. */
    ExternalWorld sibling(String allowedPrivate) {
        return new ExternalWorld(database, access, allowedPrivate, new DrlsSettings(null, null, null), false);
    }

    /** Another server on the same database that takes tokens of DRLS. */
    ExternalWorld sibling(DrlsSettings drls) {
        return new ExternalWorld(database, access, "127.0.0.0/8", drls, false);
    }

    TestAccess access() {
        return access;
    }

    Caller admin() {
        return access.admin();
    }

    MovableClock clock() {
        return access.clock();
    }

    ExternalParts parts() {
        return parts;
    }

    /** A provider without roles in its tokens. */
    IdentityProvider provider(Caller by, String name, TestIssuer issuer, String audience, boolean justInTime) {
        return parts.providers().put(by, name, wanted(issuer, audience, Optional.empty(), Map.of(), justInTime));
    }

    /** A provider with a claim of roles. */
    static WantedProvider wanted(
            TestIssuer issuer,
            String audience,
            Optional<String> rolesClaim,
            Map<String, String> mapping,
            boolean justInTime) {
        return new WantedProvider(
                issuer.issuer(),
                "client",
                Optional.empty(),
                Optional.of(audience),
                Optional.empty(),
                rolesClaim,
                mapping,
                rolesClaim.isPresent() ? Optional.of(List.of()) : Optional.empty(),
                justInTime,
                false);
    }

    @Override
    public void close() {
        http.close();
        if (owner) {
            access.close();
        }
    }
}

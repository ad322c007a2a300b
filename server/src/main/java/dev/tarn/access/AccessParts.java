package dev.tarn.access;

import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.secrets.SealedValues;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The module put together: once here, for the server and for tests that need callers without a server. */
final class AccessParts implements AutoCloseable {
    private final Database database;
    private final AccessSettings settings;
    private final Ids ids;
    private final Clock clock;
    private final Secrets secrets;
    private final Passwords passwords;
    private final TenantStore tenants;
    private final UserStore users;
    private final GrantStore grants;
    private final RoleStore roles;
    private final KeyStore keys;
    private final SessionStore sessions;
    private final KeyUse use;
    private final KeyIssuer issuer;
    private final TenantFounder founder;
    private final Access access;
    private final Audit audit;
    private final Supplier<SealedValues> sealed;
    private final SignInSettings signInSettings;
    private final FamilyStore families;
    private final SignInParts signIn;
    private final Credentials credentials;

    AccessParts(
            Database database,
            Ids ids,
            Clock clock,
            RandomGenerator random,
            Supplier<SealedValues> sealed,
            AccessSettings settings,
            SignInSettings signInSettings) {
        this.database = database;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
        this.secrets = new Secrets(random);
        this.passwords =
                new Passwords(new HashingTurns(settings.hashing(), settings.hashingWait(), signInSettings.waiting()));
        this.tenants = new JdbcTenantStore(database);
        this.users = new JdbcUserStore(database);
        this.grants = new JdbcGrantStore(database, ids);
        this.roles = new JdbcRoleStore(database);
        this.keys = new JdbcKeyStore(database);
        this.families = new JdbcFamilyStore(database);
        this.sessions = new JdbcSessionStore(database, families);
        this.use = new KeyUse(database, keys, clock);
        this.issuer = new KeyIssuer(keys, secrets, ids, clock);
        this.founder = new TenantFounder(database, tenants, users, issuer, passwords, secrets, ids, clock);
        this.audit = new Audit(database, new JdbcAuditStore(database), ids, clock);
        this.access = new Access(grants, users, audit, clock);
        this.sealed = sealed;
        this.signInSettings = signInSettings;
        this.signIn = signInWith(families, new JdbcSigningKeyStore(database), new JdbcSignInFailureStore(database));
        this.credentials = new Credentials(keys, sessions, use, List.of(signIn.accessTokens()), clock);
    }

    /** Signing in over these stores; tests have some that fail. */
    SignInParts signInWith(FamilyStore familyStore, SigningKeyStore signingKeys, SignInFailureStore failures) {
        return new SignInParts(
                database,
                access,
                audit,
                passwords,
                secrets,
                users,
                tenants,
                familyStore,
                signingKeys,
                failures,
                sealed,
                signInSettings,
                ids,
                clock);
    }

    Passwords passwords() {
        return passwords;
    }

    SessionStore sessions() {
        return sessions;
    }

    Access access() {
        return access;
    }

    Audit audit() {
        return audit;
    }

    Credentials credentials() {
        return credentials;
    }

    Users users() {
        return new Users(
                access,
                audit,
                database,
                users,
                tenants,
                roles,
                sessions,
                passwords,
                changeOfPassword(sessions),
                secrets,
                ids,
                clock);
    }

    Roles roles() {
        return new Roles(access, audit, database, roles, grants, users, clock);
    }

    Grants grants(List<GrantWords> words) {
        return new Grants(access, audit, database, grants, users, roles, words, ids, clock);
    }

    Keys keys(Grants grants, RateSettings rates) {
        return new Keys(access, audit, database, keys, issuer, users(), roles, grants, rates, clock);
    }

    Shares shares(Grants given) {
        return new Shares(access, database, given, grants, users);
    }

    SignIn signIn() {
        return new SignIn(
                access,
                audit,
                database,
                credentials,
                signIn.proof(),
                users,
                tenants,
                sessions,
                secrets,
                settings,
                ids,
                clock);
    }

    private PasswordChange changeOfPassword(SessionStore sessionStore) {
        return new PasswordChange(audit, database, passwords, users, sessionStore, clock);
    }

    Account account() {
        PasswordTries tries = new PasswordTries(
                database,
                new JdbcSignInFailureStore(database),
                Account.BACK_OFF,
                clock,
                "The current password was wrong too often");
        return new Account(access, audit, passwords, users, tries, changeOfPassword(sessions));
    }

    LoginTokens loginTokens() {
        return signIn.loginTokens();
    }

    SigningKeys signingKeys() {
        return signIn.signingKeys();
    }

    PasswordResets passwordResets() {
        return passwordResetsWith(families);
    }

    PasswordResets passwordResetsWith(FamilyStore familyStore) {
        SessionStore sessionStore = new JdbcSessionStore(database, familyStore);
        return new PasswordResets(access, users(), users, changeOfPassword(sessionStore), familyStore, clock);
    }

    Tenants tenants() {
        return new Tenants(access, audit, founder, tenants);
    }

    Workspaces workspaces() {
        return new Workspaces(access, audit, database, tenants, ids, clock);
    }

    AuditTrail auditTrail(Path logs) {
        return new AuditTrail(
                access, audit, new JdbcAuditStore(database), new JdbcAuditChainStore(database), logs, clock);
    }

    /** Seals entries and removes old ones once it is started. */
    AuditSealer sealer(AuditSettings policy) {
        AuditChainStore chains = new JdbcAuditChainStore(database);
        AuditRetention retention =
                new AuditRetention(database, chains, new JdbcAuditStore(database), policy.retention(), ids, clock);
        return new AuditSealer(database, chains, retention, clock, ids.next().toString());
    }

    FirstStart firstStart() {
        return new FirstStart(
                database,
                new JdbcFirstStartStore(database),
                tenants,
                users,
                sessions,
                keys,
                issuer,
                founder,
                passwords,
                secrets,
                clock);
    }

    KeyUse use() {
        return use;
    }

    @Override
    public void close() {
        use.close();
        audit.end();
    }
}

package dev.tarn.access;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Signing in to the console through an identity provider: authorization code with PKCE, state and nonce. A sign-in can be
 * completed once, within ten minutes, by the browser that began it.
 */
public final class ExternalSignIn {
    /** How long one may be at the provider. */
    public static final Duration LASTS = Duration.ofMinutes(10);

    private static final int MOST_OF_AN_ADDRESS = 100;
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern LOCAL_PATH = Pattern.compile("/(?![/\\\\])[\\x21-\\x5B\\x5D-\\x7E]{0,500}");

    private final Database database;
    private final IdentityProviderStore providers;
    private final SignInAttemptStore attempts;
    private final CodeExchange exchange;
    private final ExternalTokens tokens;
    private final ExternalUsers users;
    private final TenantStore tenants;
    private final SessionStore sessions;
    private final Audit audit;
    private final Secrets secrets;
    private final AccessSettings settings;
    private final Ids ids;
    private final Clock clock;

    ExternalSignIn(
            Database database,
            IdentityProviderStore providers,
            SignInAttemptStore attempts,
            CodeExchange exchange,
            ExternalTokens tokens,
            ExternalUsers users,
            TenantStore tenants,
            SessionStore sessions,
            Audit audit,
            Secrets secrets,
            AccessSettings settings,
            Ids ids,
            Clock clock) {
        this.database = database;
        this.providers = providers;
        this.attempts = attempts;
        this.exchange = exchange;
        this.tokens = tokens;
        this.users = users;
        this.tenants = tenants;
        this.sessions = sessions;
        this.audit = audit;
        this.secrets = secrets;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A browser on its way.
     *
     * @param address where it goes
     * @param cookie what it must bring back
     */
    public record Begun(String address, String cookie) {
        @Override
        public String toString() {
            return "Begun[]";
        }
    }

    /** A browser that has come back, and where it goes now. */
    public record Ended(SignedIn signedIn, String returnTo) {}

    /**
     * What a provider sent the browser back with.
     *
     * @param issuer who it says that it is
     */
    public record Answer(Optional<String> state, Optional<String> code, Optional<String> issuer) {}

    /** Names of providers that the sign-in page offers. */
    public List<String> offered() {
        return providers.shown();
    }

    /**
     * Sends a browser to a provider.
     *
     * @param returnTo a path of this server; anything else counts as the console's first page
     * @param redirectUri where the provider sends it back to
     */
    public Begun begin(Caller anybody, String name, Optional<String> returnTo, String redirectUri) {
        IdentityProvider provider = providers
                .named(name)
                .orElseThrow(() -> new TarnException(
                        ErrorCode.NOT_FOUND, "There is no identity provider of that name; ask your administrator"));
        BrowserSecrets browser = new BrowserSecrets(secrets.ofBrowser());
        String address = exchange.authorizationAddress(provider, browser, redirectUri);
        String from = anybody.origin().address();
        Instant now = clock.instant();
        database.inTransaction(() -> {
            attempts.forget(now);
            if (attempts.underWay(from, now) >= MOST_OF_AN_ADDRESS) {
                throw new TarnException(
                        ErrorCode.RATE_LIMITED, "Too many sign-ins are under way from this address; try again later");
            }
            attempts.insert(
                    new SignInAttemptStore.Attempt(
                            provider.tenantId(),
                            provider.name(),
                            Secrets.hash(browser.cookie()),
                            returnTo.filter(path -> LOCAL_PATH.matcher(path).matches())
                                    .orElse("/")),
                    Secrets.hash(browser.state()),
                    from,
                    now.plus(LASTS));
        });
        return new Begun(address, browser.cookie());
    }

    /**
     * Opens a session for whom the provider names.
     *
     * @param cookie what the browser was given
     * @throws TarnException {@code UNAUTHENTICATED} when this is not the end of what this browser began, or the provider does not
     *     vouch; {@code FORBIDDEN} when nobody here is meant
     */
    public Ended finish(Caller anybody, Optional<String> cookie, Answer answer, String redirectUri) {
        SignInAttemptStore.Attempt attempt = attempt(cookie, answer);
        IdentityProvider provider =
                providers.find(attempt.tenantId(), attempt.provider()).orElseThrow(ExternalSignIn::notBegun);
        try {
            User user = user(anybody, provider, cookie.orElseThrow(), answer, redirectUri);
            return new Ended(open(anybody, user, provider), attempt.returnTo());
        } catch (TarnException e) {
            audit.recordSignIn(
                    provider.tenantId(),
                    anybody,
                    "unknown",
                    Audit.Outcome.FAILED,
                    Map.of("by", provider.name(), "code", e.code().code()));
            throw e;
        }
    }

    private SignInAttemptStore.Attempt attempt(Optional<String> cookie, Answer answer) {
        String state =
                answer.state().filter(text -> SECRET.matcher(text).matches()).orElseThrow(ExternalSignIn::notBegun);
        // Used up by whoever comes, so that a state that has leaked is worth one try.
        Optional<SignInAttemptStore.Attempt> taken =
                database.inTransaction(() -> attempts.take(Secrets.hash(state), clock.instant()));
        return taken.filter(attempt -> cookie.filter(
                                text -> SECRET.matcher(text).matches())
                        .map(text -> Secrets.same(Secrets.hash(text), attempt.browserHash())
                                && Secrets.same(new BrowserSecrets(text).state(), state))
                        .orElse(false))
                .orElseThrow(ExternalSignIn::notBegun);
    }

    private User user(Caller anybody, IdentityProvider provider, String cookie, Answer answer, String redirectUri) {
        if (!exchange.isFrom(provider, answer.issuer())) {
            throw notBegun();
        }
        String code = answer.code()
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new TarnException(
                        ErrorCode.UNAUTHENTICATED, "The identity provider has refused the sign-in; try again there"));
        JWTClaimsSet claims = exchange.claims(provider, code, new BrowserSecrets(cookie), redirectUri);
        return users.find(tokens.told(provider, claims), provider.justInTime(), anybody.origin())
                .orElseThrow(() -> new TarnException(
                        ErrorCode.FORBIDDEN,
                        "Nobody here has that account, or it is switched off; an administrator can let it in"));
    }

    private static TarnException notBegun() {
        return new TarnException(
                ErrorCode.UNAUTHENTICATED, "This sign-in was not begun in this browser, or long ago; begin again");
    }

    private SignedIn open(Caller anybody, User user, IdentityProvider provider) {
        Instant now = clock.instant();
        Instant expiresAt = now.plus(settings.session());
        Workspace workspace =
                tenants.workspace(user.tenantId(), Workspace.DEFAULT).orElseThrow();
        String secret = secrets.session();
        database.inTransaction(() -> {
            sessions.forget(now);
            sessions.insert(
                    new SessionStore.NewSession(
                            user.tenantId(), ids.next(), user.id(), workspace.id(), Optional.empty(), now, expiresAt),
                    Secrets.hash(secret));
            audit.recordSignIn(
                    user.tenantId(), anybody, user.name(), Audit.Outcome.DONE, Map.of("by", provider.name()));
        });
        Tenant tenant = tenants.find(user.tenantId()).orElseThrow();
        return new SignedIn(
                new Identity(user.id(), user.name(), tenant, workspace, user.roles()),
                secret,
                Credentials.csrfToken(secret),
                expiresAt);
    }
}

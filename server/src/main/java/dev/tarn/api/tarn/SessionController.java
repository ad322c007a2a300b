package dev.tarn.api.tarn;

import dev.tarn.access.Account;
import dev.tarn.access.Caller;
import dev.tarn.access.Credentials;
import dev.tarn.access.Identity;
import dev.tarn.access.SignIn;
import dev.tarn.access.SignedIn;
import dev.tarn.api.SessionCookie;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Signing in to the console and out of it. */
@RestController
@RequestMapping("/tarn/v1/session")
class SessionController {
    private final SignIn signIn;
    private final Account account;
    private final Clock clock;

    SessionController(SignIn signIn, Account account, Clock clock) {
        this.signIn = signIn;
        this.account = account;
        this.clock = clock;
    }

    /** Either a key, or a name with its password. */
    record Proof(
            @Nullable String key,
            @Nullable String username,
            @Nullable String password) {}

    /** Who is signed in. */
    record Session(
            Named user,
            Named tenant,
            Named workspace,
            List<String> roles,
            @Nullable String csrfToken) {
        static Session of(Identity identity, @Nullable String csrfToken) {
            return new Session(
                    new Named(identity.userId(), identity.userName()),
                    new Named(identity.tenant().id(), identity.tenant().name()),
                    new Named(identity.workspace().id(), identity.workspace().name()),
                    identity.roles(),
                    csrfToken);
        }
    }

    @PostMapping
    ResponseEntity<Session> open(Caller caller, HttpServletRequest request, @RequestBody Proof proof) {
        SignedIn signedIn = signedIn(caller, proof);
        SessionCookie.secret(request).ifPresent(before -> signIn.endReplaced(caller, before));
        Duration lasts = Duration.between(clock.instant(), signedIn.expiresAt());
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, SessionCookie.opened(signedIn.secret(), lasts, request.isSecure()))
                .body(Session.of(signedIn.identity(), signedIn.csrfToken()));
    }

    private SignedIn signedIn(Caller caller, Proof proof) {
        String key = proof.key();
        String username = proof.username();
        String password = proof.password();
        if (key != null && username == null && password == null) {
            return signIn.withKey(caller, key.strip());
        }
        if (key == null && username != null && password != null) {
            return signIn.withPassword(caller, username, password);
        }
        throw new TarnException(
                ErrorCode.INVALID_REQUEST, "Send either {\"key\"} or {\"username\", \"password\"} to sign in");
    }

    @GetMapping
    Session show(Caller caller, HttpServletRequest request) {
        String csrfToken = caller instanceof Caller.Person
                ? SessionCookie.secret(request).map(Credentials::csrfToken).orElse(null)
                : null;
        return Session.of(signIn.identity(caller), csrfToken);
    }

    /** Another password for whoever asks. */
    record PasswordChange(
            @Nullable String currentPassword, @Nullable String newPassword) {}

    @PostMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePassword(Caller caller, @RequestBody PasswordChange change) {
        String current = change.currentPassword();
        String wanted = change.newPassword();
        if (current == null || wanted == null) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST, "Send {\"current_password\", \"new_password\"} to change the password");
        }
        account.changePassword(caller, current, wanted);
    }

    @DeleteMapping
    ResponseEntity<Void> end(Caller caller, HttpServletRequest request) {
        signIn.end(caller);
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, SessionCookie.ended(request.isSecure()))
                .build();
    }
}

package dev.tarn.api.dataml;

import dev.tarn.access.Caller;
import dev.tarn.access.IssuedTokens;
import dev.tarn.access.LoginTokens;
import dev.tarn.access.PasswordResets;
import dev.tarn.access.Users;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signing in and out with tokens. */
@RestController
class LoginController {
    private static final String ONLY_GRANT = "^password$";

    private final LoginTokens tokens;
    private final PasswordResets resets;
    private final Users users;
    private final RequestFields requests;

    LoginController(LoginTokens tokens, PasswordResets resets, Users users, RequestFields requests) {
        this.tokens = tokens;
        this.resets = resets;
        this.users = users;
        this.requests = requests;
    }

    /** Both tokens. */
    record Tokens(String accessToken, String refreshToken, String tokenType) {
        static Tokens of(IssuedTokens issued) {
            return new Tokens(issued.access(), issued.refresh(), "bearer");
        }

        @Override
        public String toString() {
            return "Tokens";
        }
    }

    @PostMapping({"/api/v1/login/access-token", "/api/v1/login/access-token/"})
    Tokens login(Caller caller, HttpServletRequest request) {
        Fields form = requests.ofForm(request);
        form.optionalText("grant_type")
                .filter(grant -> !grant.equals("password"))
                .ifPresent(grant -> form.problems().otherThan("body", "grant_type", ONLY_GRANT, grant));
        String username = form.text("username");
        String password = form.text("password");
        form.check();
        return Tokens.of(Refusals.login(() -> tokens.signIn(caller, username, password)));
    }

    @PostMapping({"/api/v1/login/test-token", "/api/v1/login/test-token/"})
    ShownUser test(Caller caller) {
        return ShownUser.of(users.self(caller));
    }

    @PostMapping({"/api/v1/refresh", "/api/v1/refresh/"})
    Tokens refresh(Caller caller, HttpServletRequest request) {
        Fields fields = requests.ofQueryOrBody(request);
        String token = fields.text("refresh_token");
        fields.check();
        return Tokens.of(Refusals.withToken(() -> tokens.refresh(caller, token)));
    }

    @PostMapping({"/api/v1/logout", "/api/v1/logout/"})
    Map<String, String> logout(Caller caller, HttpServletRequest request) {
        Fields fields = requests.ofQueryOrBody(request);
        String token = fields.text("refresh_token");
        fields.check();
        return Refusals.withToken(() -> {
            tokens.logout(caller, token);
            return Map.of("message", "Logged out successfully");
        });
    }

    @PostMapping({"/api/v1/reset-password", "/api/v1/reset-password/"})
    Map<String, String> resetPassword(Caller caller, HttpServletRequest request) {
        Fields fields = requests.ofQueryOrBody(request);
        String userName = fields.text("user_name");
        String password = fields.password("new_password");
        fields.check();
        return Refusals.ofUser(() -> {
            resets.reset(caller, userName, password);
            return Map.of("message", "Password updated successfully");
        });
    }

    /** That the credential opens something. */
    record Validity(boolean valid, String username) {}

    @GetMapping({"/api/v1/validate-token", "/api/v1/validate-token/"})
    Validity validate(Caller caller) {
        return new Validity(true, users.self(caller).name());
    }
}

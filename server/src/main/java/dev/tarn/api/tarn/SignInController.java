package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.access.ExternalSignIn;
import dev.tarn.api.EdgeSettings;
import dev.tarn.api.ServerSettings;
import dev.tarn.api.SessionCookie;
import dev.tarn.api.SignInCookie;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A browser's way to an identity provider and back. It ends in the console, whatever happens. */
@RestController
@RequestMapping("/tarn/v1/sign-in")
class SignInController {
    private static final Logger LOG = LoggerFactory.getLogger(SignInController.class);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    private final ExternalSignIn signIn;
    private final EdgeSettings edge;
    private final ServerSettings server;
    private final Clock clock;

    SignInController(ExternalSignIn signIn, EdgeSettings edge, ServerSettings server, Clock clock) {
        this.signIn = signIn;
        this.edge = edge;
        this.server = server;
        this.clock = clock;
    }

    /** A provider that the sign-in page offers. */
    record Offered(String name) {}

    /** All of them. */
    record Listed(List<Offered> providers) {}

    @GetMapping
    Listed list() {
        return new Listed(signIn.offered().stream().map(Offered::new).toList());
    }

    @GetMapping("/{name}")
    ResponseEntity<Void> begin(
            Caller caller,
            HttpServletRequest request,
            @PathVariable String name,
            @RequestParam(name = "return_to", required = false) @Nullable String returnTo) {
        ExternalSignIn.Begun begun = signIn.begin(caller, name, Optional.ofNullable(returnTo), redirectUri(request));
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create(begun.address()))
                .header(
                        HttpHeaders.SET_COOKIE,
                        SignInCookie.given(begun.cookie(), ExternalSignIn.LASTS, request.isSecure()))
                .build();
    }

    @GetMapping("/callback")
    ResponseEntity<Void> finish(
            Caller caller,
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String code,
            @RequestParam(required = false) @Nullable String iss) {
        boolean secure = request.isSecure();
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(HttpStatus.FOUND).header(HttpHeaders.SET_COOKIE, SignInCookie.removed(secure));
        try {
            ExternalSignIn.Ended ended = signIn.finish(
                    caller,
                    SignInCookie.text(request),
                    new ExternalSignIn.Answer(
                            Optional.ofNullable(state), Optional.ofNullable(code), Optional.ofNullable(iss)),
                    redirectUri(request));
            Duration lasts = Duration.between(clock.instant(), ended.signedIn().expiresAt());
            return answer.header(
                            HttpHeaders.SET_COOKIE,
                            SessionCookie.opened(ended.signedIn().secret(), lasts, secure))
                    .location(URI.create(ended.returnTo()))
                    .build();
        } catch (TarnException e) {
            LOG.info("A sign-in through an identity provider failed: {}", e.message());
            return answer.location(URI.create("/?sign_in_error=" + e.code().code()))
                    .build();
        }
    }

    /** Never from the Host header: whoever sends the request writes that. */
    private String redirectUri(HttpServletRequest request) {
        return edge.address().orElseGet(() -> ownAddress(request)) + "/tarn/v1/sign-in/callback";
    }

    private String ownAddress(HttpServletRequest request) {
        if (!LOOPBACK.contains(server.host())) {
            throw new TarnException(
                    ErrorCode.CONFLICT,
                    "The server does not know the address that people reach it under; the operator sets tarn.server.public-url");
        }
        String host = server.host().contains(":") ? "[" + server.host() + "]" : server.host();
        return request.getScheme() + "://" + host + ":" + request.getLocalPort();
    }
}

package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What an identity provider may look like. */
final class ProviderChecks {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,49}");
    private static final Pattern WORD = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,200}");
    private static final Pattern CLAIM = Pattern.compile("[^\\p{Cntrl}]{1,200}");
    private static final Set<String> TAKEN = Set.of("callback");
    private static final int MOST = 100;
    private static final int LONGEST = 500;

    private ProviderChecks() {}

    static void name(String name) {
        require(
                NAME.matcher(name).matches() && !TAKEN.contains(name),
                "The name of an identity provider has 1 to 50 of a to z, 0 to 9 and -, and is not callback");
    }

    static void check(WantedProvider wanted) {
        require(
                isIssuer(wanted.issuer()),
                "The issuer must be a URL like https://accounts.example.com, without query and fragment");
        require(isText(wanted.clientId()), "client_id must have 1 to %d characters".formatted(LONGEST));
        require(
                wanted.clientSecret().map(ProviderChecks::isText).orElse(true),
                "client_secret must have 1 to %d characters".formatted(LONGEST));
        require(
                wanted.audience().map(ProviderChecks::isText).orElse(true),
                "audience must have 1 to %d characters".formatted(LONGEST));
        List<String> scopes = wanted.scopes().orElse(List.of("openid"));
        require(
                scopes.contains("openid")
                        && scopes.size() <= MOST
                        && scopes.stream().allMatch(scope -> WORD.matcher(scope).matches()),
                "scopes must have openid among them, and be words without blanks");
        require(
                wanted.rolesClaim().map(claim -> CLAIM.matcher(claim).matches()).orElse(true),
                "roles_claim must be the name of a claim, like groups or realm_access.roles");
        require(
                wanted.roleMapping().size() <= MOST
                        && wanted.roleMapping().keySet().stream().allMatch(ProviderChecks::isText),
                "role_mapping has at most %d words".formatted(MOST));
        require(
                wanted.roleMapping().isEmpty() || wanted.rolesClaim().isPresent(),
                "role_mapping needs roles_claim, which says where a token has the words");
        require(wanted.defaultRoles().map(List::size).orElse(0) <= MOST, "default_roles are too many");
    }

    private static boolean isIssuer(String text) {
        if (text.length() > LONGEST) {
            return false;
        }
        try {
            URI uri = URI.create(text);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return web
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isText(String text) {
        return !text.isBlank() && text.length() <= LONGEST && text.chars().noneMatch(Character::isISOControl);
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new TarnException(ErrorCode.INVALID_REQUEST, sentence);
        }
    }
}

package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What users may be called. A name is letters and digits of ASCII, so that no two of them look alike; people's own names may be
 * of any script.
 */
final class UserNames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+ -]{0,99}");
    private static final Pattern EMAIL = Pattern.compile("[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_OWN_NAME = 100;

    private UserNames() {}

    static String checked(String name) {
        String stripped = name.strip();
        if (!NAME.matcher(stripped).matches()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "A user name has 1 to 100 of the letters a to z, digits, blanks and . _ - + @, and begins with a letter or a"
                            + " digit");
        }
        return stripped;
    }

    static User.Profile checked(User.Profile profile) {
        return new User.Profile(
                profile.email().map(UserNames::email),
                profile.firstName().flatMap(UserNames::own),
                profile.lastName().flatMap(UserNames::own));
    }

    /** Whether the text is an e-mail address that a user may have. */
    static boolean isEmail(String text) {
        return text.length() <= LONGEST_EMAIL && EMAIL.matcher(text).matches();
    }

    /** Whether the text is a first or last name that a user may have. */
    static boolean isOwnName(String text) {
        return text.length() <= LONGEST_OWN_NAME && text.chars().noneMatch(Character::isISOControl);
    }

    private static String email(String email) {
        String stripped = email.strip();
        if (!isEmail(stripped)) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST, "The e-mail address is none; write it as name@example.com");
        }
        return stripped;
    }

    private static Optional<String> own(String name) {
        String stripped = name.strip();
        if (!isOwnName(stripped)) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "First and last name have at most %d characters and no control characters"
                            .formatted(LONGEST_OWN_NAME));
        }
        return Optional.of(stripped).filter(text -> !text.isEmpty());
    }

    /** The same whichever tenant has it. */
    static TarnException taken(Exception cause) {
        return new TarnException(
                ErrorCode.ALREADY_EXISTS,
                "The user name or the e-mail address is taken on this server; choose another",
                cause);
    }
}

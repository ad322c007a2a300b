package dev.tarn.access;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Passwords that are tried first: those that leaked often, and those that are little more than a word from here. */
final class GuessablePasswords {
    private static final Set<String> LEAKED = leaked();

    /** Words of this product, which stand on every page of it. */
    private static final List<String> OURS = List.of("tarn", "lakehouse", "datalynxr", "datixlab", "datalinks", "drls");

    /** A shorter word may be in any password. */
    private static final int SHORTEST_WORD = 3;

    private GuessablePasswords() {}

    /** Whether the password leaked often, in whatever case, or is the user's names or ours and a few digits and signs. */
    static boolean contain(String password, String name, User.Profile profile) {
        String folded = password.toLowerCase(Locale.ROOT);
        return LEAKED.contains(folded) || isNear(folded, words(name, profile));
    }

    private static boolean isNear(String folded, List<String> words) {
        String rest = folded;
        for (String word : words) {
            rest = rest.replace(word, "");
        }
        return rest.length() < folded.length()
                && rest.length() < NewUser.SHORTEST_PASSWORD
                && rest.codePoints().noneMatch(Character::isLetter);
    }

    /** Longer ones first, so that a part of one does not hide it. */
    private static List<String> words(String name, User.Profile profile) {
        Stream<String> own = Stream.of(
                        Stream.of(name),
                        profile.email().stream(),
                        profile.firstName().stream(),
                        profile.lastName().stream())
                .flatMap(texts -> texts)
                .flatMap(text -> Stream.concat(Stream.of(text), Stream.of(text.split("[^\\p{L}\\p{Nd}]+", -1))));
        return Stream.concat(own, OURS.stream())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> word.length() >= SHORTEST_WORD)
                .distinct()
                .sorted((one, other) -> Integer.compare(other.length(), one.length()))
                .toList();
    }

    private static Set<String> leaked() {
        try (InputStream file = GuessablePasswords.class.getResourceAsStream("leaked-passwords.txt");
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(Objects.requireNonNull(file), StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("The list of leaked passwords cannot be read", e);
        }
    }
}

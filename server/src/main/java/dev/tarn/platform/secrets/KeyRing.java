package dev.tarn.platform.secrets;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Home;
import dev.tarn.platform.TarnException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The keys that this server has: those of {@code TARN_SECRET_KEY} when it is set (the operator's, which the server cannot
 * change), else those of the home's {@code secret.key} (the server's own). There is one key, and two while a rotation runs.
 */
final class KeyRing {
    private static final String HEAD = """
            # Opens the secrets in this server's database. Keep it private, and keep a copy: without it they are lost.
            """;

    private final Path file;
    private final boolean given;
    private final RandomGenerator random;
    private volatile Map<String, SealingKey> keys;

    private KeyRing(Path file, boolean given, RandomGenerator random, List<SealingKey> keys) {
        this.file = file;
        this.given = given;
        this.random = random;
        this.keys = byId(keys);
    }

    /**
     * The keys of a server.
     *
     * @param file the home's {@code secret.key}, which may be missing
     * @param setting the value of {@code TARN_SECRET_KEY}: one key, or several with commas between them
     */
    static KeyRing open(Path file, Optional<String> setting, RandomGenerator random) {
        if (setting.isPresent()) {
            return new KeyRing(file, true, random, read(Stream.of(setting.get().split("[,\\s]+")), "TARN_SECRET_KEY"));
        }
        return new KeyRing(file, false, random, Files.exists(file) ? read(file) : List.of());
    }

    private static List<SealingKey> read(Path file) {
        try {
            return read(Files.readString(file).lines(), file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private static List<SealingKey> read(Stream<String> texts, String source) {
        List<SealingKey> keys = texts.map(String::strip)
                .filter(text -> !text.isEmpty() && !text.startsWith("#"))
                .map(text -> SealingKey.read(text, source))
                .toList();
        if (keys.isEmpty()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "%s holds no secret key; bring the key back, or make one with: openssl rand -base64 32"
                            .formatted(source));
        }
        return keys;
    }

    private static Map<String, SealingKey> byId(List<SealingKey> keys) {
        Map<String, SealingKey> byId = new LinkedHashMap<>();
        keys.forEach(key -> byId.putIfAbsent(key.id(), key));
        return byId;
    }

    /** Whether the operator gives the keys, so that the server can neither make nor remove one. */
    boolean isGiven() {
        return given;
    }

    /** Where the keys come from, for people. */
    String source() {
        return given ? "TARN_SECRET_KEY" : file.toString();
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    List<SealingKey> all() {
        return List.copyOf(keys.values());
    }

    /** The key of that id. The file is read again before the answer is no: somebody may have brought the key since. */
    synchronized Optional<SealingKey> find(String id) {
        SealingKey key = keys.get(id);
        if (key == null && !given && Files.exists(file)) {
            keys = byId(read(file));
            key = keys.get(id);
        }
        return Optional.ofNullable(key);
    }

    /** Makes one more key, which is durably in the file when this returns. */
    synchronized SealingKey add() {
        SealingKey fresh = SealingKey.fresh(random);
        List<SealingKey> more = new ArrayList<>(all());
        more.addFirst(fresh);
        write(more);
        return fresh;
    }

    /** Removes keys from the file that nothing in the database needs any more. */
    synchronized void remove(List<String> ids) {
        List<SealingKey> fewer =
                all().stream().filter(key -> !ids.contains(key.id())).toList();
        if (!given && !fewer.isEmpty() && fewer.size() < keys.size()) {
            write(fewer);
        }
    }

    private void write(List<SealingKey> next) {
        StringBuilder text = new StringBuilder(HEAD);
        next.forEach(key -> text.append(key.text()).append('\n'));
        Home.writePrivately(file, text.toString());
        keys = byId(next);
    }
}

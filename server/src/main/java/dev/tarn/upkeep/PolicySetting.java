package dev.tarn.upkeep;

import dev.tarn.jobs.Timing;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can be said about how tables are looked after. What nobody says is as the default has it. */
public enum PolicySetting {
    ENABLED(Kind.FLAG, true, "whether anything is done by itself"),
    COMPACT(Kind.FLAG, true, "whether small files are put together, and deletes applied"),
    COMPACT_SMALL_FILES(Kind.COUNT, 20L, "so many small files are reason enough"),
    COMPACT_DELETE_RATIO(Kind.RATIO, 0.3, "so much of the rows being deleted is reason enough, 0 to 1"),
    EXPIRE(Kind.FLAG, true, "whether old versions go"),
    EXPIRE_AFTER_DAYS(
            Kind.COUNT, null, "versions go after that many days; else as the table's properties say, which is 5"),
    EXPIRE_KEEP_VERSIONS(Kind.COUNT, 1L, "so many versions of each branch stay, whatever their age"),
    EXPIRE_MOST_VERSIONS(Kind.COUNT, 1_000L, "of more versions the oldest go, whatever their age"),
    REWRITE_MANIFESTS(Kind.FLAG, true, "whether many small manifests are put together"),
    REMOVE_ORPHAN_FILES(Kind.FLAG, true, "whether files that no version has are removed"),
    ORPHAN_FILES_AFTER_DAYS(Kind.COUNT, 3L, "such files go when they are older than that"),
    ORPHAN_FILES_EVERY_DAYS(Kind.COUNT, 7L, "how often they are looked for"),
    SCHEDULE(Kind.CRON, null, "times at which something may be begun, as cron; else at any time"),
    QUIET_FROM(Kind.TIME, null, "from this time of day nothing is begun, as 08:00"),
    QUIET_TO(Kind.TIME, null, "until this time of day"),
    ZONE(Kind.ZONE, "UTC", "the time zone of all of these times"),
    BYTES_PER_DAY(Kind.COUNT, null, "compactions rewrite no more than that in 24 hours"),
    SECONDS_PER_DAY(Kind.COUNT, null, "all that is done takes no longer than that in 24 hours");

    private enum Kind {
        FLAG("true or false"),
        COUNT("a whole number from 1 to 10^15"),
        RATIO("a number above 0 and up to 1"),
        CRON("cron, as 30 2 * * *, or a word as @daily"),
        TIME("a time of day, as 08:00"),
        ZONE("a time zone, as Europe/Berlin");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private static final long LARGEST = 1_000_000_000_000_000L;

    private final Kind kind;

    @SuppressWarnings("ImmutableEnumChecker") // Boolean, Long, Double or String
    private final @Nullable Object usual;

    private final String description;

    PolicySetting(Kind kind, @Nullable Object usual, String description) {
        this.kind = kind;
        this.usual = usual;
        this.description = description;
    }

    /** The name, as it is written in a policy. */
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** What it is about, in a line. */
    public String description() {
        return description;
    }

    /** What holds when nobody says anything. */
    public Optional<Object> usual() {
        return Optional.ofNullable(usual);
    }

    static PolicySetting named(String name) {
        return Arrays.stream(values())
                .filter(setting -> setting.text().equals(name))
                .findFirst()
                .orElseThrow(() -> new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "A policy has no setting %s; there are %s"
                                .formatted(
                                        name.length() > 60 ? name.substring(0, 60) + "..." : name,
                                        Arrays.stream(values())
                                                .map(PolicySetting::text)
                                                .collect(Collectors.joining(", ")))));
    }

    /**
     * A value as it is kept: Boolean, Long, Double or String.
     *
     * @param value as JSON has it
     * @throws TarnException {@code INVALID_REQUEST} when it is none of this setting's
     */
    Object checked(Object value) {
        return kept(value)
                .orElseThrow(() -> new TarnException(
                        ErrorCode.INVALID_REQUEST, "%s is %s: %s".formatted(text(), kind.words, description)));
    }

    private Optional<?> kept(Object value) {
        return switch (kind) {
            case FLAG -> Optional.of(value).filter(Boolean.class::isInstance);
            case COUNT -> number(value).filter(PolicySetting::isCount).map(Number::longValue);
            case RATIO -> number(value).map(Number::doubleValue).filter(ratio -> ratio > 0 && ratio <= 1);
            case CRON -> word(value).map(cron -> Timing.parse(cron, "UTC").cron());
            case ZONE ->
                word(value).map(zone -> Timing.parse("@daily", zone).zone().getId());
            case TIME -> word(value).flatMap(PolicySetting::time);
        };
    }

    private static Optional<Number> number(Object value) {
        return Optional.of(value).filter(Number.class::isInstance).map(Number.class::cast);
    }

    private static boolean isCount(Number number) {
        return number.doubleValue() == number.longValue() && number.longValue() >= 1 && number.longValue() <= LARGEST;
    }

    private static Optional<String> word(Object value) {
        return Optional.of(value).filter(String.class::isInstance).map(text -> ((String) text).strip());
    }

    private static Optional<String> time(String text) {
        try {
            return Optional.of(LocalTime.parse(text).toString());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}

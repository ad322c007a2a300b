package dev.tarn.catalog;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.iceberg.mapping.NameMappingParser;

/**
 * Which properties a table may be given. Iceberg takes any text and fails over it in some later commit, or writes where nobody
 * looks; so those that it knows must have values that it can use, and none says where files go or which class does something.
 */
final class PropertyRules {
    private static final int LONGEST = 100_000;
    private static final int LONGEST_NAME = 500;

    /** Words that Iceberg and engines look for properties under; others are the owner's own. */
    private static final Pattern KNOWN_WORDS = Pattern.compile(
            "(write|read|commit|history|compatibility|engine|gc|encryption|schema|identifier-fields)\\..*");

    private static final Pattern REFUSED = Pattern.compile(
            "location|provider|owner\\.uuid|.*\\.path|.*\\.impl|.*-impl|.*-class|.*\\.class|encryption\\..*|engine\\.hive\\..*|io\\..*|s3\\..*|client\\..*|tarn\\..*");

    /** What we keep in a table's properties, and nobody else. */
    private static final Set<String> OURS = Set.of(ReadableTable.PARTIAL_FILES, TableAnnotations.TAGS);

    /** Iceberg keeps these itself. */
    private static final Set<String> KEPT = Set.of(
            "uuid",
            "snapshot-count",
            "current-snapshot-summary",
            "current-snapshot-id",
            "current-snapshot-timestamp-ms",
            "current-schema",
            "default-partition-spec",
            "default-sort-order");

    private static final Predicate<String> FLAG = oneOf("true", "false");
    private static final Predicate<String> NUMBER =
            Pattern.compile("[0-9]{1,9}").asMatchPredicate();
    private static final Predicate<String> POSITIVE =
            Pattern.compile("[1-9][0-9]{0,8}").asMatchPredicate();
    private static final Predicate<String> LARGE =
            Pattern.compile("[1-9][0-9]{0,17}").asMatchPredicate();
    private static final Predicate<String> LEVEL =
            Pattern.compile("-?[0-9]{1,3}").asMatchPredicate();
    private static final Predicate<String> FRACTION =
            Pattern.compile("0\\.[0-9]{1,9}").asMatchPredicate();
    private static final Predicate<String> METRICS = Pattern.compile(
                    "(?i)none|counts|full|truncate\\([1-9][0-9]{0,4}\\)")
            .asMatchPredicate();

    private record Rule(Pattern key, Predicate<String> value, String told) {
        Rule(String key, Predicate<String> value, String told) {
            this(Pattern.compile(key), value, told);
        }
    }

    private static final List<Rule> RULES = List.of(
            new Rule("format-version", oneOf("1", "2", "3"), "1, 2 or 3"),
            new Rule("write\\.(delete\\.)?format\\.default", oneOf("parquet"), "parquet"),
            new Rule(
                    "write\\.(delete|update|merge)\\.mode",
                    oneOf("copy-on-write", "merge-on-read"),
                    "copy-on-write or merge-on-read"),
            new Rule(
                    "write\\.(delete|update|merge)\\.isolation-level",
                    oneOf("serializable", "snapshot"),
                    "serializable or snapshot"),
            new Rule("write\\.delete\\.granularity", oneOf("file", "partition"), "file or partition"),
            new Rule(
                    "write\\.((delete|update|merge)\\.)?distribution-mode",
                    oneOf("none", "hash", "range"),
                    "none, hash or range"),
            new Rule(
                    "write\\.(delete\\.)?parquet\\.compression-codec",
                    oneOf("zstd", "snappy", "gzip", "lz4", "brotli", "uncompressed"),
                    "zstd, snappy, gzip, lz4, brotli or uncompressed"),
            new Rule("write\\.metadata\\.compression-codec", oneOf("none", "gzip"), "none or gzip"),
            new Rule("write\\.(delete\\.)?(parquet|avro)\\.compression-level", LEVEL, "a level"),
            new Rule(
                    "write\\.metadata\\.metrics\\.(default|column\\..+)", METRICS, "none, counts, full or truncate(N)"),
            new Rule("write\\.metadata\\.metrics\\.max-inferred-column-defaults", NUMBER, "a number"),
            new Rule("write\\.metadata\\.previous-versions-max", POSITIVE, "a number from 1"),
            new Rule("write\\.parquet\\.bloom-filter-fpp\\.column\\..+", FRACTION, "a fraction, as 0.01"),
            new Rule("write\\.parquet\\.bloom-filter-ndv\\.column\\..+", LARGE, "a number from 1"),
            new Rule(
                    "write\\.parquet\\.(bloom-filter-enabled|stats-enabled|dict-encoding-enabled)\\.column\\..+",
                    FLAG,
                    "true or false"),
            new Rule("history\\.expire\\.(max-snapshot-age-ms|max-ref-age-ms)", LARGE, "milliseconds"),
            new Rule("history\\.expire\\.min-snapshots-to-keep", POSITIVE, "a number from 1"),
            new Rule("commit\\.(retry|status-check)\\.[a-z-]+", NUMBER, "a number"),
            new Rule(
                    "schema\\.name-mapping\\.default",
                    PropertyRules::isMapping,
                    "a name mapping of Iceberg's, as JSON"),
            new Rule(
                    ".*(enabled|accept-any-schema|track-uncompressed|rely|shred-variants|partitioned-paths)",
                    FLAG,
                    "true or false"),
            new Rule(".*(bytes|-ms|target-size|cost|-size|data-length)", LARGE, "a number from 1"),
            new Rule(".*(limit|lookback|merge|count|num-retries)", POSITIVE, "a number from 1"));

    private PropertyRules() {}

    private static Predicate<String> oneOf(String... values) {
        return Pattern.compile("(?i)" + String.join("|", values)).asMatchPredicate();
    }

    private static boolean isMapping(String json) {
        try {
            return NameMappingParser.fromJson(json) != null;
        } catch (RuntimeException e) {
            // Whatever it is, it is no mapping.
            return false;
        }
    }

    /**
     * Returns when a table may be given all of these.
     *
     * @throws TarnException {@code INVALID_REQUEST}
     */
    static void check(Map<String, String> properties) {
        properties.forEach(PropertyRules::check);
    }

    /**
     * The same of properties that another engine gives. It may know newer ones, and names folders and formats that the table can be
     * looked at for; what a commit may not say of files is told by {@link TableLocations}.
     *
     * @throws TarnException {@code INVALID_REQUEST}
     */
    static void checkForeign(Map<String, String> properties) {
        properties.forEach((key, value) -> {
            if (value == null || key.isBlank() || key.length() > LONGEST_NAME || value.length() > LONGEST) {
                throw refused("A property has a name of 1 to %d characters and a value of at most %d"
                        .formatted(LONGEST_NAME, LONGEST));
            }
            if (isOurs(key)) {
                throw refused("The property %s is the server's own".formatted(key));
            }
            RULES.stream()
                    .filter(known -> known.key().matcher(key).matches())
                    .filter(known -> KNOWN_WORDS.matcher(key).matches() && !key.endsWith("format.default"))
                    .filter(known -> !known.value().test(value))
                    .findFirst()
                    .ifPresent(rule -> {
                        throw refused("The property %s is %s, not %s".formatted(key, rule.told(), shown(value)));
                    });
        });
    }

    private static String shown(String value) {
        return value.length() > 40 ? value.substring(0, 40) + "..." : value;
    }

    private static void check(String key, String value) {
        checkName(key);
        if (value.length() > LONGEST) {
            throw refused("The property %s has more than %d characters".formatted(key, LONGEST));
        }
        if (key.equals("format-version") || KNOWN_WORDS.matcher(key).matches()) {
            Rule rule = RULES.stream()
                    .filter(known -> known.key().matcher(key).matches())
                    .findFirst()
                    .orElseThrow(() -> refused("There is no property %s".formatted(key)));
            if (!rule.value().test(value)) {
                throw refused("The property %s is %s, not %s".formatted(key, rule.told(), shown(value)));
            }
        }
    }

    /** Whether it is what we keep in a table's properties, which says something of that table alone. */
    static boolean isOurs(String key) {
        return OURS.contains(key);
    }

    /** Whether a table may be given a property of that name. */
    static boolean isAllowed(String key) {
        return !KEPT.contains(key) && !REFUSED.matcher(key).matches();
    }

    /** The same of one that is taken away. */
    static void checkName(String key) {
        if (key.isBlank() || key.length() > LONGEST_NAME) {
            throw refused("The name of a property has 1 to %d characters".formatted(LONGEST_NAME));
        }
        if (KEPT.contains(key)) {
            throw refused("The property %s cannot be set: the table keeps it itself".formatted(key));
        }
        if (REFUSED.matcher(key).matches()) {
            throw refused("The property %s is not allowed: where a table's files are, and how, is the server's business"
                    .formatted(key));
        }
    }

    private static TarnException refused(String message) {
        return new TarnException(ErrorCode.INVALID_REQUEST, message);
    }
}

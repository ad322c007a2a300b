package dev.tarn.catalog;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a plan a client goes on: a slice, or one of its manifests from a position on. Which files these are is worked out anew
 * each time, so a place that a client makes up by itself is another part of the same plan, or none.
 *
 * @param manifest the manifest's number in the slice; negative for all of them
 * @param position of the first file in the manifest
 */
record ScanPlace(int slice, int manifest, long position) {
    private static final Pattern TEXT = Pattern.compile("([0-9a-f-]{36})/([0-9]{1,9})(?:/([0-9]{1,9})/([0-9]{1,18}))?");

    static ScanPlace slice(int number) {
        return new ScanPlace(number, -1, 0);
    }

    ScanPlace inManifest(int number, long from) {
        return new ScanPlace(slice, number, from);
    }

    /** A place of a plan, as clients are told of it. */
    record Task(UUID plan, ScanPlace place) {
        String text() {
            String text = plan + "/" + place.slice();
            return place.manifest() < 0 ? text : text + "/" + place.manifest() + "/" + place.position();
        }

        static Optional<Task> of(String text) {
            Matcher parts = TEXT.matcher(text);
            if (!parts.matches()) {
                return Optional.empty();
            }
            ScanPlace slice = slice(Integer.parseInt(parts.group(2)));
            return plan(parts.group(1))
                    .map(plan -> new Task(
                            plan,
                            parts.group(3) == null
                                    ? slice
                                    : slice.inManifest(
                                            Integer.parseInt(parts.group(3)), Long.parseLong(parts.group(4)))));
        }

        static Optional<UUID> plan(String text) {
            try {
                return Optional.of(UUID.fromString(text));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }
}

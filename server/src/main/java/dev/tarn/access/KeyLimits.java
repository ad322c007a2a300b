package dev.tarn.access;

import java.util.List;
import java.util.Optional;

/**
 * How much less a key may than its user.
 *
 * @param role its rights are that role's alone; empty: those of its user
 * @param only what it reaches of all data; empty: everything that its rights reach
 */
public record KeyLimits(Optional<String> role, Optional<List<Resource>> only) {
    /** A key that may all that its user may. */
    public static final KeyLimits NONE = new KeyLimits(Optional.empty(), Optional.empty());

    private static final Powers BESIDE = Powers.ofRestrictedKeys();

    public KeyLimits {
        only = only.map(List::copyOf);
    }

    /** A key that is restricted gives nobody a right, not on what it reaches either: it could so widen itself. */
    boolean allow(Verb verb, Resource resource) {
        return only.isEmpty()
                || BESIDE.allow(verb, resource)
                || (verb != Verb.GRANT && only.get().stream().anyMatch(allowed -> allowed.covers(resource)));
    }

    /** Whether a key with these limits may nothing that one with the others may not. */
    boolean within(KeyLimits others) {
        boolean role = others.role.isEmpty() || others.role.equals(this.role);
        return role
                && (others.only.isEmpty()
                        || only.map(own -> isInside(own, others.only.get())).orElse(false));
    }

    private static boolean isInside(List<Resource> inner, List<Resource> outer) {
        return inner.stream().allMatch(own -> outer.stream().anyMatch(allowed -> allowed.covers(own)));
    }

    /** For people: what is left. */
    String text() {
        String data = only.map(
                        things -> "only " + things.stream().map(Resource::text).toList())
                .orElse("none");
        return role.map(name -> "role " + name + ", " + data).orElse(data);
    }
}

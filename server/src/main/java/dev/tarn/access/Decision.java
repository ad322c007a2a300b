package dev.tarn.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether somebody may do something, and why.
 *
 * @param because what allows it; empty when nothing does
 * @param granters names of users who can grant it
 * @param text the decision as a sentence
 */
public record Decision(Answer allowed, List<Reason> because, List<String> granters, String text) {
    /** How far something is allowed. */
    public enum Answer {
        YES,
        /** Some columns or some rows of a table. */
        PARTLY,
        NO
    }

    /** A role or a grant that allows it; one of both is there. */
    public record Reason(Optional<String> role, Optional<Grant> grant, String text) {
        private Reason withoutFilter() {
            Optional<Grant> shown = grant.map(Grant::withoutFilter);
            return new Reason(role, shown, shown.map(Grant::text).orElse(text));
        }
    }

    static Decision of(User user, Rights rights, Verb verb, Resource resource, List<String> granters) {
        List<Reason> because = new ArrayList<>(user.active() ? rights.reasons(verb, resource) : List.of());
        boolean limited = !because.isEmpty()
                && because.stream()
                        .allMatch(reason -> reason.grant().map(Grant::isLimited).orElse(false));
        Answer answer = because.isEmpty() ? Answer.NO : limited ? Answer.PARTLY : Answer.YES;
        String what = verb.text() + " " + resource.text();
        String text = switch (answer) {
            case YES -> "%s may %s".formatted(user.name(), what);
            case PARTLY -> "%s may %s in part".formatted(user.name(), what);
            case NO ->
                user.active()
                        ? "%s may not %s: no role and no grant of %s allows it"
                                .formatted(user.name(), what, user.name())
                        : "%s may not %s: the user is switched off".formatted(user.name(), what);
        };
        return new Decision(answer, because, granters, text);
    }

    public Decision {
        because = List.copyOf(because);
        granters = List.copyOf(granters);
    }

    /** For whoever may not see grants: the filter of their rows may name columns that are hidden from them. */
    Decision withoutFilters() {
        return new Decision(allowed, because.stream().map(Reason::withoutFilter).toList(), granters, text);
    }
}

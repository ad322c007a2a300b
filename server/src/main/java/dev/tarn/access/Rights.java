package dev.tarn.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All that one caller may, as it was when it was asked for; to look at many things without asking for each. */
public final class Rights {
    /** Nobody's. */
    static final Rights NOTHING = new Rights(List.of(), List.of(), List.of(), KeyLimits.NONE, false);

    /** Who looks after all tables reads and rewrites them. */
    static final Rights OF_SERVER = of(List.of(BuiltInRole.LEAD_DATA_ENGINEER.text()), List.of(), KeyLimits.NONE);

    private static final Powers EVERYBODY = Powers.ofEverybody();

    private final List<String> roleNames;
    private final List<BuiltInRole> roles;
    /** By the text of what they are on: a list of many things asks for each, and an owner has a grant for each. */
    private final Map<String, List<Grant>> grants = new HashMap<>();

    private final KeyLimits limits;
    private final boolean somebody;
    private final List<Resource> named = new ArrayList<>();

    private Rights(
            List<String> roleNames, List<BuiltInRole> roles, List<Grant> grants, KeyLimits limits, boolean somebody) {
        this.roleNames = List.copyOf(roleNames);
        this.roles = List.copyOf(roles);
        grants.forEach(grant -> this.grants
                .computeIfAbsent(grant.resource(), any -> new ArrayList<>())
                .add(grant));
        this.limits = limits;
        this.somebody = somebody;
    }

    /** Of a user with roles, built-in ones and others, and all grants to the user and those roles. */
    static Rights of(List<String> roles, List<Grant> grants, KeyLimits limits) {
        List<BuiltInRole> known =
                roles.stream().map(BuiltInRole::named).flatMap(Optional::stream).toList();
        return new Rights(roles, known, grants, limits, true);
    }

    /** These, and everything with what the caller has made and does not own in writing yet. */
    public Rights owning(Collection<Resource> made) {
        List<Grant> all = new ArrayList<>();
        grants.values().forEach(all::addAll);
        made.forEach(resource -> all.add(Grant.ofMaker(resource)));
        return new Rights(roleNames, roles, all, limits, somebody);
    }

    /** These after a thing has got another name and taken its grants along; those on that name before are gone. */
    public Rights moved(Resource from, Resource to) {
        List<Grant> all = new ArrayList<>();
        grants.forEach((text, on) -> {
            if (text.equals(from.text())) {
                on.forEach(grant -> all.add(grant.on(to)));
            } else if (!text.equals(to.text())) {
                all.addAll(on);
            }
        });
        return new Rights(roleNames, roles, all, limits, somebody);
    }

    /** The roles that the caller acts with, built-in ones and others. */
    public List<String> roleNames() {
        return roleNames;
    }

    /** How much less the credential may than its user. */
    KeyLimits limits() {
        return limits;
    }

    /** Whether the caller may. */
    public boolean allow(Verb verb, Resource resource) {
        return limits.allow(verb, resource)
                && (byRole(verb, resource) || covering(resource).anyMatch(grant -> grant.gives(verb)));
    }

    private Stream<Grant> covering(Resource resource) {
        return grants.isEmpty()
                ? Stream.empty()
                : resource.coveredBy().stream().flatMap(text -> grants.getOrDefault(text, List.of()).stream());
    }

    /** Whether the caller may do everything with it that there is to do, as its owner may. */
    public boolean own(Resource resource) {
        return limits.allow(Verb.MANAGE, resource)
                && (roles.contains(BuiltInRole.ADMIN)
                        || covering(resource).anyMatch(grant -> grant.verb().equals(Verb.ANY)));
    }

    /** Whether the caller may do everything with all that the tenant has: an administrator, or who was granted just that. */
    boolean ownEverything() {
        return limits.only().isEmpty()
                && (roles.contains(BuiltInRole.ADMIN)
                        || grants.getOrDefault(Resource.ALL, List.of()).stream()
                                .anyMatch(grant -> grant.verb().equals(Verb.ANY)));
    }

    /** Whether the caller may do that with something inside of a namespace or catalog, and so must be able to find it. */
    public boolean allowInside(Verb verb, Resource container) {
        return allow(verb, container)
                || named().stream().anyMatch(inner -> container.covers(inner) && allow(verb, inner));
    }

    /** What grants and limits name; read from their texts once, because a list of containers asks for each. */
    private synchronized List<Resource> named() {
        if (named.isEmpty()) {
            grants.keySet().forEach(text -> Resource.parse(text).ifPresent(named::add));
            limits.only().ifPresent(named::addAll);
        }
        return named;
    }

    /** What the caller may read of a table. */
    public TableRights table(Resource table) {
        if (!limits.allow(Verb.SELECT, table)) {
            return TableRights.NONE;
        }
        if (byRole(Verb.SELECT, table)) {
            return TableRights.FULL;
        }
        List<TableRights.Part> parts = new ArrayList<>();
        covering(table)
                .filter(grant -> grant.gives(Verb.SELECT))
                .forEach(grant -> parts.add(new TableRights.Part(grant.columns(), grant.rows())));
        return parts.stream().anyMatch(TableRights.Part::isFull) ? TableRights.FULL : new TableRights(parts);
    }

    /** What allows it: roles first, then grants. */
    List<Decision.Reason> reasons(Verb verb, Resource resource) {
        List<Decision.Reason> reasons = new ArrayList<>();
        if (!limits.allow(verb, resource)) {
            return reasons;
        }
        if (somebody && EVERYBODY.allow(verb, resource)) {
            reasons.add(new Decision.Reason(Optional.empty(), Optional.empty(), "every user may"));
        }
        for (BuiltInRole role : roles) {
            if (role.allows(verb, resource)) {
                reasons.add(new Decision.Reason(Optional.of(role.text()), Optional.empty(), "the role " + role.text()));
            }
        }
        covering(resource)
                .filter(grant -> grant.gives(verb))
                .forEach(grant -> reasons.add(new Decision.Reason(Optional.empty(), Optional.of(grant), grant.text())));
        return reasons;
    }

    private boolean byRole(Verb verb, Resource resource) {
        return somebody
                && (EVERYBODY.allow(verb, resource) || roles.stream().anyMatch(role -> role.allows(verb, resource)));
    }
}

package dev.tarn.access;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Verbs on all things of a kind. */
final class Powers {
    private final Map<Resource.Kind, Set<Verb>> byKind = new EnumMap<>(Resource.Kind.class);

    private Powers() {}

    /** What every user of a tenant may: ask, load into what is theirs, and look after their own keys and runs. */
    static Powers ofEverybody() {
        return ofRestrictedKeys().with(Resource.Kind.KEY, Verb.DROP);
    }

    /** What a key that is restricted to some data may do beside. */
    static Powers ofRestrictedKeys() {
        return new Powers()
                .with(Resource.Kind.STATEMENT, Verb.DESCRIBE, Verb.CREATE)
                .with(Resource.Kind.LOAD, Verb.DESCRIBE, Verb.CREATE)
                .with(Resource.Kind.KEY, Verb.DESCRIBE, Verb.CREATE)
                .with(Resource.Kind.WORKSPACE, Verb.DESCRIBE)
                .with(Resource.Kind.JOB, Verb.DESCRIBE);
    }

    /** Everything. */
    static Powers all() {
        Powers all = new Powers();
        for (Resource.Kind kind : Resource.Kind.values()) {
            all.with(kind, Verb.values());
        }
        return all;
    }

    Powers with(Resource.Kind kind, Verb... verbs) {
        byKind.computeIfAbsent(kind, any -> EnumSet.noneOf(Verb.class)).addAll(List.of(verbs));
        return this;
    }

    /** These and those. */
    Powers and(Powers others) {
        others.byKind.forEach((kind, verbs) -> with(kind, verbs.toArray(Verb[]::new)));
        return this;
    }

    boolean allow(Verb verb, Resource resource) {
        boolean data = resource.kind() == Resource.Kind.NAMESPACE || resource.kind() == Resource.Kind.TABLE;
        return on(data ? Resource.Kind.CATALOG : resource.kind()).contains(verb);
    }

    /** The verbs on a kind; those on {@code CATALOG} hold for namespaces and tables. */
    Set<Verb> on(Resource.Kind kind) {
        return Collections.unmodifiableSet(byKind.getOrDefault(kind, Set.of()));
    }
}

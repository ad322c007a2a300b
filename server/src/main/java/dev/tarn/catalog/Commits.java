package dev.tarn.catalog;

import dev.tarn.access.Rights;

/** How changes of the catalog become true: each at once, or several together. */
interface Commits {
    /**
     * Lets a change become true.
     *
     * @return false when the catalog's rows were not as expected any more; then nothing became true
     */
    boolean commit(CatalogChange change);

    /** Whether some of these commits take grants along to other names: then those on one name do not tell of its rights. */
    default boolean movesGrants() {
        return false;
    }

    /** The caller's rights with those on what these commits have made. */
    default Rights with(Rights rights) {
        return rights;
    }
}

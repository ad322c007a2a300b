package dev.tarn.upkeep;

/**
 * Where a policy is said.
 *
 * @param name of a table its uuid, which a new name leaves as it is; of a namespace its full name; of the tenant nothing
 */
record PolicyScope(Kind kind, String name) {
    enum Kind {
        TENANT,
        NAMESPACE,
        TABLE;

        String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static final PolicyScope TENANT = new PolicyScope(Kind.TENANT, "");

    static PolicyScope namespace(String fullName) {
        return new PolicyScope(Kind.NAMESPACE, fullName);
    }

    static PolicyScope table(String uuid) {
        return new PolicyScope(Kind.TABLE, uuid);
    }
}

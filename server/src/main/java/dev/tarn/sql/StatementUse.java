package dev.tarn.sql;

/** What is done with a statement. */
enum StatementUse {
    RUN("run"),
    EXPORT("export"),
    EXPLAIN("explain");

    private final String verb;

    StatementUse(String verb) {
        this.verb = verb;
    }

    /** As the audit trail says it. */
    String verb() {
        return verb;
    }

    /** Whether it reads rows; then it is in the history, metered, and within the tenant's allowance. */
    boolean reads() {
        return this != EXPLAIN;
    }
}

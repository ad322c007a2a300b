package dev.tarn.access;

import static dev.tarn.access.Resource.Kind.AGENT;
import static dev.tarn.access.Resource.Kind.AUDIT;
import static dev.tarn.access.Resource.Kind.CATALOG;
import static dev.tarn.access.Resource.Kind.DATASET;
import static dev.tarn.access.Resource.Kind.JOB;
import static dev.tarn.access.Resource.Kind.LOAD;
import static dev.tarn.access.Resource.Kind.MODEL;
import static dev.tarn.access.Resource.Kind.PIPELINE;
import static dev.tarn.access.Resource.Kind.ROLE;
import static dev.tarn.access.Resource.Kind.SETTING;
import static dev.tarn.access.Resource.Kind.USAGE;
import static dev.tarn.access.Resource.Kind.USER;
import static dev.tarn.access.Verb.ALTER;
import static dev.tarn.access.Verb.APPROVE;
import static dev.tarn.access.Verb.CREATE;
import static dev.tarn.access.Verb.DESCRIBE;
import static dev.tarn.access.Verb.DROP;
import static dev.tarn.access.Verb.INSERT;
import static dev.tarn.access.Verb.MANAGE;
import static dev.tarn.access.Verb.SELECT;
import static dev.tarn.access.Verb.UPDATE;
import static dev.tarn.access.Verb.USE;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The roles that every tenant has: those of DRLS (Admin, LeadDataEngineer, DataEngineer, Auditor) and of DatixLab (Admin,
 * Manager, Analyst, Viewer). docs/access.md shows as a table what each may.
 */
public enum BuiltInRole {
    VIEWER(
            "Viewer",
            "Reads what was granted, and nothing else",
            Powers.ofEverybody().with(AGENT, DESCRIBE)),
    ANALYST(
            "Analyst",
            "Reads all tables, asks agents, predicts with models",
            Powers.ofEverybody()
                    .with(CATALOG, DESCRIBE, SELECT)
                    .with(DATASET, DESCRIBE)
                    .with(AGENT, DESCRIBE, USE)
                    .with(MODEL, DESCRIBE, USE)
                    .with(PIPELINE, DESCRIBE)),
    MANAGER(
            "Manager",
            "What an Analyst may, and looks after users and agents",
            Powers.ofEverybody()
                    .and(ANALYST.powers)
                    .with(USER, DESCRIBE, CREATE, ALTER)
                    .with(ROLE, DESCRIBE)
                    .with(AGENT, CREATE, ALTER, DROP, MANAGE)
                    .with(USAGE, SELECT)),
    AUDITOR(
            "Auditor",
            "Sees what there is and who did what, and no row",
            Powers.ofEverybody()
                    .with(CATALOG, DESCRIBE)
                    .with(DATASET, DESCRIBE)
                    .with(AGENT, DESCRIBE)
                    .with(MODEL, DESCRIBE)
                    .with(PIPELINE, DESCRIBE)
                    .with(USER, DESCRIBE)
                    .with(ROLE, DESCRIBE)
                    .with(Resource.Kind.GRANT, DESCRIBE)
                    .with(SETTING, DESCRIBE)
                    .with(AUDIT, DESCRIBE, SELECT)
                    .with(USAGE, SELECT)),
    DATA_ENGINEER(
            "DataEngineer",
            "Makes and fills tables, streams, pipelines, datasets and models",
            Powers.ofEverybody()
                    .and(ANALYST.powers)
                    .with(CATALOG, INSERT, UPDATE, CREATE, ALTER)
                    .with(DATASET, CREATE, ALTER, INSERT)
                    .with(MODEL, CREATE, ALTER)
                    .with(PIPELINE, CREATE, ALTER, DROP, USE)
                    .with(JOB, CREATE)),
    LEAD_DATA_ENGINEER(
            "LeadDataEngineer",
            "What a DataEngineer may, and looks after tables, pipelines and what runs",
            Powers.ofEverybody()
                    .and(DATA_ENGINEER.powers)
                    .with(CATALOG, DROP, MANAGE)
                    .with(DATASET, DROP, MANAGE)
                    .with(MODEL, DROP, MANAGE)
                    .with(PIPELINE, APPROVE, MANAGE)
                    .with(LOAD, MANAGE)
                    .with(JOB, MANAGE)),
    ADMIN("Admin", "Everything in the tenant", Powers.all());

    private final String text;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // it is filled where the constants are made, and never afterwards
    private final Powers powers;

    BuiltInRole(String text, String description, Powers powers) {
        this.text = text;
        this.description = description;
        this.powers = powers;
    }

    /** The name, as contracts write it. */
    public String text() {
        return text;
    }

    /** What it is for, in a line. */
    public String description() {
        return description;
    }

    /** What it may with all things of a kind; what it may with catalogs, it may with namespaces and tables. */
    public Set<Verb> verbs(Resource.Kind kind) {
        return powers.on(kind);
    }

    boolean allows(Verb verb, Resource resource) {
        return powers.allow(verb, resource);
    }

    /** The role of that name, in any case. */
    public static Optional<BuiltInRole> named(String name) {
        return Arrays.stream(values())
                .filter(role -> role.text.equalsIgnoreCase(name))
                .findFirst();
    }
}

-- Tables that are looked after. The rules of V1's head hold.

-- What a job works on, in its kind's words: of the jobs of one subject one alone waits or runs. NULL: nothing that others could.
ALTER TABLE jobs ADD COLUMN subject TEXT;
CREATE UNIQUE INDEX jobs_one_of_subject ON jobs (tenant_id, subject) WHERE state IN ('queued', 'running');
CREATE INDEX jobs_by_subject ON jobs (tenant_id, subject, created_at);

-- How tables are looked after. scope: '' is the tenant, else the full name of a namespace or table (iceberg.shop, iceberg.shop.orders);
-- kind says which. policy: JSON of what is said there; the rest is as the next wider scope has it.
CREATE TABLE upkeep_policies (
    tenant_id  TEXT   NOT NULL REFERENCES tenants (tenant_id),
    kind       TEXT   NOT NULL,
    scope      TEXT   NOT NULL,
    policy     TEXT   NOT NULL,
    changed_by TEXT   NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, kind, scope)
);

-- How often files have been given up for deletion, by whomever: each time is one later than the one before, in the order in which
-- the transactions became true. One row.
CREATE TABLE doom_epochs (
    singleton INTEGER NOT NULL PRIMARY KEY,
    epoch     BIGINT  NOT NULL
);
INSERT INTO doom_epochs (singleton, epoch) VALUES (1, 0);

-- A row a server that reads tables. Nothing that it reads began before it knew of oldest_epoch. Whoever is silent beyond the lease
-- is dead.
CREATE TABLE readers (
    server_id    TEXT   NOT NULL PRIMARY KEY,
    oldest_epoch BIGINT NOT NULL,
    lease_until  BIGINT NOT NULL
);

-- Files of tables that no version names any more since that epoch. They go when nobody reads anything that began before, and their
-- row with them. files: JSON of some hundreds of names and sizes in bytes; none that is outside of table_location goes.
CREATE TABLE doomed_files (
    tenant_id      TEXT    NOT NULL REFERENCES tenants (tenant_id),
    batch_id       TEXT    NOT NULL,
    epoch          BIGINT  NOT NULL,
    table_location TEXT    NOT NULL,
    files          TEXT    NOT NULL,
    file_count     INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, batch_id)
);
CREATE INDEX doomed_files_by_epoch ON doomed_files (epoch, batch_id);
CREATE INDEX doomed_files_by_table ON doomed_files (tenant_id, table_location);

-- The catalog that a tenant's DRLS calls show instead of its own, or under which name its own. kind: own, hadoop, rest, polaris.
-- warehouse: the folder of a hadoop catalog, what a REST catalog calls the warehouse. properties: JSON without secrets, which are sealed.
CREATE TABLE mounted_catalogs (
    tenant_id  TEXT   NOT NULL PRIMARY KEY REFERENCES tenants (tenant_id),
    kind       TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    warehouse  TEXT,
    uri        TEXT,
    properties TEXT   NOT NULL,
    changed_by TEXT   NOT NULL,
    changed_at BIGINT NOT NULL
);

-- What clients of the Iceberg REST catalog leave behind, and how a statement was planned. The rules of V1's head hold.

-- How the statement was planned, as JSON: files of each table planned and skipped, and by which condition. NULL: no table was read.
ALTER TABLE statement_history ADD COLUMN plan TEXT;

-- A row a plan of a scan that a client has asked for. request is what it asked for, with the version and the columns of then
-- (snapshot_id is NULL for a table that was empty); which files that means is worked out anew by whichever server is asked.
CREATE TABLE scan_plans (
    tenant_id   TEXT    NOT NULL REFERENCES tenants (tenant_id),
    plan_id     TEXT    NOT NULL,
    user_id     TEXT    NOT NULL,
    table_uuid  TEXT    NOT NULL,
    snapshot_id BIGINT,
    schema_id   INTEGER NOT NULL,
    request     TEXT    NOT NULL,
    expires_at  BIGINT  NOT NULL,
    PRIMARY KEY (tenant_id, plan_id)
);
CREATE INDEX scan_plans_by_user ON scan_plans (tenant_id, user_id, plan_id);
CREATE INDEX scan_plans_by_expiry ON scan_plans (expires_at);

-- What clients said of their scans and commits of a table. A table is known by its location, which a new name leaves as it is and
-- which no other table has. kind is scan or commit; all but who and when is the client's word. figures: JSON of counters by name.
CREATE TABLE table_reports (
    tenant_id      TEXT   NOT NULL REFERENCES tenants (tenant_id),
    table_location TEXT   NOT NULL,
    report_id      TEXT   NOT NULL,
    kind           TEXT   NOT NULL,
    reported_at    BIGINT NOT NULL,
    user_id        TEXT   NOT NULL,
    user_name      TEXT   NOT NULL,
    engine         TEXT,
    snapshot_id    BIGINT,
    operation      TEXT,
    filtered_by    TEXT,
    duration_us    BIGINT,
    figures        TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, table_location, report_id)
);
CREATE INDEX table_reports_by_time ON table_reports (reported_at);

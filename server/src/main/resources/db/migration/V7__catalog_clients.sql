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

-- Tables that were dropped and can be brought back for a while. The rules of V1's head hold.

-- A row a dropped table. Its name may belong to another table by now. metadata_location: what the name pointed to; everything at
-- table_location goes with the row at expires_at. user_id, user_name, workspace_id: who dropped it, and answers for that.
CREATE TABLE dropped_tables (
    tenant_id         TEXT   NOT NULL REFERENCES tenants (tenant_id),
    dropped_id        TEXT   NOT NULL,
    table_namespace   TEXT   NOT NULL,
    table_name        TEXT   NOT NULL,
    metadata_location TEXT   NOT NULL,
    table_location    TEXT   NOT NULL,
    user_id           TEXT   NOT NULL,
    user_name         TEXT   NOT NULL,
    workspace_id      TEXT   NOT NULL,
    dropped_at        BIGINT NOT NULL,
    expires_at        BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, dropped_id)
);
CREATE INDEX dropped_tables_by_time ON dropped_tables (tenant_id, dropped_at);
CREATE INDEX dropped_tables_by_expiry ON dropped_tables (expires_at);

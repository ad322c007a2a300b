-- Work that goes on without its caller. The rules of V1's head hold.

-- A row a job. state is queued, running, completed, failed or cancelled. A running one belongs to who holds its lease:
-- fence counts how often it was taken, and whoever was overtaken cannot change it any more. payload and result are JSON of the
-- kind's own. key_id: the key that asked for it, which it may no more than; null: the user as a whole. due_at: it does not run
-- before. expires_at: when it is forgotten, set once it is over.
CREATE TABLE jobs (
    tenant_id        TEXT    NOT NULL REFERENCES tenants (tenant_id),
    job_id           TEXT    NOT NULL,
    kind             TEXT    NOT NULL,
    user_id          TEXT    NOT NULL,
    user_name        TEXT    NOT NULL,
    workspace_id     TEXT    NOT NULL,
    key_id           TEXT,
    request_id       TEXT    NOT NULL,
    address          TEXT    NOT NULL,
    payload          TEXT    NOT NULL,
    state            TEXT    NOT NULL,
    fence            BIGINT  NOT NULL,
    attempts         INTEGER NOT NULL,
    cancel_requested INTEGER NOT NULL,
    lease_owner      TEXT,
    lease_until      BIGINT,
    heartbeat_at     BIGINT,
    fraction         DOUBLE PRECISION,
    created_at       BIGINT  NOT NULL,
    due_at           BIGINT  NOT NULL,
    started_at       BIGINT,
    finished_at      BIGINT,
    expires_at       BIGINT,
    result           TEXT,
    error_code       TEXT,
    error_detail     TEXT,
    PRIMARY KEY (tenant_id, job_id)
);
CREATE INDEX jobs_by_state ON jobs (state, due_at);
CREATE INDEX jobs_by_user ON jobs (tenant_id, user_id, started_at);
CREATE INDEX jobs_by_expiry ON jobs (expires_at);

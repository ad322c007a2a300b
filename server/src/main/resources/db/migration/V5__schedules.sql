-- Jobs that begin by the clock. The rules of V1's head hold.

-- A row a schedule. kind: of the jobs that it begins; subject: the thing that they are about, an id of the kind's own; payload: JSON
-- of the kind's own. It runs as its owner, whose columns are those of jobs. cron: minute, hour, day of month, month, day of week, in
-- the zone. next_local and next_at: the next time to begin at, on the zone's clock and as an instant; null when there is none.
CREATE TABLE schedules (
    tenant_id    TEXT    NOT NULL REFERENCES tenants (tenant_id),
    schedule_id  TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    subject      TEXT    NOT NULL,
    user_id      TEXT    NOT NULL,
    user_name    TEXT    NOT NULL,
    workspace_id TEXT    NOT NULL,
    key_id       TEXT,
    request_id   TEXT    NOT NULL,
    address      TEXT    NOT NULL,
    payload      TEXT    NOT NULL,
    cron         TEXT    NOT NULL,
    zone         TEXT    NOT NULL,
    paused       INTEGER NOT NULL,
    next_local   TEXT,
    next_at      BIGINT,
    created_at   BIGINT  NOT NULL,
    PRIMARY KEY (tenant_id, schedule_id)
);
CREATE INDEX schedules_by_next ON schedules (paused, next_at);
CREATE INDEX schedules_by_user ON schedules (tenant_id, user_id, created_at);
CREATE INDEX schedules_by_subject ON schedules (tenant_id, kind, subject);

-- A row a time at which a schedule began, or did not: a time on its zone's clock is there once. job_id: what began, whose row says how
-- it stands while there is one; state, error_code, error_detail and the times are those of a job that was forgotten since, or of a run
-- that never became one. manual: somebody asked for it.
CREATE TABLE schedule_runs (
    tenant_id    TEXT    NOT NULL,
    schedule_id  TEXT    NOT NULL,
    fire_local   TEXT    NOT NULL,
    fire_at      BIGINT  NOT NULL,
    begun_at     BIGINT  NOT NULL,
    manual       INTEGER NOT NULL,
    job_id       TEXT,
    state        TEXT,
    error_code   TEXT,
    error_detail TEXT,
    started_at   BIGINT,
    finished_at  BIGINT,
    PRIMARY KEY (tenant_id, schedule_id, fire_local)
);
CREATE INDEX schedule_runs_by_job ON schedule_runs (tenant_id, job_id);
CREATE INDEX schedule_runs_by_time ON schedule_runs (tenant_id, schedule_id, fire_at);

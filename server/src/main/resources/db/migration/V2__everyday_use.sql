-- Loads, uploads, statements' history, saved statements, profiles. The rules of V1's head hold.

-- Loads ---------------------------------------------------------------------------------------------------------------

-- A row a load. state is receiving, running, completed, failed or cancelled; the first two are true only while the lease
-- lasts. options, result and error are JSON. rejects_until: until when its rejects are kept; null when there are none.
CREATE TABLE loads (
    tenant_id        TEXT    NOT NULL,
    load_id          TEXT    NOT NULL,
    user_id          TEXT    NOT NULL,
    user_name        TEXT    NOT NULL,
    state            TEXT    NOT NULL,
    table_name       TEXT    NOT NULL,
    mode             TEXT    NOT NULL,
    file_name        TEXT    NOT NULL,
    options          TEXT    NOT NULL,
    cancel_requested INTEGER NOT NULL,
    lease_owner      TEXT    NOT NULL,
    lease_until      BIGINT  NOT NULL,
    started_at       BIGINT  NOT NULL,
    finished_at      BIGINT,
    bytes_total      BIGINT,
    bytes_read       BIGINT  NOT NULL,
    rows_read        BIGINT  NOT NULL,
    fraction         DOUBLE PRECISION,
    result           TEXT,
    error            TEXT,
    rejects_until    BIGINT,
    PRIMARY KEY (tenant_id, load_id)
);
CREATE INDEX loads_by_time ON loads (tenant_id, started_at, load_id);
CREATE INDEX loads_by_lease ON loads (state, lease_until);
CREATE INDEX loads_by_rejects ON loads (rejects_until);

-- Files that were sent to be looked at and loaded later. load_id: the load that reads them now, if it still runs.
CREATE TABLE uploads (
    tenant_id  TEXT   NOT NULL,
    upload_id  TEXT   NOT NULL,
    user_id    TEXT   NOT NULL,
    files      TEXT   NOT NULL,
    bytes      BIGINT NOT NULL,
    sha256     TEXT   NOT NULL,
    load_id    TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, upload_id)
);
CREATE INDEX uploads_by_user ON uploads (tenant_id, user_id);
CREATE INDEX uploads_by_expiry ON uploads (expires_at);

-- Which bytes a table has taken, the newest load of them, and the snapshot that it made. A table is known by its location,
-- which no other table of the same name has.
CREATE TABLE loaded_contents (
    tenant_id      TEXT   NOT NULL,
    table_location TEXT   NOT NULL,
    mode           TEXT   NOT NULL,
    content_hash   TEXT   NOT NULL,
    load_id        TEXT   NOT NULL,
    snapshot_id    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, table_location, mode, content_hash)
);
CREATE INDEX loaded_contents_by_load ON loaded_contents (tenant_id, load_id);

-- What the rows of a table's newest version look like; table_id is Iceberg's uuid of the table.
CREATE TABLE table_profiles (
    tenant_id   TEXT   NOT NULL,
    table_id    TEXT   NOT NULL,
    snapshot_id BIGINT NOT NULL,
    profile     TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, table_id, snapshot_id)
);

-- What was run, by whom, and how it ended. A running one has a lease; one whose lease has run out failed with its server.
CREATE TABLE statement_history (
    tenant_id     TEXT    NOT NULL,
    user_id       TEXT    NOT NULL,
    statement_id  TEXT    NOT NULL,
    workspace_id  TEXT    NOT NULL,
    user_name     TEXT    NOT NULL,
    contract      TEXT    NOT NULL,
    statement     TEXT    NOT NULL,
    state         TEXT    NOT NULL,
    started_at    BIGINT  NOT NULL,
    finished_at   BIGINT,
    elapsed_ms    BIGINT,
    row_count     BIGINT,
    bytes_scanned BIGINT,
    error_code    TEXT,
    error_detail  TEXT,
    lease_owner   TEXT    NOT NULL,
    lease_until   BIGINT  NOT NULL,
    PRIMARY KEY (tenant_id, user_id, statement_id)
);
CREATE INDEX statement_history_by_time ON statement_history (tenant_id, started_at);
CREATE INDEX statement_history_by_state ON statement_history (state, lease_until);

CREATE TABLE saved_statements (
    tenant_id   TEXT    NOT NULL,
    saved_id    TEXT    NOT NULL,
    user_id     TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    description TEXT    NOT NULL,
    statement   TEXT    NOT NULL,
    parameters  TEXT    NOT NULL,
    chart       TEXT,
    shared      INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    created_at  BIGINT  NOT NULL,
    updated_at  BIGINT  NOT NULL,
    PRIMARY KEY (tenant_id, saved_id),
    UNIQUE (tenant_id, user_id, name)
);

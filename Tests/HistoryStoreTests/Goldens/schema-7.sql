CREATE INDEX readings_read_at ON readings (read_at);

CREATE INDEX rotations_from ON rotations (from_account, id) WHERE is_automatic = 1;

CREATE INDEX rotations_to ON rotations (to_account, id);

CREATE TABLE account_policies (
    account_id TEXT NOT NULL PRIMARY KEY,
    is_held INTEGER NOT NULL CHECK (is_held IN (0, 1)),
    reserve_percent REAL NOT NULL CHECK (reserve_percent >= 0 AND reserve_percent < 100)
) STRICT;

CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    account_uuid TEXT NOT NULL,
    organization_uuid TEXT NOT NULL,
    email TEXT NOT NULL,
    display_name TEXT,
    organization_name TEXT,
    organization_type TEXT,
    rate_limit_tier TEXT,
    forgotten_at INTEGER,
    UNIQUE (account_uuid, organization_uuid)
) STRICT;

CREATE TABLE considerations (
    decision_id INTEGER NOT NULL REFERENCES decisions (id),
    position INTEGER NOT NULL CHECK (position >= 0),
    account_id TEXT NOT NULL,
    email TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    sentence TEXT NOT NULL,
    window_name TEXT,
    window_model TEXT,
    utilization REAL,
    PRIMARY KEY (decision_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE decisions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    tick INTEGER UNIQUE,
    at INTEGER NOT NULL,
    trigger TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    sentence TEXT NOT NULL,
    from_account TEXT,
    from_email TEXT,
    to_account TEXT,
    to_email TEXT,
    earliest_reset INTEGER,
    repeats INTEGER NOT NULL CHECK (repeats >= 1),
    last_at INTEGER NOT NULL
) STRICT;

CREATE TABLE events (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    row_id INTEGER,
    emails TEXT,
    code TEXT,
    severity TEXT,
    message TEXT,
    urgency TEXT,
    nudge_kind TEXT,
    command TEXT,
    since INTEGER,
    until INTEGER
, state TEXT, failure TEXT, filed_as TEXT, is_unattended INTEGER) STRICT;

CREATE TABLE left_windows (
    rotation_id INTEGER NOT NULL REFERENCES rotations (id),
    name TEXT NOT NULL,
    model TEXT NOT NULL DEFAULT '',
    utilization REAL,
    resets_at INTEGER, carried_from INTEGER,
    PRIMARY KEY (rotation_id, name, model)
) STRICT, WITHOUT ROWID;

CREATE TABLE nudge_announcements (
    channel TEXT NOT NULL,
    code TEXT NOT NULL,
    email TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT '',
    severity TEXT NOT NULL,
    urgency TEXT NOT NULL,
    stood_at INTEGER NOT NULL,
    PRIMARY KEY (channel, code, email, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE nudges (
    code TEXT NOT NULL,
    email TEXT NOT NULL DEFAULT '',
    severity TEXT NOT NULL,
    message TEXT NOT NULL,
    command TEXT,
    since INTEGER NOT NULL,
    is_acknowledged INTEGER NOT NULL CHECK (is_acknowledged IN (0, 1)), urgency TEXT NOT NULL DEFAULT 'notice', kind TEXT,
    PRIMARY KEY (code, email)
) STRICT, WITHOUT ROWID;

CREATE TABLE opt_in_changes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE pauses (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    since INTEGER NOT NULL,
    until INTEGER
) STRICT;

CREATE TABLE reading_windows (
    reading_id INTEGER NOT NULL REFERENCES readings (id),
    name TEXT NOT NULL,
    model TEXT NOT NULL DEFAULT '',
    utilization REAL CHECK (utilization >= 0),
    resets_at INTEGER, carried_from INTEGER,
    PRIMARY KEY (reading_id, name, model)
) STRICT, WITHOUT ROWID;

CREATE TABLE readings (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL,
    read_at INTEGER NOT NULL,
    source TEXT NOT NULL,
    UNIQUE (account_id, read_at, source)
) STRICT;

CREATE TABLE refresh_facts (
    account_id TEXT NOT NULL PRIMARY KEY,
    last_asked_at INTEGER,
    not_before INTEGER,
    failures INTEGER NOT NULL CHECK (failures >= 0)
) STRICT;

CREATE TABLE rotations (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    decision_id INTEGER NOT NULL UNIQUE REFERENCES decisions (id),
    at INTEGER NOT NULL,
    from_account TEXT,
    to_account TEXT NOT NULL,
    took_milliseconds INTEGER NOT NULL,
    is_automatic INTEGER NOT NULL CHECK (is_automatic IN (0, 1))
) STRICT;

CREATE TABLE slots (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    kind TEXT NOT NULL CHECK (kind IN ('login', 'setup-token')),
    can_refresh INTEGER NOT NULL CHECK (can_refresh IN (0, 1)),
    access_expires_at INTEGER,
    login_expires_at INTEGER,
    plan TEXT,
    rate_limit_tier TEXT,
    captured_at INTEGER NOT NULL,
    refreshed_at INTEGER
) STRICT;

CREATE TABLE sqlite_sequence(name,seq);

CREATE TABLE usage_facts (
    account_id TEXT NOT NULL PRIMARY KEY,
    reading_id INTEGER REFERENCES readings (id),
    last_answer TEXT,
    retry_after INTEGER,
    last_asked_at INTEGER,
    not_before INTEGER,
    rate_limits INTEGER NOT NULL CHECK (rate_limits >= 0),
    rejections INTEGER NOT NULL CHECK (rejections >= 0),
    rejected_since INTEGER,
    asked_at TEXT NOT NULL
, throttled_at INTEGER) STRICT;

CREATE TRIGGER considerations_as_written BEFORE UPDATE ON considerations
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER considerations_stay BEFORE DELETE ON considerations
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER decisions_only_repeat BEFORE UPDATE ON decisions
WHEN OLD.outcome NOT IN ('off', 'claude-not-running')
    OR NEW.repeats <> OLD.repeats + 1
    OR (NEW.id, NEW.tick, NEW.at, NEW.trigger, NEW.outcome, NEW.reason, NEW.sentence,
        NEW.from_account, NEW.from_email, NEW.to_account, NEW.to_email,
        NEW.earliest_reset)
    IS NOT (OLD.id, OLD.tick, OLD.at, OLD.trigger, OLD.outcome, OLD.reason, OLD.sentence,
        OLD.from_account, OLD.from_email, OLD.to_account, OLD.to_email,
        OLD.earliest_reset)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER events_as_written BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER events_bounded AFTER INSERT ON events
BEGIN DELETE FROM events WHERE id <= NEW.id - 20000; END;

CREATE TRIGGER events_stay BEFORE DELETE ON events
WHEN OLD.id > (SELECT max(id) FROM events) - 20000
BEGIN SELECT RAISE(ABORT, 'the newest events are kept'); END;

CREATE TRIGGER left_windows_as_written BEFORE UPDATE ON left_windows
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER left_windows_stay BEFORE DELETE ON left_windows
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER opt_in_changes_as_written BEFORE UPDATE ON opt_in_changes
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER opt_in_changes_stay BEFORE DELETE ON opt_in_changes
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER reading_windows_as_written BEFORE UPDATE ON reading_windows
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER reading_windows_stay BEFORE DELETE ON reading_windows
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER readings_as_written BEFORE UPDATE ON readings
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER readings_stay BEFORE DELETE ON readings
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER rotations_as_written BEFORE UPDATE ON rotations
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER rotations_stay BEFORE DELETE ON rotations
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

// The schema as forward-only, numbered steps. A step that was released is
// never edited; a change is a new step. Times are milliseconds since the
// epoch. No column can hold a secret, and tests look at their names.

import GRDB

enum Schema {
    /// In the file's header, so that another program's database is not taken
    /// for ours: "rota".
    static let applicationID: Int32 = 0x726F_7461

    /// Step n takes the database from version n-1 to n.
    static let steps: [String] = [
        first, second, third, fourth, fifth, announcements, signIns,
    ]

    static var version: Int32 { Int32(steps.count) }

    private static let first = """
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

        CREATE TABLE readings (
            id INTEGER NOT NULL PRIMARY KEY,
            account_id TEXT NOT NULL,
            read_at INTEGER NOT NULL,
            source TEXT NOT NULL,
            UNIQUE (account_id, read_at, source)
        ) STRICT;

        CREATE TABLE reading_windows (
            reading_id INTEGER NOT NULL REFERENCES readings (id),
            name TEXT NOT NULL,
            model TEXT NOT NULL DEFAULT '',
            utilization REAL CHECK (utilization >= 0),
            resets_at INTEGER,
            PRIMARY KEY (reading_id, name, model)
        ) STRICT, WITHOUT ROWID;

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
        ) STRICT;

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

        CREATE TABLE rotations (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            decision_id INTEGER NOT NULL UNIQUE REFERENCES decisions (id),
            at INTEGER NOT NULL,
            from_account TEXT,
            to_account TEXT NOT NULL,
            took_milliseconds INTEGER NOT NULL,
            is_automatic INTEGER NOT NULL CHECK (is_automatic IN (0, 1))
        ) STRICT;

        CREATE TABLE left_windows (
            rotation_id INTEGER NOT NULL REFERENCES rotations (id),
            name TEXT NOT NULL,
            model TEXT NOT NULL DEFAULT '',
            utilization REAL,
            resets_at INTEGER,
            PRIMARY KEY (rotation_id, name, model)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE nudges (
            code TEXT NOT NULL,
            email TEXT NOT NULL DEFAULT '',
            severity TEXT NOT NULL,
            message TEXT NOT NULL,
            command TEXT,
            since INTEGER NOT NULL,
            is_acknowledged INTEGER NOT NULL CHECK (is_acknowledged IN (0, 1)),
            PRIMARY KEY (code, email)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE opt_in_changes (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
            at INTEGER NOT NULL
        ) STRICT;

        CREATE INDEX rotations_from ON rotations (from_account, id) WHERE is_automatic = 1;
        CREATE INDEX rotations_to ON rotations (to_account, id);

        CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions
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
        """
        + appendOnly([
            "readings", "reading_windows", "considerations", "rotations",
            "left_windows", "opt_in_changes",
        ])

    /// When a grant may be refreshed again: a restart must not forget what the
    /// vendor asked for.
    private static let second = """
        CREATE TABLE refresh_facts (
            account_id TEXT NOT NULL PRIMARY KEY,
            last_asked_at INTEGER,
            not_before INTEGER,
            failures INTEGER NOT NULL CHECK (failures >= 0)
        ) STRICT;
        """

    /// What was burned is looked up by time, over all accounts.
    private static let third = """
        CREATE INDEX readings_read_at ON readings (read_at);
        """

    /// What the operator forbids; not history, so it may change. And what must
    /// outlive a restart: how long an account is read seldom after a 429, and
    /// the age of windows a reading carried along.
    private static let fourth = """
        CREATE TABLE account_policies (
            account_id TEXT NOT NULL PRIMARY KEY,
            is_held INTEGER NOT NULL CHECK (is_held IN (0, 1)),
            reserve_percent REAL NOT NULL CHECK (reserve_percent >= 0 AND reserve_percent < 100)
        ) STRICT;

        CREATE TABLE pauses (
            id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
            since INTEGER NOT NULL,
            until INTEGER
        ) STRICT;

        ALTER TABLE usage_facts ADD COLUMN throttled_at INTEGER;
        ALTER TABLE reading_windows ADD COLUMN carried_from INTEGER;
        ALTER TABLE left_windows ADD COLUMN carried_from INTEGER;
        """

    /// What listeners are told: the newest 20,000. Everything an event stands
    /// for is kept elsewhere, so that only here old rows go, and only so.
    private static let fifth = """
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
        ) STRICT;

        CREATE TRIGGER events_stay BEFORE DELETE ON events
        WHEN OLD.id > (SELECT max(id) FROM events) - 20000
        BEGIN SELECT RAISE(ABORT, 'the newest events are kept'); END;
        CREATE TRIGGER events_as_written BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
        CREATE TRIGGER events_bounded AFTER INSERT ON events
        BEGIN DELETE FROM events WHERE id <= NEW.id - 20000; END;
        """

    /// Step 6. How pressing a nudge is, and what was told of it where; not
    /// history: what is over is forgotten.
    private static let announcements = """
        ALTER TABLE nudges ADD COLUMN urgency TEXT NOT NULL DEFAULT 'notice';
        ALTER TABLE nudges ADD COLUMN kind TEXT;

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
        """

    /// What an event of a sign-in says beside its e-mail, its times and its text.
    private static let signIns = """
        ALTER TABLE events ADD COLUMN state TEXT;
        ALTER TABLE events ADD COLUMN failure TEXT;
        ALTER TABLE events ADD COLUMN filed_as TEXT;
        ALTER TABLE events ADD COLUMN is_unattended INTEGER;
        """

    private static func appendOnly(_ tables: [String]) -> String {
        tables.map { table in
            """

            CREATE TRIGGER \(table)_stay BEFORE DELETE ON \(table)
            BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
            CREATE TRIGGER \(table)_as_written BEFORE UPDATE ON \(table)
            BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
            """
        }.joined()
    }
}

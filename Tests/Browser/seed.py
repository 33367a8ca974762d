# A history as the service would have written it, for pictures that no test could
# wait for: any number of accounts, any number of days. The service makes the file
# (so the schema is its own); this fills it in while nobody has it open.

import os
import random
import sqlite3
import time

NAMES = ["alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy"]
THRESHOLD = 97.0
FIVE_HOURS, SEVEN_DAYS = 5 * 3600, 7 * 86400


class Account:
    def __init__(self, index, chance, now):
        name = NAMES[index % len(NAMES)] + (str(index // len(NAMES)) if index >= len(NAMES) else "")
        self.email = f"{name}@example.com"
        self.uuid = f"{index:08d}-0000-4000-8000-000000000001"
        self.organization = "org-0001"
        self.id = f"{self.uuid}.{self.organization}"
        self.five, self.seven = 0.0, chance.uniform(0, 40)
        self.five_resets = now + chance.randrange(FIVE_HOURS)
        self.seven_resets = now + chance.randrange(SEVEN_DAYS)
        self.read_at = 0

    def pass_time(self, now):
        if now >= self.five_resets:
            self.five, self.five_resets = 0.0, now + FIVE_HOURS
        if now >= self.seven_resets:
            self.seven, self.seven_resets = 0.0, now + SEVEN_DAYS

    def work(self, points):
        self.five = min(100.0, self.five + points)
        self.seven = min(100.0, self.seven + points * 0.06)

    @property
    def tightest(self):
        return max((self.five, "five_hour"), (self.seven, "seven_day"))

    @property
    def is_free(self):
        return self.tightest[0] < THRESHOLD


def level(account):
    used, window = account.tightest
    return f"{int(used)} % ({'5 h' if window == 'five_hour' else '7 d'})"


def empty(path):
    """The file anew, with the schema the service made and nothing in it: it has ticked once."""
    made = sqlite3.connect(path)
    schema = [sql for (sql,) in made.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        " ORDER BY type = 'table' DESC")]
    marks = [(name, made.execute(f"PRAGMA {name}").fetchone()[0])
             for name in ("application_id", "user_version")]
    made.close()
    for end in ("", "-wal", "-shm"):
        if os.path.exists(path + end):
            os.remove(path + end)
    fresh = sqlite3.connect(path)
    for sql in schema:
        fresh.execute(sql)
    for name, value in marks:
        fresh.execute(f"PRAGMA {name} = {value}")
    fresh.commit()
    return fresh


class Seeder:
    def __init__(self, path, count, days, seed=7, end=None):
        self.db = empty(path)
        self.end = int(end or time.time())
        self.now = self.end - int(days * 86400)
        self.chance = random.Random(seed)
        self.accounts = [Account(index, self.chance, self.now) for index in range(count)]
        self.live = self.accounts[0] if self.accounts else None
        self.tick = 0

    def run(self):
        with self.db:
            for one in self.accounts:
                self.insert_account(one)
            while self.now < self.end - 45 and self.accounts:
                self.minute()
                self.now += 60
            self.nudges()
        self.db.close()

    def insert_account(self, one):
        self.db.execute(
            "INSERT INTO accounts (id, account_uuid, organization_uuid, email, organization_type,"
            " rate_limit_tier) VALUES (?,?,?,?,'claude_max','default_claude_max_20x')",
            (one.id, one.uuid, one.organization, one.email))
        deadline = (self.end + self.chance.choice([3, 20, 80]) * 86400) * 1000
        self.db.execute(
            "INSERT INTO slots (account_id, kind, can_refresh, access_expires_at, login_expires_at,"
            " plan, captured_at) VALUES (?, 'login', 1, ?, ?, 'max', ?)",
            (one.id, (self.end + 6 * 3600) * 1000, deadline, self.now * 1000))

    def minute(self):
        self.tick += 1
        for one in self.accounts:
            one.pass_time(self.now)
        hour = self.now // 3600 % 24
        is_night = hour >= 20 or hour < 9
        if self.chance.random() < (0.8 if is_night else 0.12):
            self.live.work(self.chance.uniform(0.4, 1.3) * (len(self.accounts) / 3) ** 0.5)
        for one in self.accounts:
            if one is self.live or self.now - one.read_at > 1800:
                self.read(one)
        self.decide()

    def read(self, one):
        one.read_at = self.now
        row = self.db.execute(
            "INSERT INTO readings (account_id, read_at, source) VALUES (?, ?, 'usage-endpoint')",
            (one.id, self.now * 1000))
        self.db.executemany(
            "INSERT INTO reading_windows (reading_id, name, utilization, resets_at)"
            " VALUES (?, ?, ?, ?)",
            [(row.lastrowid, "five_hour", round(one.five, 2), one.five_resets * 1000),
             (row.lastrowid, "seven_day", round(one.seven, 2), one.seven_resets * 1000)])
        self.db.execute(
            "INSERT OR REPLACE INTO usage_facts (account_id, reading_id, last_answer, last_asked_at,"
            " rate_limits, rejections, asked_at) VALUES (?, ?, 'windows', ?, 0, 0, '')",
            (one.id, row.lastrowid, self.now * 1000))

    def decide(self):
        live, before = self.live, self.live
        free = sorted((one for one in self.accounts if one is not live and one.is_free),
                      key=lambda one: -one.tightest[0])
        reset = None
        if live.is_free:
            outcome, reason = "stayed", "below-threshold"
            text = f"{live.email} is live at {level(live)}, below its threshold of 97 %."
        elif free:
            self.live, outcome, reason = free[0], "rotated", "at-threshold"
            text = (f"{live.email} is at {level(live)}, its threshold is 97 %; swapped to "
                    f"{free[0].email} at {level(free[0])}, the usable alternate closest to its own limit.")
        else:
            outcome, reason = "stuck", "all-exhausted"
            reset = min(one.five_resets for one in self.accounts) * 1000
            text = f"{live.email} is at {level(live)} and every alternate is at its threshold."
        to = self.live if outcome == "rotated" else None
        row = self.db.execute(
            "INSERT INTO decisions (tick, at, trigger, outcome, reason, sentence, from_account,"
            " from_email, to_account, to_email, earliest_reset, repeats, last_at)"
            " VALUES (?, ?, 'schedule', ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
            (self.tick, self.now * 1000, outcome, reason, text, before.id, before.email,
             to and to.id, to and to.email, reset, self.now * 1000))
        self.consider(row.lastrowid, before, to)
        if to:
            self.db.execute(
                "INSERT INTO rotations (decision_id, at, from_account, to_account,"
                " took_milliseconds, is_automatic) VALUES (?, ?, ?, ?, 12, 1)",
                (row.lastrowid, self.now * 1000, before.id, to.id))

    def consider(self, decision, live, chosen):
        rows = []
        for position, one in enumerate([live] + [one for one in self.accounts if one is not live]):
            used, window = one.tightest
            fate = ("live" if one is live else "chosen" if one is chosen
                    else "passed-over" if one.is_free else "unusable")
            word = {"live": "is live", "chosen": "is the usable alternate closest to its own limit",
                    "passed-over": "is not needed", "unusable": "is at its threshold"}[fate]
            reason = {"live": "below-threshold", "chosen": "drain-first",
                      "passed-over": "rotation-not-needed", "unusable": "at-threshold"}[fate]
            rows.append((decision, position, one.id, one.email, fate, reason,
                         f"{one.email} {word} ({level(one)}).", window, used))
        self.db.executemany(
            "INSERT INTO considerations (decision_id, position, account_id, email, outcome, reason,"
            " sentence, window_name, utilization) VALUES (?,?,?,?,?,?,?,?,?)", rows)

    def nudges(self):
        def stand(code, email, severity, message, command):
            self.db.execute(
                "INSERT INTO nudges (code, email, severity, message, command, since,"
                " is_acknowledged) VALUES (?, ?, ?, ?, ?, ?, 0)",
                (code, email, severity, message, command, (self.end - 3600) * 1000))
        if len(self.accounts) == 1:
            stand("no-alternates", "", "warning",
                  "Only 1 account is known and rotation needs at least two. Sign in to another with "
                  "/login in Claude Code; the next tick files it.", "rotator accounts")
        if len(self.accounts) > 2:
            email = self.accounts[1].email
            stand("oauth-login-needed", email, "warning",
                  f"{email} can no longer be refreshed. Sign in to it with /login in Claude Code; "
                  "the next tick files it.", None)
            stand("rotation-stuck", self.live.email, "critical",
                  "Every account is at its threshold.", "rotator why")


if __name__ == "__main__":
    import sys
    Seeder(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])).run()

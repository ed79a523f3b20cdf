"""The database's tables, as the migrations that make them. Append only: never change one."""

from typing import Final

APPLICATION_ID: Final = 0x42434F43
"""Marks the file as ours."""

MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (
    (
        """
        CREATE TABLE session (
          id TEXT PRIMARY KEY,
          routine TEXT NOT NULL,
          name TEXT NOT NULL,
          plan TEXT NOT NULL,
          answers TEXT NOT NULL,
          started_at TEXT NOT NULL,
          offset_s INTEGER NOT NULL,
          seen_at TEXT NOT NULL,
          ended_at TEXT,
          outcome TEXT CHECK (outcome IN ('completed', 'ended', 'pain', 'interrupted')),
          rehearsal INTEGER NOT NULL CHECK (rehearsal IN (0, 1)),
          active_ms INTEGER NOT NULL CHECK (active_ms >= 0),
          planned_ms INTEGER NOT NULL CHECK (planned_ms >= 0),
          pain_before INTEGER CHECK (pain_before BETWEEN 0 AND 10),
          pain_after INTEGER CHECK (pain_after BETWEEN 0 AND 10),
          owner_pid INTEGER NOT NULL,
          owner_boot TEXT NOT NULL,
          owner_started TEXT NOT NULL,
          extra TEXT NOT NULL DEFAULT '{}'
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE event (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
          seq INTEGER NOT NULL CHECK (seq > 0),
          at TEXT NOT NULL,
          active_ms INTEGER NOT NULL,
          kind TEXT NOT NULL,
          data TEXT NOT NULL,
          UNIQUE (session, seq)
        ) STRICT
        """,
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
        "INSERT INTO meta VALUES ('min_writer', '1')",
        "CREATE INDEX session_by_start ON session (started_at)",
    ),
    # A session's row becomes narrow, so that ten years of them are read at once: its plan is kept
    # once for all sessions that were played by it, and what its events add up to stands beside it.
    (
        "CREATE TABLE plan (id INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE) STRICT",
        "INSERT INTO plan (body) SELECT DISTINCT plan FROM session ORDER BY started_at",
        """
        CREATE TABLE session_2 (
          id TEXT PRIMARY KEY NOT NULL,
          routine TEXT NOT NULL,
          name TEXT NOT NULL,
          started_at TEXT NOT NULL,
          offset_s INTEGER NOT NULL,
          seen_at TEXT NOT NULL,
          ended_at TEXT,
          outcome TEXT CHECK (outcome IN ('completed', 'ended', 'pain', 'interrupted')),
          rehearsal INTEGER NOT NULL CHECK (rehearsal IN (0, 1)),
          by_hand INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1)),
          active_ms INTEGER NOT NULL CHECK (active_ms >= 0),
          planned_ms INTEGER NOT NULL CHECK (planned_ms >= 0),
          pain_before INTEGER CHECK (pain_before BETWEEN 0 AND 10),
          pain_after INTEGER CHECK (pain_after BETWEEN 0 AND 10),
          owner_pid INTEGER NOT NULL,
          owner_boot TEXT NOT NULL,
          owner_started TEXT NOT NULL,
          deleted_at TEXT,
          summary TEXT,
          plan INTEGER NOT NULL REFERENCES plan (id),
          answers TEXT NOT NULL,
          exercises TEXT,
          extra TEXT NOT NULL DEFAULT '{}'
        ) STRICT
        """,
        """
        INSERT INTO session_2 (id, routine, name, started_at, offset_s, seen_at, ended_at, outcome,
          rehearsal, active_ms, planned_ms, pain_before, pain_after, owner_pid, owner_boot,
          owner_started, plan, answers, extra)
        SELECT id, routine, name, started_at, offset_s, seen_at, ended_at, outcome, rehearsal,
          active_ms, planned_ms, pain_before, pain_after, owner_pid, owner_boot, owner_started,
          (SELECT plan.id FROM plan WHERE plan.body = session.plan), answers, extra
        FROM session ORDER BY started_at
        """,
        "DROP TABLE session",
        "ALTER TABLE session_2 RENAME TO session",
        "CREATE INDEX session_by_start ON session (started_at)",
        "CREATE INDEX session_unsettled ON session (id) WHERE summary IS NULL",
        "UPDATE meta SET value = '2' WHERE key = 'min_writer'",
    ),
)
"""`MIGRATIONS[n]` leads from version n to n + 1, in one transaction with its own record."""

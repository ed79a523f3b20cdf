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
)
"""`MIGRATIONS[n]` leads from version n to n + 1, in one transaction with its own record."""

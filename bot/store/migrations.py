"""How the store came to its present form, step by step: forward only, and never edited again.

Each step is a tuple of statements. `PRAGMA user_version` is how many of them a file has behind it.
"""

from __future__ import annotations

APPLICATION = 0x466F6F74  # 'Foot': how a file is told from somebody else's database

_WHAT_PEOPLE_DO = (
    # One row: the key that persons are hashed with where FOOTNOTE_KEY does not give it.
    "CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    # `facts`: the ids of an answer's facts joined with '+', as the button has them.
    """CREATE TABLE votes (
        base_hash TEXT NOT NULL, outcome TEXT NOT NULL, facts TEXT NOT NULL, voter TEXT NOT NULL,
        helpful INTEGER NOT NULL CHECK (helpful IN (0, 1)),
        PRIMARY KEY (base_hash, outcome, facts, voter)
    ) WITHOUT ROWID""",
    "CREATE INDEX votes_by_voter ON votes (voter)",
    # `day`: days since 1970-01-01, UTC. No person, and no time of day that would tell one.
    """CREATE TABLE gaps (
        id INTEGER PRIMARY KEY, day INTEGER NOT NULL, reason TEXT NOT NULL, event TEXT NOT NULL,
        text TEXT NOT NULL
    )""",
    "CREATE INDEX gaps_by_day ON gaps (day)",
    """CREATE TABLE counts (
        day INTEGER NOT NULL, fact TEXT NOT NULL, outcome TEXT NOT NULL,
        asked INTEGER NOT NULL, total_us INTEGER NOT NULL, most_us INTEGER NOT NULL,
        PRIMARY KEY (day, fact, outcome)
    ) WITHOUT ROWID""",
    "CREATE TABLE optouts (person TEXT PRIMARY KEY) WITHOUT ROWID",
)

_WHAT_MODERATORS_DO = (
    # AUTOINCREMENT: a number is never given twice, also where the newest version was deleted.
    """CREATE TABLE versions (
        number INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, base_hash TEXT NOT NULL,
        folder_hash TEXT NOT NULL, origin TEXT NOT NULL, by TEXT NOT NULL, reason TEXT NOT NULL,
        size INTEGER NOT NULL, content BLOB NOT NULL
    )""",
    """CREATE TABLE audit (
        id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL,
        who TEXT NOT NULL, what TEXT NOT NULL, why TEXT NOT NULL
    )""",
)

_WHAT_IS_DECIDED_ONCE = (
    "CREATE TABLE decided (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    _WHAT_PEOPLE_DO,
    _WHAT_MODERATORS_DO,
    _WHAT_IS_DECIDED_ONCE,
)
LATEST = len(MIGRATIONS)

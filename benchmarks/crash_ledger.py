"""What the killed process was promised, and what of it the store holds."""

from __future__ import annotations

import hashlib
import io
import sqlite3
import zipfile
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.store.database import FILE
from bot.store.pseudonyms import keyed_hash
from bot.store.versions import KEPT

Act = dict[str, Any]
Vote = tuple[int, int]  # voter and answer


@dataclass
class Ledger:
    """`lost`: acknowledged and not there. `corrupt`: there and not whole, or not to be read."""

    key: bytes
    voters: int
    votes: dict[Vote, bool] = field(default_factory=dict)
    wishes: set[int] = field(default_factory=set)
    gaps: set[str] = field(default_factory=set)
    entries: set[str] = field(default_factory=set)
    versions: dict[int, str] = field(default_factory=dict)
    pending: list[Act] = field(default_factory=list)
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    corrupt: list[str] = field(default_factory=list)

    def begun(self, act: Act) -> None:
        self.pending.append(act)

    def done(self, act: Act) -> None:
        """An acknowledgement: from now on the store has to hold it."""
        self.acknowledged += 1
        self.pending.remove({key: value for key, value in act.items() if key != "number"})
        self._hold(act)

    def _hold(self, act: Act) -> None:
        match act["act"]:
            case "vote":
                self.votes[act["voter"], act["answer"]] = act["helpful"]
            case "forget":
                self.votes = {k: v for k, v in self.votes.items() if k[0] != act["voter"]}
                self.wishes.discard(act["voter"])
            case "wish":
                (self.wishes.add if act["stop"] else self.wishes.discard)(act["voter"])
            case "gap":
                self.gaps.add(act["text"])
            case "entry":
                self.entries.add(act["what"])
            case "version":
                self.versions[act["number"]] = act["sha256"]

    def check(self, folder: Path) -> None:
        """Compare with the store as it is after a kill; what was under way may be there or not."""
        try:
            with closing(sqlite3.connect(folder / FILE)) as db:
                self._check(db)
        except sqlite3.Error as error:
            self.corrupt.append(f"cannot be read: {error}")
        self.pending.clear()

    def _check(self, db: sqlite3.Connection) -> None:
        ((sound,),) = db.execute("PRAGMA integrity_check").fetchall()
        if sound != "ok":
            self.corrupt.append(sound)
        self._check_people(db)
        self._check_texts(db)
        self._check_versions(db)

    def _check_people(self, db: sqlite3.Connection) -> None:
        hashes = {keyed_hash(self.key, f"voter-{n}"): n for n in range(self.voters)}
        votes = {
            (hashes[voter], int(facts.removeprefix("fact-"))): bool(helpful)
            for facts, voter, helpful in db.execute("SELECT facts, voter, helpful FROM votes")
        }
        for vote in self.votes.keys() | votes.keys():
            if votes.get(vote) not in self._possible(vote):
                self.lost.append(f"vote {vote}: {votes.get(vote)}")
        wishes = {hashes[person] for (person,) in db.execute("SELECT person FROM optouts")}
        unsure = {a["voter"] for a in self.pending if a["act"] in ("wish", "forget")}
        self.lost += [f"wish of {voter}" for voter in (wishes ^ self.wishes) - unsure]
        self.votes, self.wishes = votes, wishes

    def _possible(self, vote: Vote) -> set[bool | None]:
        possible = {self.votes.get(vote)}
        for act in self.pending:
            if act["act"] == "vote" and (act["voter"], act["answer"]) == vote:
                possible.add(act["helpful"])
            if act["act"] == "forget" and act["voter"] == vote[0]:
                possible.add(None)
        return possible

    def _check_texts(self, db: sqlite3.Connection) -> None:
        gaps = [text for (text,) in db.execute("SELECT text FROM gaps")]
        self.lost += [f"gap {text}" for text in self.gaps - set(gaps)]
        self.corrupt += [f"gap twice: {text}" for text in _twice(gaps)]
        entries = [what for (what,) in db.execute("SELECT what FROM audit")]
        self.lost += [f"entry {what}" for what in self.entries - set(entries)]
        self.gaps, self.entries = set(gaps), {e for e in entries if e.startswith("noted")}

    def _check_versions(self, db: sqlite3.Connection) -> None:
        kept: dict[int, str] = {}
        query = "SELECT number, base_hash, content, size FROM versions ORDER BY number"
        for number, digest, content, size in db.execute(query):
            kept[number] = digest
            if hashlib.sha256(content).hexdigest() != digest or len(content) != size:
                self.corrupt.append(f"version {number} is not whole")
            elif zipfile.ZipFile(io.BytesIO(content)).testzip() is not None:
                self.corrupt.append(f"version {number} does not unpack")
        newest = max(kept, default=0)
        if list(kept) != list(range(max(1, newest - KEPT + 1), newest + 1)):
            self.corrupt.append(f"versions are {list(kept)}")
        for number, digest in self.versions.items():
            if number > newest or (number > newest - KEPT and kept.get(number) != digest):
                self.lost.append(f"version {number}")
        logged = db.execute("SELECT what FROM audit WHERE what LIKE 'version %' ORDER BY id")
        numbers = [int(what.split()[1].rstrip(":")) for (what,) in logged]
        if numbers != list(range(1, newest + 1)):
            self.corrupt.append("the log and the versions do not agree")
        self.versions = kept


def _twice(texts: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    return {text for text in texts if text in seen or seen.add(text)}  # type: ignore[func-returns-value]

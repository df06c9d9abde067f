"""The people of soak.py, who ask in servers and directly, and the count of what they got."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field

from benchmarks.soak_questions import Questions
from tests.discord_standin import Channel, DiscordStandin, Stored, User

PATIENCE = 60.0  # seconds until somebody gives a question up
EACH = 12  # questions of a person, who then leaves for somebody new
DIRECTLY = 0.25  # how often somebody asks in a direct message
PAUSE = (0.5, 3.0)  # seconds between an answer and the next question


@dataclass(slots=True)
class Ledger:
    """Which questions were asked, by message id, and how often the bot replied to each."""

    standin: DiscordStandin
    kinds: dict[str, str] = field(default_factory=dict)
    replies: Counter[str] = field(default_factory=Counter)

    def look(self) -> None:
        """Count the replies since the last look; the stand-in need not keep those requests."""
        for call in self.standin.rest.calls:
            if (call.method, call.status) == ("POST", 200) and call.path.endswith("/messages"):
                about = (call.body.get("message_reference") or {}).get("message_id")
                self.replies[str(about)] += 1
        self.standin.rest.calls.clear()

    def is_answered(self, message: Stored) -> bool:
        self.look()
        return self.replies[message.payload["id"]] > 0

    def asked(self, kind: str = "") -> int:
        return len(self._of(kind))

    def lost(self, kind: str = "") -> int:
        """Questions that got no reply; of one kind, or of all."""
        return sum(self.replies[message] == 0 for message in self._of(kind))

    def doubled(self, kind: str = "") -> int:
        """Replies too many; of all kinds, also what the bot said without being asked."""
        too_many = sum(max(0, self.replies[message] - 1) for message in self._of(kind))
        unasked = sum(count for message, count in self.replies.items() if message not in self.kinds)
        return too_many + (0 if kind else unasked)

    def _of(self, kind: str) -> list[str]:
        return [message for message, one in self.kinds.items() if kind in ("", one)]


@dataclass(slots=True)
class Crowd:
    """Everybody who asks, until `over` is set."""

    standin: DiscordStandin
    channels: tuple[Channel, ...]
    questions: Questions
    chance: random.Random
    ledger: Ledger
    over: bool = False

    async def keep_asking(self) -> None:
        """One person after the other, each question when the one before is answered."""
        while True:
            user = self.standin.world.add_user(f"asker{len(self.standin.world.users)}")
            channel = self._place(user)
            for _ in range(EACH):
                await self._ask(user, channel)
                await asyncio.sleep(self.chance.uniform(*PAUSE))
                if self.over:
                    return

    def _place(self, user: User) -> Channel:
        if self.chance.random() < DIRECTLY:
            return self.standin.world.direct(user)
        return self.chance.choice(self.channels)

    async def _ask(self, user: User, channel: Channel) -> None:
        kind, text = self.questions.draw(self.chance)
        if channel.server is not None:
            text = f"<@{self.standin.world.bot.id}> {text}"
        # Where the bot has no session Discord itself delivers nothing, and it can answer nothing.
        has_session = lambda: self.standin.gateway.sessions or None  # noqa: E731
        await self.standin.wait_for(has_session, "a session", patience=PATIENCE)
        message = await self.standin.people.say(user, channel, text)
        self.ledger.kinds[message.payload["id"]] = kind
        try:
            await self.standin.wait_for(
                lambda: self.ledger.is_answered(message) or None, "a reply", patience=PATIENCE
            )
        except TimeoutError:
            return  # lost, unless a reply still comes before the end

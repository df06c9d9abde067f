"""What every way of asking on Discord shares: a question, its reply, and what is noted of both."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace

from bot.curation.curator import Curator
from bot.dialogue.answerer import Answerer
from bot.dialogue.compose import MOST_SUGGESTIONS, suggestions
from bot.dialogue.conversation import NOTHING_SAID, Conversation
from bot.dialogue.current import Current
from bot.dialogue.reply import Part, Reply, Suggestion
from bot.platforms.discord.browse import Browser
from bot.platforms.discord.courtesy import Courtesy
from bot.platforms.discord.home import Home
from bot.platforms.discord.ids import Press
from bot.platforms.discord.notebook import Notebook
from bot.platforms.discord.render import Renderer
from bot.platforms.discord.session import Clock, Session, Sessions
from bot.platforms.discord.templates import Payload, Templates
from bot.platforms.discord.turns import Turns
from bot.platforms.discord.underway import Underway


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, where, and since when by the clock of the desk.

    `public`: all of the channel sees the reply. `own`: the question is in the asker's own words;
    what somebody else wrote is never kept.
    """

    person: int
    channel: int
    since: float
    public: bool
    own: bool = True


@dataclass(frozen=True, slots=True)
class AddressedReply:
    """A reply to `asker`.

    `key`: what makes it the same as another in a channel (None: it is no plain answer in public);
    `keepable`: whether the question may be kept if it was asked in vain; `notice`: a line above it.
    """

    asker: Asker
    reply: Reply
    key: tuple[str, ...] | None = None
    keepable: bool = True
    notice: str = ""


@dataclass(slots=True)
class Desk:
    """The engine in use, the conversations, and who looks after the facts. Times by `clock` are in
    seconds.

    `curator` changes the facts; None: nobody can. `moderator_roles` and `admin_roles` are ids of
    roles in the home server that have these rights besides those who manage it. `stop` is set when
    the bot is to stop.
    """

    current: Current
    clock: Clock
    courtesy: Courtesy
    home_server: int | None = None
    notebook: Notebook = field(default_factory=lambda: Notebook(None, lambda: 0.0))
    curator: Curator | None = None
    moderator_roles: frozenset[int] = frozenset()
    admin_roles: frozenset[int] = frozenset()
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    turns: Turns = field(default_factory=Turns)
    underway: Underway = field(default_factory=Underway)
    home: Home = field(init=False)
    sessions: Sessions = field(init=False)
    _templates: Templates | None = None
    _examples: tuple[Suggestion, ...] | None = None
    _browser: Browser | None = None

    def __post_init__(self) -> None:
        self.home = Home(self.home_server, self.notebook)
        self.sessions = Sessions(self.clock)
        self.current.listen(self._forget_made)

    @property
    def answerer(self) -> Answerer:
        return self.current.answerer

    @property
    def renderer(self) -> Renderer:
        return Renderer(self.answerer.texts, self.answerer.base.hash)

    @property
    def browser(self) -> Browser:
        if self._browser is None:
            self._browser = Browser(self.answerer.base, self.answerer.texts)
        return self._browser

    def ask(self, text: str, asker: Asker, anchor: Press | None = None) -> AddressedReply:
        """Answer in what this person was talking about here.

        `anchor`: or in what a message told or offered that they reply to, perhaps an older one.
        """
        before, borrowed, secret = self.sessions.get(asker.person, asker.channel)
        if secret and asker.public:
            before, borrowed = NOTHING_SAID, False
        offered = anchor is not None and anchor.verb == "show"
        if anchor and offered and self._are_examples(anchor.facts):
            before = before._replace(offered=anchor.facts)  # of any topic, so they change none
        elif anchor and not _is_at(before, about := self._about(anchor)):
            before, borrowed = about, False
        reply, after = self.answerer.reply(text, before)
        told = anchor is not None and not offered
        repeatable = not told and asker.public and reply.outcome == "answer"
        alone = before == NOTHING_SAID
        if not alone and (borrowed or repeatable):
            same, afresh = self.answerer.reply(text)
            alone = same == reply
            if borrowed and alone and afresh != NOTHING_SAID:  # else it was 'thanks', or the like
                after, borrowed = afresh, False
        session = Session(after, borrowed or not asker.own, secret=not asker.public)
        self.sessions.put(asker.person, asker.channel, session)
        # What leans on somebody else's words repeats them; what leans on what was said before is no
        # repetition to whoever reads it.
        keepable = asker.own and (alone or not borrowed)
        notice = self.notice(anchor.base_hash) if anchor else ""
        addressed = AddressedReply(asker, reply, keepable=keepable, notice=notice)
        return self._repeatable(addressed) if repeatable and alone else addressed

    def pick(self, fact: str, asker: Asker) -> AddressedReply | None:
        """Answer with a fact that was picked; None where the base has no such fact (any more)."""
        reply = self.show(fact, asker.person, asker.channel, public=asker.public)
        if reply is None:
            return None
        addressed = AddressedReply(asker, reply, keepable=asker.own)
        plain = asker.public and reply.outcome == "answer"
        return self._repeatable(addressed) if plain else addressed

    def is_typed(self, text: str) -> bool:
        """Whether somebody wrote this themselves, though a fact's id may be called so: a word that
        alone is small talk or leans on what was said, such as 'why'. Else it is what a completion
        gives for a question that was picked."""
        base = self.answerer.base
        is_id = text in base.fact_by_id or text in base.unanswered_by_id
        return is_id and "-" not in text and self.answerer.reply(text)[0].outcome == "chat"

    def _repeatable(self, addressed: AddressedReply) -> AddressedReply:
        return replace(addressed, key=(self.answerer.base.hash, *addressed.reply.facts))

    def claimed(self, addressed: AddressedReply) -> AbstractContextManager[bool]:
        """Whether a reply is to be sent, in the block, for all of the channel to see; not what it
        was told a moment ago, or is about to be told."""
        if addressed.key is None:
            return nullcontext(True)
        return self.courtesy.claimed(addressed.asker.channel, addressed.key)

    def tell(self, addressed: AddressedReply, message: int) -> None:
        """Note that all of the channel sees a reply, in `message`."""
        if addressed.key is not None:
            self.courtesy.tell(addressed.asker.channel, addressed.key, message)

    async def told(self, addressed: AddressedReply) -> int | None:
        """The message that tells the channel what was not to be told again; None where that one
        could not be sent, or is gone."""
        if addressed.key is None:
            return None
        return await self.courtesy.told(addressed.asker.channel, addressed.key)

    def sent(self, addressed: AddressedReply, message: int | None) -> None:
        """Note that a reply was given, in `message` (None: in one that was there before)."""
        asker, reply = addressed.asker, addressed.reply
        self.notebook.counted(reply, asker.since)
        if addressed.keepable:
            self.notebook.replied(reply, self.answerer.base.event.id, asker.person, message)

    def sweep(self) -> None:
        """Forget what people said, where that was longer ago than anything asks for it."""
        self.sessions.sweep()
        self.notebook.sweep()
        self.answerer.forget_words()

    def show(self, fact: str, person: int, channel: int, *, public: bool) -> Reply | None:
        """A fact that somebody chose; `public`: all of the channel sees it. None where the base has
        no such fact (any more)."""
        found = self.answerer.show(fact)
        if found is None:
            return None
        self.sessions.put(person, channel, Session(found[1], secret=not public))
        return found[0]

    def look_up(self, facts: tuple[str, ...]) -> Reply | None:
        """The facts that a button stands for, and nobody's conversation changes by it."""
        parts: list[Part] = []
        for fact in facts:
            # A fact that contradicts an earlier one was shown beside it already.
            if not any(fact in part.facts for part in parts):
                found = self.answerer.show(fact)
                parts += found[0].parts if found is not None else ()
        return Reply(parts[0].question, tuple(parts)) if parts else None

    def payload(self, reply: Reply, asker: int, notice: str = "") -> Payload:
        """The message for a reply, with examples to press where that helps."""
        if self._templates is None:
            self._templates = Templates(self.renderer)
        return self._templates.payload(reply, asker, self.examples, notice)

    def notice(self, base_hash: str) -> str:
        """A line where the facts have changed since a message of ours that has this hash of them;
        else empty."""
        same = self.answerer.base.hash.startswith(base_hash)
        return "" if same else self.answerer.texts.discord_changed

    def examples(self) -> tuple[Suggestion, ...]:
        """The event's example questions that the base answers, or else the first facts', to be
        pressed."""
        if self._examples is None:
            self._examples = self._answered_examples()
        return self._examples

    def _forget_made(self) -> None:
        """What was made of the engine in use is made anew of the next."""
        self._templates = self._examples = self._browser = None

    def _answered_examples(self) -> tuple[Suggestion, ...]:
        base, found = self.answerer.base, list[Suggestion]()
        for question in base.event.examples[:MOST_SUGGESTIONS]:
            reply, _ = self.answerer.reply(question)
            if reply.outcome == "answer":
                found.append(Suggestion(reply.facts[0], question))
        return tuple(found) or suggestions(base.facts[:MOST_SUGGESTIONS])

    def _are_examples(self, facts: Sequence[str]) -> bool:
        return {suggestion.fact for suggestion in self.examples()}.issuperset(facts)

    def _about(self, anchor: Press) -> Conversation:
        """The conversation after a message that told facts, or offered them."""
        if anchor.verb == "show":
            return Conversation(offered=anchor.facts)
        about = NOTHING_SAID
        for fact in anchor.facts:
            # A fact that contradicts an earlier one was told beside it already.
            found = None if fact in about.facts else self.answerer.show(fact)
            if found is not None:
                about = found[1].following(about)
        return about


def _is_at(conversation: Conversation, about: Conversation) -> bool:
    """Whether what was told or offered in another conversation is what was last in this one."""
    if about.facts or conversation.facts:
        return conversation.facts[:1] == about.facts[:1]
    return bool(about.offered) and conversation.offered == about.offered

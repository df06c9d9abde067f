"""The bot's own texts, by name; `{names}` in them are filled in where they are used."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Texts:
    """One catalogue, in one language."""

    greeting: str
    thanks: str
    farewell: str
    help: str
    identity: str
    unknown: str
    unknown_topic: str
    unknown_present: str
    suggest: str
    suggest_conflict: str
    suggest_unknown: str
    which_person: str
    which_person_unknown: str
    assumed: str
    source: str
    source_claim: str
    confirm: str
    confirm_claim: str
    no_quote: str
    no_more: str
    quotes_follow: str
    source_line: str
    source_entry: str
    paragraph: str
    paragraphs: str
    no_address: str
    editors_note: str
    empty: str
    chat_title: str
    chat_examples: str
    chat_keys: str
    discord_asked: str
    discord_follow_up: str
    discord_more: str
    discord_delete: str
    discord_none: str
    discord_form_label: str
    discord_form_example: str
    discord_more_heading: str
    discord_related: str
    discord_verified: str
    discord_changed: str
    discord_gone: str
    discord_not_yours: str
    discord_delete_refused: str
    discord_none_pressed: str
    discord_how_to_ask: str
    discord_ask_description: str
    discord_ask_question: str
    discord_ask_private: str
    discord_facts_description: str
    discord_reload_description: str
    discord_reloaded: str
    discord_unchanged: str
    discord_reload_failed: str
    discord_facts_refused: str
    discord_no_home: str
    discord_failed: str
    discord_ask_about: str
    discord_nothing_there: str
    discord_wait: str
    discord_told_above: str
    discord_told_private: str
    discord_empty_reply: str
    discord_browse: str
    discord_browse_description: str
    discord_browse_hint: str
    discord_timeline: str
    discord_people: str
    discord_quotes: str
    discord_topics: str
    discord_pick: str
    discord_back: str
    discord_before: str
    discord_after: str
    discord_about_description: str
    discord_as_of: str
    discord_version: str
    discord_about_help: str
    discord_privacy: str

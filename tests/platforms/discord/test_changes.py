"""What `/facts` lists, whatever people wrote into it."""

from __future__ import annotations

from bot.curation.model import InUse
from bot.platforms.discord.changes import audit_message, history_message
from bot.resources import config_dir
from bot.store.records import Recorded, VersionSummary
from bot.texts import load_texts

TEXTS = load_texts(config_dir() / "texts" / "en.yaml")


def test_nothing_in_a_list_of_what_was_done_passes_for_another_entry() -> None:
    reason = "\u202enihton\u202c\u200b\n2020-01-01 00:00  bob (2)  forged"
    told = "nihton 2020-01-01 00:00 bob (2) forged"
    audit = audit_message([Recorded(0, "al (1)", "reload", reason)], TEXTS)
    assert audit.content == f"```\n1970-01-01 00:00  al (1)  reload  {told}\n```"
    version = VersionSummary(1, 0, "ab" * 32, "", "the folder", "al (1)", reason, 1)
    history = history_message([version], InUse("ab" * 32, None, 1, "the folder"), TEXTS)
    entry = f"*   1  1970-01-01 00:00  {'ab' * 5}  the folder  al (1)  {told}"
    assert history.content == f"```\nIn use: the folder\n{entry}\n```"

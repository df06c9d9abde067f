"""What the engine makes of other events than the shipped one, from few phrasings a fact.

The bases in tests/events/ are invented. The tests of the flood and the strike were written by
somebody who was asked not to think of the phrasings; those of the outage and of the theft by
somebody who never saw them, and no constant was fitted on these. benchmarks/matcher.py measures
them all beside other matchers.
"""

from __future__ import annotations

import pytest

from bot.app import build_answerer
from bot.evaluation import cases_from_tests, evaluate
from bot.facts.load import load_base
from tests.cli.support import ROOT


@pytest.mark.parametrize(
    ("event", "right", "wrong", "declined"),
    [
        ("flood", 0.45, 0.06, 0.91),
        ("strike", 0.53, 0.07, 0.80),
        ("outage", 0.63, 0.02, 0.78),
        ("theft", 0.77, 0.05, 0.61),
    ],
)
def test_an_event_with_few_phrasings_is_answered_where_it_is_understood(
    event: str, right: float, wrong: float, declined: float
) -> None:
    base = load_base(ROOT / "tests" / "events" / event)
    answerer = build_answerer(base)
    report = evaluate(base, cases_from_tests(base), lambda case: answerer.reply(case.question)[0])
    assert report.facts.share("right") >= right
    assert report.facts.share("wrong") <= wrong
    assert report.declined.share("right") >= declined

"""A base's own confidence: fitted from what is held out of it; where it is small, the usual one."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.answerer import Answerer
from bot.matching.calibrating import calibrate
from bot.matching.confidence import Calibration, usual
from bot.matching.drafts import read_base
from bot.matching.gates import GATES
from bot.matching.learning import Learnt
from bot.matching.teaching import has_few
from tests.matching.bases import answering, base, fact

THINGS = ("heron", "otter", "beaver", "lynx", "badger", "marten", "osprey", "plover")
ORDINARY = ("small", "tall", "quiet", "busy", "happy", "early", "late", "young", "warm", "clean")
PLACES = (("behind", "river"), ("near", "bridge"))


def everyday(*, strangers: bool) -> Answerer:
    """A base in which people ask the same of ever other names, or of what everybody knows."""

    def asked(thing: str) -> list[str]:
        kinds = [f"{kind[:3]}o{thing[:3]}ix" if strangers else kind for kind in ORDINARY]
        return [
            f"show the {thing} to {kind} people {where} the {place}"
            for kind in kinds
            for where, place in PLACES
        ]

    facts = tuple(fact(thing, f"The {thing} is told of.", *asked(thing)) for thing in THINGS)
    return answering(replace(base(), facts=facts, people=(), unanswered=()))


def test_a_base_too_small_to_tell_is_taken_for_a_usual_one() -> None:
    answerer = answering(base())
    matcher = answerer.matcher
    few = replace(answerer.base, facts=answerer.base.facts[:2], unanswered=())
    drafts = read_base(few, matcher.lexicon)
    phrasings = [question for draft in drafts.items for _, question in draft.questions]
    named = sum(bool(question.names) for question in phrasings) / len(phrasings)
    usually = usual(len(phrasings), 2, named)
    assert calibrate(drafts, matcher.lexicon, None) == Calibration(usually)


def test_the_more_phrasings_a_fact_has_the_less_an_odd_question_is_believed() -> None:
    constants = [usual(30 * each, 30, 0.5)[0] for each in (5, 10, 20, 40, 80)]
    assert constants == sorted(constants, reverse=True)
    assert len(set(constants)) == 4  # the fewest are all alike
    assert usual(0, 0, 0.5) == usual(5, 1, 0.5)


def test_where_nobody_is_named_the_learnt_share_is_worth_more_and_agreeing_words_less() -> None:
    of_events, between, nameless = (usual(300, 30, named) for named in (0.6, 0.15, 0.0))
    learnt, evidence = 2, 4
    assert of_events[learnt] < between[learnt] < nameless[learnt]
    assert of_events[evidence] > between[evidence] > nameless[evidence]
    assert usual(300, 30, 0.3) == of_events
    few_items = usual(20, 2, 0.0)
    assert of_events[learnt] < few_items[learnt] < between[learnt]


def test_the_same_base_gives_the_same_confidence_and_keeps_it() -> None:
    matcher = everyday(strangers=True).matcher
    drafts = read_base(everyday(strangers=True).base, matcher.lexicon)
    again = calibrate(
        drafts, matcher.lexicon, matcher.lexicon.likeness if has_few(drafts) else None
    )
    assert again == matcher.learnt.calibration
    assert again.factors != usual(160, 8, 0.0)
    assert Learnt.from_bytes(matcher.learnt.to_bytes()).calibration == again


def test_a_gate_that_cries_wolf_is_believed_less() -> None:
    wolf = everyday(strangers=True).matcher.learnt.calibration
    calm = everyday(strangers=False).matcher.learnt.calibration
    assert wolf.trust["stranger"] < 0.1 < calm.trust["stranger"]
    assert set(wolf.trust) == set(GATES)
    assert all(0 <= believed <= 1 for believed in wolf.trust.values())


def test_repeating_a_phrasing_in_other_case_changes_no_confidence() -> None:
    plain = everyday(strangers=True)
    doubled = replace(
        plain.base,
        facts=tuple(
            replace(one, questions=(*one.questions, *(f"{q.upper()}?" for q in one.questions)))
            for one in plain.base.facts
        ),
    )
    assert answering(doubled).matcher.learnt.calibration == plain.matcher.learnt.calibration

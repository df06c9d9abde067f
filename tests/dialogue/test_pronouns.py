"""Whether somebody is 'he' or 'she' where the base does not say so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.pronouns import with_pronouns
from bot.facts.model import Fact, Person
from tests.matching.bases import FACTS, PEOPLE, answering, base, english, fact

ARDEN = Person("kim-arden", "Kim Arden", "person")
OTHER = Person("lee-voss", "Lee Voss", "person")


def pronoun_of(person: Person, *facts: Fact) -> str | None:
    known = with_pronouns(base(facts=[*FACTS, *facts], people=[*PEOPLE, person, OTHER]), english())
    return known.person_by_id[person.id].pronoun


def speaking(answer: str, *questions: str, about: tuple[str, ...] = ("kim-arden",)) -> Fact:
    return fact("arden", answer, "What did Arden do?", *questions, about=about)


@pytest.mark.parametrize(
    ("person", "pronoun"),
    [
        (replace(ARDEN, aliases=("Arden", "Ms Arden")), "she"),
        (replace(ARDEN, aliases=("Mr. Arden",)), "he"),
        (replace(ARDEN, name="Sir Kim Arden"), "he"),
        (replace(ARDEN, role="the vet's younger daughter, who found it"), "she"),
        (replace(ARDEN, role="spokesman of the king's mother"), "he"),
        (replace(ARDEN, role="the minister for women"), None),
        (replace(ARDEN, role="the king's minister"), None),
        (ARDEN, None),
    ],
)
def test_a_title_or_the_noun_of_a_role_tells_it(person: Person, pronoun: str | None) -> None:
    assert pronoun_of(person) == pronoun


def test_so_does_what_the_base_calls_them_in_facts_about_them_alone() -> None:
    told = speaking("Kim Arden swam home.", "how far did she swim", "was she tired")

    assert pronoun_of(ARDEN, told) == "she"


@pytest.mark.parametrize(
    "told",
    [
        speaking("Kim Arden swam home.", "how far did she swim"),  # may mean somebody else
        speaking("Kim Arden swam home.", "did she swim", "was she tired", "did he wait"),
        speaking(
            "Kim Arden met Lee Voss.", "did she wait", "was she glad", about=(ARDEN.id, OTHER.id)
        ),
    ],
)
def test_what_may_be_of_somebody_else_tells_nothing(told: Fact) -> None:
    assert pronoun_of(ARDEN, told) is None


def test_what_the_base_says_outright_goes_before_all_else() -> None:
    said = replace(ARDEN, pronoun="he", aliases=("Ms Arden",))

    assert pronoun_of(said) == "he"


def test_who_is_surely_meant_goes_before_who_may_be() -> None:
    people = [*PEOPLE, replace(ARDEN, aliases=("Ms Arden",)), OTHER]
    facts = [
        *FACTS,
        fact(
            "swim",
            "Kim Arden swam home from Lee Voss.",
            "Who swam home?",
            about=(OTHER.id, ARDEN.id),
        ),
        fact("age", "Kim Arden is forty years old.", "How old is Kim Arden?"),
        fact("years", "Lee Voss is fifty years old.", "How old is Lee Voss?"),
    ]
    answerer = answering(base(facts=facts, people=people))

    told, state = answerer.reply("who swam home?")
    reply, _ = answerer.reply("how old is she?", state)

    assert told.facts == ("swim",)
    assert reply.facts == ("age",)

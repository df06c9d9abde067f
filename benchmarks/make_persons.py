"""Writes `config/language/en/persons.txt`: nouns for what somebody is ('deckhand', 'mayor').

`python benchmarks/make_persons.py /usr/share/wordnet` takes them from WordNet, as Debian's package
`wordnet-base` has it: words of `common-1.txt` and `common-2.txt` that mostly mean a person.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from wordnet import LANGUAGE, RUDE, Synset, WordNet, wordnet_folder

PERSONS = "18"  # WordNet's lexicographer file of nouns for persons
MOSTLY = 0.5  # of what a word means
SHORTEST = 4  # letters
INSTANCE = "@i"  # points to what kind of thing somebody is who has the name


def persons(folder: Path) -> list[str]:
    """The nouns, in the order of their bytes."""
    net = WordNet(folder)
    common = {
        word
        for name in ("common-1.txt", "common-2.txt")
        for word in (LANGUAGE / name).read_text("ascii").split()
    }
    names = set((LANGUAGE / "names.txt").read_text("ascii").split())
    forms = {form for form, _ in net.irregular}  # 'drew'
    found = []
    for word in sorted(common & net.senses.keys() - names - forms):
        senses = [(part, offset) for part, offset, _ in net.senses[word]]
        meant = [one for one in senses if net.synsets[one].file == PERSONS]
        rude = any(RUDE.search(net.synsets[one].gloss) for one in meant)
        meant = [one for one in meant if not _is_name(net.synsets[one])]
        share = sum(net.share[word, *one] for one in meant)
        if len(word) >= SHORTEST and share > MOSTLY and not rude:
            found.append(word)
    return found


def _is_name(synset: Synset) -> bool:
    return any(symbol == INSTANCE for symbol, *_ in synset.pointers)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument(
        "wordnet", type=wordnet_folder, help="the folder with data.noun and its like"
    )
    words = persons(parser.parse_args().wordnet)
    (LANGUAGE / "persons.txt").write_text("".join(f"{w}\n" for w in words), "utf-8", newline="\n")
    print(f"{len(words)} nouns")


if __name__ == "__main__":
    main()

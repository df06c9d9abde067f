"""When two texts are the same: quotes character by character, questions word for word."""

from __future__ import annotations

import re
import unicodedata

FOLDED = str.maketrans("’‘‛“”„–—", "'''\"\"\"--")
WHITE = re.compile(r"\s+")
PUNCTUATION = re.compile(r"[?!;:…\"()]|[.,](?!\d)|(?<!\d)[.,]")


def fold(text: str) -> str:
    """NFC, straight quotation marks, hyphens for dashes, single spaces; nothing else."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(FOLDED)
    return WHITE.sub(" ", text)


def question_key(text: str) -> str:
    """Two questions with the same key are one: case, marks and spacing set aside."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", fold(text))
    return " ".join(PUNCTUATION.sub("", plain.casefold()).split())

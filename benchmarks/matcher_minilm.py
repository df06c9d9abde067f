"""MiniLM-L6 sentence embeddings in numpy: a peer must not cost two gigabytes of libraries.

The weights are those of sentence-transformers/all-MiniLM-L6-v2, as published; the arithmetic is
BERT's (Devlin et al., 2019): six layers, the mean over all tokens, scaled to length one.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

Array: TypeAlias = Any  # numpy is not there for who only checks types

LAYERS, HEADS, WIDTH = 6, 12, 384
LONGEST = 256  # tokens
BATCH = 64
EPSILON = 1e-12


class MiniLM:
    """The model, read from the folder of its files."""

    def __init__(self, folder: Path) -> None:
        self._np: Any = import_module("numpy")
        self._erf: Any = import_module("scipy.special").erf
        self._pieces = WordPieces((folder / "vocab.txt").read_text("utf-8").splitlines())
        self._weights = self._read(folder / "model.safetensors")

    def embedded(self, texts: Sequence[str]) -> Array:
        """An array with a row of length one for each text."""
        tokens = [self._pieces.numbers(text)[:LONGEST] for text in texts]
        found = self._np.empty((len(texts), WIDTH), dtype="float32")
        # Texts of the same length go together: then there is nothing to pad and to mask.
        order = sorted(range(len(texts)), key=lambda at: len(tokens[at]))
        for first, last in _runs([len(tokens[at]) for at in order]):
            places = order[first:last]
            found[places] = self._forward(self._np.array([tokens[at] for at in places]))
        return found

    def _forward(self, numbers: Array) -> Array:
        np, w = self._np, self._weights
        count, length = numbers.shape
        x = w["embeddings.word_embeddings.weight"][numbers]
        x = x + w["embeddings.position_embeddings.weight"][:length]
        x = self._normed(
            x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm"
        )
        for layer in range(LAYERS):
            at = f"encoder.layer.{layer}"
            q, k, v = (
                self._linear(x, f"{at}.attention.self.{part}")
                .reshape(count, length, HEADS, WIDTH // HEADS)
                .transpose(0, 2, 1, 3)
                for part in ("query", "key", "value")
            )
            near = q @ k.transpose(0, 1, 3, 2) / math.sqrt(WIDTH // HEADS)
            near = np.exp(near - near.max(axis=-1, keepdims=True))
            near /= near.sum(axis=-1, keepdims=True)
            seen = (near @ v).transpose(0, 2, 1, 3).reshape(count, length, WIDTH)
            x = self._normed(
                x + self._linear(seen, f"{at}.attention.output.dense"),
                f"{at}.attention.output.LayerNorm",
            )
            wide = self._linear(x, f"{at}.intermediate.dense")
            wide = wide * 0.5 * (1 + self._erf(wide / math.sqrt(2)))
            x = self._normed(x + self._linear(wide, f"{at}.output.dense"), f"{at}.output.LayerNorm")
        mean = x.mean(axis=1)
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)

    def _linear(self, x: Array, name: str) -> Array:
        return x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]

    def _normed(self, x: Array, name: str) -> Array:
        centred = x - x.mean(axis=-1, keepdims=True)
        spread = self._np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + EPSILON)
        return centred / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]

    def _read(self, path: Path) -> dict[str, Array]:
        """The arrays of a safetensors file: the length of a JSON header, the header, the data."""
        data = path.read_bytes()
        start = 8 + int.from_bytes(data[:8], "little")
        header: dict[str, Any] = json.loads(data[8:start])
        arrays = {}
        for name, entry in header.items():
            if entry.get("dtype") == "F32":
                first, last = entry["data_offsets"]
                values = self._np.frombuffer(data[start + first : start + last], dtype="<f4")
                arrays[name] = values.reshape(entry["shape"])
        return arrays


class WordPieces:
    """BERT's tokens, lower case and without accents."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}

    def numbers(self, text: str) -> list[int]:
        found = ["[CLS]"]
        for word in _words(text):
            found += self._pieces(word)
        return [self._numbers[piece] for piece in (*found, "[SEP]")]

    def _pieces(self, word: str) -> list[str]:
        """The longest pieces from the left on; [UNK] where they do not make up the word."""
        found: list[str] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = ("##" if start else "") + word[start:end]
                if piece in self._numbers:
                    found.append(piece)
                    start = end
                    break
            else:
                return ["[UNK]"]
        return found


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFD", text.lower())
    spaced = (
        "" if unicodedata.category(c) == "Mn" else c if c.isalnum() or c.isspace() else f" {c} "
        for c in plain
    )
    return "".join(spaced).split()


def _runs(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """From where to where in a sorted sequence all are equal, `BATCH` at most."""
    first = 0
    for at in range(1, len(lengths) + 1):
        if at == len(lengths) or lengths[at] != lengths[first] or at - first == BATCH:
            yield first, at
            first = at

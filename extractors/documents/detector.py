"""The statistical detector of languages, with its tables unpacked once and mapped into memory ever after.

They come packed to a fifteenth of their size, and unpacking takes longer than reading ten pages. Mapped, only what is
looked up is read, and processes share it.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from schemas.beside import keep, mapped, place_beside

_DIGEST = hashlib.sha256().digest_size
_COUNTS = 4 * 8
"""Bytes of the counts: moves, states, features, languages."""


@cache
def detector() -> Any:
    """Give py3langid's identifier of languages, with shares that sum to 1."""
    return detector_kept_at(place_beside(__file__, "tables"))


def detector_kept_at(place: Path) -> Any:
    """Give the identifier from the tables kept at a place; where there are none of its model, they are put there."""
    # Imported on first use: they are slow to load, and most pages never need them.
    import numpy as np  # noqa: PLC0415
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    model = MODEL_DIR / MODEL_FILE
    digest = hashlib.sha256(model.read_bytes() + Path(__file__).read_bytes()).digest()  # of the model and its packing
    parts = _parts(mapped(place), digest)
    if parts is None:
        whole = LanguageIdentifier.from_model_file(model, norm_probs=True)
        if (whole.nb_pc.dtype, whole.nb_ptc.dtype) == (np.float32, np.float16):
            keep(place, _packed(digest, whole))
        return whole
    moves, rows, output, shares, weights, languages = parts
    classes = bytes(languages).decode().split()
    return LanguageIdentifier(
        np.frombuffer(weights, np.float16).reshape(-1, len(classes)), np.frombuffer(shares, np.float32), classes,
        moves.cast("I"), output.cast("i").tolist(), norm_probs=True, tk_row=rows.cast("I").tolist(),
    )  # fmt: skip


def _packed(digest: bytes, detector: Any) -> bytes:
    """Give the digest, the counts and the tables one after another, those of larger numbers first."""
    moves, rows, output = array("I", detector.tk_nextmove), array("I", detector.tk_row), array("i", detector.tk_output)
    counts = array("Q", (len(moves), len(rows), len(detector.nb_ptc), len(detector.nb_classes)))
    languages = " ".join(detector.nb_classes).encode()
    return b"".join((digest, counts, moves, rows, output, detector.nb_pc, detector.nb_ptc, languages))


def _parts(kept: memoryview, digest: bytes) -> tuple[memoryview, ...] | None:
    """Give the tables of a model as they were packed; ``None`` where they are of another, or packed otherwise."""
    if kept[:_DIGEST] != digest:
        return None
    moves, states, features, languages = kept[_DIGEST : _DIGEST + _COUNTS].cast("Q")
    sizes = (4 * moves, 4 * states, 4 * states, 4 * languages, 2 * features * languages)
    return tuple(_cut(kept[_DIGEST + _COUNTS :], sizes))


def _cut(kept: memoryview, sizes: tuple[int, ...]) -> Iterator[memoryview]:
    start = 0
    for size in sizes:
        yield kept[start : start + size]
        start += size
    yield kept[start:]

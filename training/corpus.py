"""The prepared sentence pairs on disk: one text file, and where each line starts and from which source it came.

The text is kept rather than its tokens because augmentation rewrites it anew at each reading; SentencePiece encodes
some 20,000 sentences a second on one core, far more than a model learns from.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

SOURCES = Path(__file__).with_name("sources.yml")
UNKNOWN_SOURCE: dict[str, Any] = {"weight": 1.0, "free": False, "kind": "unknown", "licence": "unknown"}

NEAR = {
    "news": 2.5,
    "health": 2.0,
    "government": 1.5,
    "guides": 1.5,
    "stories": 1.5,
    "everyday": 1.0,
    "debates": 0.4,
    "software": 0.5,
    "interfaces": 0.5,
    "laws": 0.3,
}
"""How much more, or less, a kind of source is drawn while a run cools down: what a model sees last stays best."""


def read_sources() -> dict[str, dict[str, Any]]:
    """Read the table of sources: weight, licence, kind, and whether the source is free for every use."""
    return dict(yaml.safe_load(SOURCES.read_text("utf-8")))


def write_corpus(folder: Path, name: str, pairs: Iterable[tuple[str, str, str]]) -> int:
    """Write ``NAME.txt`` (English, tab, French a line), ``NAME.npz`` and ``NAME.json``.

    Args:
        folder: where to write.
        name: name of the corpus: train or dev.
        pairs: source, English, French.

    Returns:
        How many pairs were written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names: dict[str, int] = {}
    offsets, sources = [0], []
    with (folder / f"{name}.txt").open("wb") as file:
        for source, english, french in pairs:
            offsets.append(offsets[-1] + file.write(f"{english}\t{french}\n".encode()))
            sources.append(names.setdefault(source, len(names)))
    np.savez(folder / f"{name}.npz", offsets=np.array(offsets, np.int64), sources=np.array(sources, np.uint8))
    (folder / f"{name}.json").write_text(json.dumps(list(names)), "utf-8")
    return len(sources)


@dataclass(frozen=True)
class Corpus:
    """Prepared pairs, read from disk as they are asked for; cheap to send to another process."""

    folder: Path
    name: str

    def __len__(self) -> int:
        return len(self.sources)

    def pair(self, at: int) -> tuple[str, str]:
        """Give one pair: English, French."""
        line = self._text[int(self._offsets[at]) : int(self._offsets[at + 1]) - 1].decode()
        english, _, french = line.partition("\t")
        return english, french

    def weights(self, *, free_only: bool, near: bool = False) -> NDArray[np.float64]:
        """Give each pair's weight: how often it is drawn in an epoch, on average.

        Args:
            free_only: draw nothing from the sources that are not free for every use.
            near: draw more from the kinds of source near to community pages, less from the others.
        """
        table = read_sources()
        sources = [table.get(name, UNKNOWN_SOURCE) for name in self.source_names]
        by_source = np.array([0.0 if free_only and not source["free"] else source["weight"] for source in sources])
        if near:
            by_source *= np.array([NEAR.get(source["kind"], 1.0) for source in sources])
        return np.asarray(by_source[self.sources], np.float64)

    @cached_property
    def source_names(self) -> list[str]:
        """Names of the sources, in the order of their numbers."""
        return [str(name) for name in json.loads((self.folder / f"{self.name}.json").read_text("utf-8"))]

    @cached_property
    def sources(self) -> NDArray[np.uint8]:
        """Number of the source of each pair."""
        with np.load(self.folder / f"{self.name}.npz") as arrays:
            return np.asarray(arrays["sources"])

    @cached_property
    def _offsets(self) -> NDArray[np.int64]:
        with np.load(self.folder / f"{self.name}.npz") as arrays:
            return np.asarray(arrays["offsets"])

    @cached_property
    def _text(self) -> mmap.mmap:
        with (self.folder / f"{self.name}.txt").open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __reduce__(self) -> tuple[type[Corpus], tuple[Path, str]]:
        return Corpus, (self.folder, self.name)

"""The sides that are compared, each in a process of its own: loaded, warmed up, then timed on all texts."""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from passerelle.translation.argos import ArgosEngine, package_folders
from passerelle.translation.gaps import other
from passerelle.translation.lines import translate_lines
from passerelle.translation.memory import Memory
from passerelle.translation.sentences import split_sentences
from schemas.base import LANGUAGES, Language

WARM_UP = "Bonjour."
Translate = Callable[[Sequence[str]], list[str]]


def argos(packages: Path, source: Language, threads: int) -> Translate:
    """Argos's own ``translate()``, text by text, all threads on each; its splitter, which is downloaded, is ours."""
    place = Path(tempfile.mkdtemp())
    (place / "packages").mkdir()
    for folder in package_folders(packages):  # Argos stumbles over what else lies in ours
        (place / "packages" / folder.name).symlink_to(folder.resolve())
    os.environ.update({f"XDG_{kind}_HOME": str(place) for kind in ("DATA", "CONFIG", "CACHE")})
    os.environ["ARGOS_PACKAGES_DIR"] = str(place / "packages")
    os.environ.update(ARGOS_INTER_THREADS="1", ARGOS_INTRA_THREADS=str(threads))
    from argostranslate import translate  # noqa: PLC0415 (reads the environment)

    class Splitter:
        def split_sentences(self, text: str) -> list[str]:
            return split_sentences(text)

    target = other(source)
    found = translate.get_translation_from_codes(source, target)
    while hasattr(found, "underlying"):
        found = found.underlying
    found.sentencizer = Splitter()
    return lambda texts: [translate.translate(text, source, target) for text in texts]


def engine(packages: Path, source: Language, threads: int) -> Translate:
    """Passerelle's engine on the same package, bare: what ``translate-text --raw`` uses."""
    ours = ArgosEngine(packages, threads)
    return lambda texts: ours.translate(texts, source, other(source))


def station(packages: Path, source: Language, threads: int) -> Translate:
    """The whole station: what ``translate-text`` uses; a pending text is empty."""
    ours = ArgosEngine(packages, threads)
    return lambda texts: [
        line.text for line in translate_lines(texts, source, other(source), Memory(), ours, batch=len(texts) or 1)
    ]


def both(packages: Path, source: Language, threads: int) -> Translate:
    """The station in every direction that is installed, all loaded: what a run of the whole way holds in memory."""
    del source
    ours = ArgosEngine(packages, threads)
    directions = [(one, other(one)) for one in LANGUAGES if ours.available(one, other(one))]
    return lambda texts: [
        line.text
        for direction in directions
        for line in translate_lines(texts, *direction, Memory(), ours, batch=len(texts) or 1)
    ]


COMPARED = ("argos", "engine", "station")
SIDES: dict[str, Callable[[Path, Language, int], Translate]] = {
    "argos": argos,
    "engine": engine,
    "station": station,
    "both": both,
}


def main() -> None:
    """Read ``{side, packages, source, threads, texts}`` from standard input; write seconds, outputs and megabytes."""
    asked = json.load(sys.stdin)
    translate = SIDES[asked["side"]](Path(asked["packages"]), asked["source"], asked["threads"])
    translate([WARM_UP])
    began, busy = time.perf_counter(), time.process_time()
    outputs = translate(asked["texts"])
    seconds, worked = time.perf_counter() - began, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "busy": worked, "outputs": outputs, "megabytes": peak}))


if __name__ == "__main__":
    main()

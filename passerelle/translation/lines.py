"""Translates lines through the whole station, so that anyone can score it: as many lines come out as went in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from passerelle.translation.engines import Engine
from passerelle.translation.errors import EngineError
from passerelle.translation.known_names import text_names
from passerelle.translation.memory import Memory
from passerelle.translation.rounds import is_text
from passerelle.translation.station import fill
from schemas.base import Language
from schemas.working import Gap

BATCH = 256
"""Lines translated at once: enough to fill an engine's batches, few enough to see the first ones soon."""
_BREAKS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True)
class Line:
    """A translated line, empty where it is pending, with the reason."""

    text: str
    reason: str | None = None
    """A reason of ``text_status``, or what an engine that failed says."""
    reason_fr: str | None = None
    """The same in French where the engine says it."""


def translate_lines(
    lines: Iterable[str],
    source: Language,
    target: Language,
    memory: Memory,
    engine: Engine,
    *,
    raw: bool = False,
    batch: int = BATCH,
) -> Iterator[Line]:
    """Yield one translation a line, batch by batch; ``raw``: what the engine says, neither protected nor checked.

    What else than the line's end breaks a line (a vertical tab, U+2028) becomes a space.
    """
    waiting = iter(lines)
    while chunk := [_one_line(line.rstrip("\r\n")) for line in islice(waiting, batch)]:
        translate = _raw if raw else _checked
        done = translate([line for line in chunk if line.strip()], source, target, memory, engine)
        yield from (next(done) if line.strip() else Line("") for line in chunk)


def _one_line(text: str) -> str:
    """Put a space where a text breaks, with the white space around it."""
    parts = _BREAKS.split(text)
    if len(parts) == 1:
        return text
    inner = (part.strip() for part in parts[1:-1])
    return " ".join((parts[0].rstrip(), *filter(None, inner), parts[-1].lstrip()))


def _raw(texts: list[str], source: Language, target: Language, _memory: Memory, engine: Engine) -> Iterator[Line]:
    try:
        outputs = engine.translate(texts, source, target)
    except EngineError as error:
        return iter([Line("", str(error), error.french)] * len(texts))
    return (Line(" ".join(output.split("\n"))) if is_text(output) else Line("", "not-text") for output in outputs)


def _checked(texts: list[str], source: Language, target: Language, memory: Memory, engine: Engine) -> Iterator[Line]:
    gaps = (
        (
            Gap(record=str(number), path="text", source_language=source, target_language=target, text=text),
            text_names(text),
        )
        for number, text in enumerate(texts)
    )
    fillings, troubles = fill(gaps, memory, engine)
    told = "; ".join(trouble.message for trouble in troubles)
    french = "; ".join(trouble.message_fr or trouble.message for trouble in troubles)
    for filling in fillings:
        reason = (told, french) if told and filling.status.reason == "engine-failed" else (filling.status.reason, None)
        yield Line(_one_line(filling.text or ""), *reason)

"""Values as the text of a cell, and back."""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping

from pydantic import JsonValue

from passerelle.review.errors import InvalidAct
from passerelle.review.exchange.columns import CellKind
from schemas.base import LanguageMap

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?")
_BETWEEN = re.compile(r"[;\n]")
LONGEST = 32_000
"""Characters that a cell of Excel takes, an apostrophe in front of them included."""


def written(value: JsonValue, kind: CellKind) -> str:
    """Give the text of a value: codes joined by ``; ``, other lists an entry a line."""
    if value is None:
        return ""
    if isinstance(value, list):
        return tidy(("; " if kind == "codes" else "\n").join(map(_name, value)))
    return tidy(_name(value))


def tidy(text: str) -> str:
    """Write line ends one way, and leave out what no spreadsheet takes."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))[:LONGEST]


def mark(text: str) -> str:
    """Give the short digest by which a cell that nobody touched is known again."""
    return urlsafe_b64encode(hashlib.sha256(tidy(text).strip().encode()).digest()[:6]).decode()


def read(text: str, kind: CellKind, codes: Mapping[str, LanguageMap] | None) -> JsonValue:
    """Read the value of a cell; a label of a controlled list is as good as its code.

    Raises:
        InvalidAct: ``not-a-number``, ``unknown-code``.
    """
    said = text.strip()
    if kind in ("codes", "lines"):
        between = _BETWEEN if kind == "codes" else re.compile("\n")
        entries = [one.strip() for one in between.split(said) if one.strip()]
        return [_code(one, codes) if kind == "codes" else one for one in dict.fromkeys(entries)]
    if not said:
        return None
    if kind == "number":
        if not re.fullmatch(r"\d{1,4}(\.0+)?", said):
            raise InvalidAct("not-a-number", said=said[:40])
        return int(float(said))
    return _code(said, codes) if kind == "code" else said


def _code(said: str, codes: Mapping[str, LanguageMap] | None) -> str:
    if codes is None or said in codes:
        return said
    wanted = said.casefold()
    padded = said.zfill(2)  # a spreadsheet makes 1 of 01
    if padded in codes:
        return padded
    found = next((code for code, label in codes.items() if wanted in _labels(label)), None)
    if found is None:
        raise InvalidAct("unknown-code", code=said[:40])
    return found


def _labels(label: LanguageMap) -> set[str]:
    return {text.casefold() for text in (label.fr, label.en) if text}


def _name(value: JsonValue) -> str:
    if isinstance(value, dict):
        return str(value.get("name") or value.get("id") or "")
    return str(value)

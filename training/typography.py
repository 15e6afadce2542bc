"""Writes both languages of a pair in one typography, so that the model learns one: the source side is varied later.

French is written with « » and no-break spaces, as in Québec: inside quotation marks, before a colon, a percent or a
dollar sign, between the thousands of a number; none before « ; ! ? ». Apostrophes stay straight in both languages, as
in most of the data and in what the translation station hands an engine.
"""

from __future__ import annotations

import re
import unicodedata

NBSP = "\u00a0"
_DROPPED = re.compile("[\u200b-\u200f\u00ad\ufeff\u2060\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SPACE = "[ \u00a0\u2000-\u200a\u202f\u3000]"
_SPACES = re.compile(rf"(?:{_SPACE}|[\t\r\n])+")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "‑": "-", "‐": "-"})
_FRENCH = (
    (re.compile(r'"\s*([^"«»]+?)\s*"'), r"«\1»"),
    (re.compile(r"«\s*"), f"«{NBSP}"),
    (re.compile(r"\s*»"), f"{NBSP}»"),
    (re.compile(r"(?<=[\w»)]) ?:(?= |$)"), f"{NBSP}:"),
    (re.compile(r"(?<=[\w»)]) ([;!?])"), r"\1"),
    (re.compile(r"(?<=\d) ?([%$])(?!\w)"), rf"{NBSP}\1"),
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), NBSP),
    (re.compile(r"(?<=\d) h (?=\d\d(?!\d))"), f"{NBSP}h{NBSP}"),
)
_ENGLISH = ((re.compile(r"«\s*|\s*»"), '"'),)


def tidy(text: str) -> str:
    """Compose accents, drop invisible characters, make every space a plain one, apostrophes and “ ” straight."""
    text = _DROPPED.sub("", unicodedata.normalize("NFC", text)).translate(_PLAIN)
    return _SPACES.sub(" ", text).strip()


def write_french(text: str) -> str:
    """Write tidied French the one way the model learns it."""
    for pattern, replacement in _FRENCH:
        text = pattern.sub(replacement, text)
    return text


def write_english(text: str) -> str:
    """Write tidied English the one way the model learns it."""
    for pattern, replacement in _ENGLISH:
        text = pattern.sub(replacement, text)
    return text


def as_engine_reads(text: str) -> str:
    """Write a text as the translation station hands it to an engine: straight quotes, plain spaces."""
    return _SPACES.sub(" ", re.sub(rf"«{_SPACE}*|{_SPACE}*»", '"', text))

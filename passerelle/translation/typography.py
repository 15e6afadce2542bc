"""Writes quotes, spaces, numbers, amounts, times and dates the way an engine, then a reader, expects them.

Reader's forms follow Québec usage for French (« », a no-break space before a colon, a percent or a dollar sign) and
Canadian usage for English.
"""

from __future__ import annotations

import re

from schemas.base import Language

NBSP = "\u00a0"
_MONTH_NAMES = (
    ("janvier", "January"),
    ("février", "February"),
    ("mars", "March"),
    ("avril", "April"),
    ("mai", "May"),
    ("juin", "June"),
    ("juillet", "July"),
    ("août", "August"),
    ("septembre", "September"),
    ("octobre", "October"),
    ("novembre", "November"),
    ("décembre", "December"),
)
MONTHS: dict[Language, tuple[str, ...]] = {
    "fr": tuple(french for french, _ in _MONTH_NAMES),
    "en": tuple(english for _, english in _MONTH_NAMES),
}
_FR_MONTH = "|".join(MONTHS["fr"])
_EN_MONTH = "|".join(MONTHS["en"])
_SPACE = "[ \u00a0\u202f]"
_SPACES = re.compile("[\\s\u00a0\u202f\u2009]+")

_TO_ENGLISH = (
    (re.compile(rf"(?<![\w,.])(\d{{1,3}}(?:{_SPACE}\d{{3}})+)(?!\d)"), lambda m: re.sub(_SPACE, ",", m[1])),
    (re.compile(r"(?<![\w.,])(\d+),(\d{1,2})(?![\d,])"), lambda m: f"{m[1]}.{m[2]}"),
    (re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3})+),(\d{1,2})(?!\d)"), lambda m: f"{m[1]}.{m[2]}"),
    (re.compile(rf"(?<![\w$])(\d[\d,.]{{0,20}}){_SPACE}?\$"), lambda m: f"${m[1]}"),
    (re.compile(rf"(\d){_SPACE}%"), lambda m: f"{m[1]}%"),
    (re.compile(rf"(?<![\w:,.])([01]?\d|2[0-4]){_SPACE}?h(?:{_SPACE}?([0-5]\d))?(?!\w)"), lambda m: _clock(m[1], m[2])),
    (
        re.compile(
            rf"(?:\ble{_SPACE})?(?<!\w)(\d{{1,2}})(?:er)?{_SPACE}({_FR_MONTH}){_SPACE}(\d{{4}})(?!\w)", re.IGNORECASE
        ),
        lambda m: f"{_month(m[2], 'fr')} {m[1]}, {m[3]}",
    ),
    (
        re.compile(rf"(?:\ble{_SPACE})?(?<!\w)(\d{{1,2}})(?:er)?{_SPACE}({_FR_MONTH})(?!\w)", re.IGNORECASE),
        lambda m: f"{_month(m[2], 'fr')} {m[1]}",
    ),
)
_TO_FRENCH = (
    (re.compile(r"(?<![\w,.])(\$?)(\d{1,3}(?:,\d{3})+)(?![\d,])"), lambda m: m[1] + m[2].replace(",", NBSP)),
    (
        re.compile(rf"(?<![\w.,])(\$?\d[\d{NBSP}]*)\.(\d{{1,2}})(?![\d.])(?=\D|$)(?!{_SPACE}?[ap]\.?m)"),
        lambda m: f"{m[1]},{m[2]}",
    ),
    (re.compile(rf"\$(\d[\d,{NBSP}]*\d|\d)"), lambda m: f"{m[1]}{NBSP}$"),
    (re.compile(rf"(\d){_SPACE}?([%$])"), lambda m: f"{m[1]}{NBSP}{m[2]}"),
    (
        re.compile(rf"(?<![\w:])(1[0-2]|0?[1-9])(?::([0-5]\d))?{_SPACE}?([ap])\.?m\b\.?", re.IGNORECASE),
        lambda m: _hour(m[1], m[2], m[3]),
    ),
    (
        re.compile(rf"(?<!\w)({_EN_MONTH}){_SPACE}(\d{{1,2}})(?:st|nd|rd|th)?(?:,{_SPACE}(\d{{4}}))?(?!\w)"),
        lambda m: f"{'1er' if m[2] == '1' else m[2]}{NBSP}{_month(m[1], 'en')}" + (f" {m[3]}" if m[3] else ""),
    ),
)


_QUOTED = re.compile(rf"[«“]{_SPACE}*([^«»“”]+?){_SPACE}*[»”]")


def unquote(text: str) -> str | None:
    """Give what stands between the quotation marks of a text that is one quotation, else ``None``."""
    whole = _QUOTED.fullmatch(text.strip())
    return whole[1] if whole else None


def quotation_marks(language: Language) -> tuple[str, str]:
    """Give a language's opening and closing quotation marks, with their spaces."""
    return (f"«{NBSP}", f"{NBSP}»") if language == "fr" else ("“", "”")


def for_engine(text: str) -> str:
    """Write a text with the plain quotes, apostrophes and spaces that engines were trained on."""
    text = re.sub(rf"«{_SPACE}*|{_SPACE}*»|[“”]", '"', text)
    return _SPACES.sub(" ", text.replace("’", "'").replace("‘", "'")).strip()


def for_reader(text: str, language: Language) -> str:
    """Write an engine's plain quotes, apostrophes and spaces as a reader of the language expects them."""
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    if language == "fr":
        text = re.sub(r"(?<=[\w»)\"]) ?:(?= |$)", f"{NBSP}:", text)
    opening, closing = quotation_marks(language)
    return re.sub(r'"\s*([^"]+?)\s*"', rf"{opening}\1{closing}", text)


def localise(text: str, language: Language) -> str:
    """Rewrite numbers, amounts, percentages, hours and dates for the target language; applying it twice is harmless."""
    for pattern, rewrite in _TO_ENGLISH if language == "en" else _TO_FRENCH:
        text = pattern.sub(rewrite, text)
    return text


def _month(name: str, language: Language) -> str:
    names = [month.lower() for month in MONTHS[language]]
    return MONTHS["en" if language == "fr" else "fr"][names.index(name.lower())]


def _clock(hour: str, minute: str | None) -> str:
    number = int(hour) % 24
    shown = f"{number % 12 or 12}:{minute}" if minute and minute != "00" else f"{number % 12 or 12}"
    return f"{shown} {'a.m.' if number < 12 else 'p.m.'}"


def _hour(hour: str, minute: str | None, half: str) -> str:
    number = int(hour) % 12 + (12 if half.lower() == "p" else 0)
    return f"{number}{NBSP}h" + (f"{NBSP}{minute}" if minute and minute != "00" else "")

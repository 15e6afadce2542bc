"""Writes quotes, spaces, numbers, amounts, times and dates the way an engine, then a reader, expects them.

Reader's forms follow Québec usage for French (« », a no-break space before a colon, a percent or a dollar sign) and
Canadian usage for English.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from passerelle.translation.hours import write_hours
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
_FR_SHORT = r"janv\.|févr?\.|avr\.|juill?\.|sept\.|oct\.|nov\.|déc\."
_EN_SHORT = r"(?-i:(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
"""Short names of months: with a stop in French, with a capital in English."""
_FR_MONTH = "|".join(MONTHS["fr"])
_EN_MONTH = "|".join(MONTHS["en"])
_SPACE = "[ \u00a0\u202f]"
_SPACES = re.compile("[\\s\u00a0\u202f\u2009]+")

_ANY_MONTH = f"{_FR_MONTH}|{_EN_MONTH}|{_FR_SHORT}"
_EN_DATE_MONTH = f"{_EN_MONTH}|{_EN_SHORT}"
_H = r"(1[0-2]|0?[1-9])(?::([0-5]\d))?"
_TO = "to|au|and|et|-|–"
_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def _rule(pattern: str, rewrite: Callable[[re.Match[str]], str]) -> _Rule:
    return re.compile(pattern.replace(" ", _SPACE), re.IGNORECASE), rewrite


_TO_ENGLISH: tuple[_Rule, ...] = (
    _rule(r"(?<![\w,.⟦])(\d{1,3}(?: \d{3})+)(?! ?-?\d)", lambda m: re.sub(_SPACE, ",", m[1])),
    _rule(r"(?<![\w.,⟦])(\d+),(\d{1,2})(?![\d,])", lambda m: f"{m[1]}.{m[2]}"),
    _rule(r"(?<![\w.,⟦])(\d{1,3}(?:,\d{3})+),(\d{1,2})(?!\d)", lambda m: f"{m[1]}.{m[2]}"),
    _rule(
        r"(?<![\w$⟦])(\d[\d,.]{0,20}) ?(m|g|millions?|milliards?|billions?)(?: de| d['’])? ?(?:\$|dollars?\b)",
        lambda m: f"${m[1]} {'million' if m[2][:4].lower() in ('m', 'mill') and 'd' not in m[2] else 'billion'}",
    ),
    _rule(r"(?<![\w$⟦])(\d[\d,.]{0,9}) ?k ?\$", lambda m: f"${_thousands(m[1]):,}"),
    _rule(r"(?<![\w$⟦])(\d[\d,.]{0,20}) ?(?:\$|dollars\b)", lambda m: f"${m[1]}"),
    _rule(r"(\d) %", lambda m: f"{m[1]}%"),
    _rule(r"(?<![\w$⟦])7 ?j(?:ours?)? ?/ ?7(?!\w)", lambda _: "7 days a week"),
    _rule(r"(?<=\d), poste (?=\d)", lambda _: ", ext. "),
    _rule(
        rf"(?:\ble )?(?<!\w)(\d{{1,2}})(?:er)? ({_TO}) (\d{{1,2}}) ({_ANY_MONTH})(?: (\d{{4}}))?(?!\w)",
        lambda m: f"{_month(m[4], 'en')} {m[1]} {m[2]} {m[3]}" + (f", {m[5]}" if m[5] else ""),
    ),
    _rule(
        rf"(?:\ble )?(?<!\w)(\d{{1,2}})(?:er)? ({_ANY_MONTH})(?: (\d{{4}}))?(?!\w)",
        lambda m: f"{_month(m[2], 'en')} {m[1]}" + (f", {m[3]}" if m[3] else ""),
    ),
    _rule(rf"(?<!\w)({_FR_MONTH}) (\d{{4}})(?!\w)", lambda m: f"{_month(m[1], 'en')} {m[2]}"),
    _rule(r"(?<![\w.,-])(\d{1,2})(?:er|re|ère|e|ième|ème|nde?)(?!\w)", lambda m: _ordinal(int(m[1]))),
    _rule(r"(?<!\w)n[°º] ?(?=\d)", lambda _: "No. "),
)
_TO_FRENCH: tuple[_Rule, ...] = (
    _rule(r"(?<!\w)\$(\d[\d,.]{0,9}\d|\d) ?k(?!\w)", lambda m: f"{_thousands(m[1]):,}".replace(",", NBSP) + f"{NBSP}$"),
    _rule(
        r"(?<!\w)\$(\d[\d,.]{0,9}\d|\d) ?(mm?|bn?)(?!\w)",
        lambda m: f"{m[1].replace('.', ',')}{NBSP}{'M' if m[2][0].lower() == 'm' else 'G'}$",
    ),
    _rule(
        r"(?<!\w)(?:\$(\d[\d,.]*\d|\d)|(\d[\d,.]*) (?=\w+ dollars)) ?(million|billion)(?: dollars)?(?!\w)",
        lambda m: f"{(m[1] or m[2]).replace('.', ',')}{NBSP}{'M' if m[3].lower() == 'million' else 'G'}$",
    ),
    _rule(r"(?<![\w,.⟦])(\$?)(\d{1,3}(?:,\d{3})+)(?![\d,])", lambda m: m[1] + m[2].replace(",", NBSP)),
    _rule(r"(?<=\d{3}) dollars\b", lambda _: f"{NBSP}$"),
    _rule(r"(?<![\w.,⟦])(\d{1,3}(?: \d{3})+)(?= ?[$%])", lambda m: re.sub(_SPACE, NBSP, m[1])),
    _rule(rf"(?<![\w.,⟦])(\$?\d[\d{NBSP}]*)\.(\d{{1,2}})(?![\d.])(?=\D|$)(?! ?[ap]\.?m)", lambda m: f"{m[1]},{m[2]}"),
    _rule(rf"\$(\d[\d,{NBSP}]*\d|\d)", lambda m: f"{m[1]}{NBSP}$"),
    _rule(r"(\d) ?([%$])", lambda m: f"{m[1]}{NBSP}{m[2]}"),
    _rule(
        rf"(?<![\w:]){_H} ?(?:([ap])\.?m\b\.?)? ?(-|–|—|to|and|à|et) ?{_H} ?([ap])\.?m\b\.?",
        lambda m: _hours(m),  # noqa: PLW0108 (defined below)
    ),
    _rule(rf"(?<![\w:]){_H} ?([ap])\.?m\b\.?", lambda m: _hour(m[1], m[2], m[3])),
    _rule(r"(?<![\w.,])(\d+) ?hrs?(?!\w)\.?", lambda m: f"{m[1]}{NBSP}h"),
    _rule(r"(?<=\d), ext\.? (?=\d)", lambda _: f", poste{NBSP}"),
    _rule(r"(?<![\w:])(\d{1,2}) h(?: (\d\d))?(?!\w)", lambda m: f"{m[1]}{NBSP}h" + (f"{NBSP}{m[2]}" if m[2] else "")),
    _rule(
        rf"(?<!\w)({_EN_DATE_MONTH}) (\d{{1,2}}) ({_TO}) (\d{{1,2}})(?:, (\d{{4}}))?(?!\w)",
        lambda m: f"{_first(m[2])} {m[3]} {m[4]}{NBSP}{_month(m[1], 'fr')}" + (f" {m[5]}" if m[5] else ""),
    ),
    _rule(
        rf"(?<!\w)({_EN_DATE_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?(?:, (\d{{4}}))?(?!\w)",
        lambda m: f"{_first(m[2])}{NBSP}{_month(m[1], 'fr')}" + (f" {m[3]}" if m[3] else ""),
    ),
    _rule(rf"(?<!\w)({_EN_DATE_MONTH}) (\d{{4}})(?!\w)", lambda m: f"{_month(m[1], 'fr')} {m[2]}"),
    _rule(r"(?<![\w.,-])(\d{1,2})(?:st|nd|rd|th)(?!\w)", lambda m: _first(m[1], "e")),
    _rule(r"(?<!\w)no\. ?(?=\d)", lambda _: f"no{NBSP}"),
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
    text = re.sub(r"(?<=\w)'(?=\w)|(?<=s)'(?= )", "’", text)
    if language == "fr":
        text = re.sub(r"(?<=[\w»)\"]) ?:(?= |$)", f"{NBSP}:", text)
        text = re.sub(r"(?<=\w) (?=[;!?](?: |$))", "", text)
    else:
        text = re.sub(r"(?<=\w) (?=[:;!?](?: |$))", "", text)
    opening, closing = quotation_marks(language)
    return re.sub(r'"\s*([^"]+?)\s*"', rf"{opening}\1{closing}", text)


def localise(text: str, language: Language) -> str:
    """Rewrite numbers, amounts, percentages, hours and dates for the target language; applying it twice is harmless."""
    if language == "en":
        text = write_hours(text)
    for pattern, rewrite in _TO_ENGLISH if language == "en" else _TO_FRENCH:
        text = pattern.sub(rewrite, text)
    return text


def _month(name: str, language: Language) -> str:
    """Give a month's name, known in either language, whole or short (Feb., déc.)."""
    low = name.lower().rstrip(".")
    known = [(month.lower(), number) for names in MONTHS.values() for number, month in enumerate(names)]
    whole = (number for month, number in known if month == low)
    return MONTHS[language][next(whole, None) or next(number for month, number in known if month.startswith(low))]


def _first(day: str, ending: str = "") -> str:
    """Write a day in French: 1er, 2; with an ending, an ordinal."""
    return "1er" if day == "1" else day + ending


def _ordinal(number: int) -> str:
    special = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number in (11, 12, 13) else special.get(number % 10, 'th')}"


def _hour(hour: str, minute: str | None, half: str) -> str:
    number = int(hour) % 12 + (12 if half.lower() == "p" else 0)
    return f"{number}{NBSP}h" + (f"{NBSP}{minute}" if minute and minute != "00" else "")


def _hours(found: re.Match[str]) -> str:
    """Write a range of which the first hour may have no half of the day: 9-11 p.m., 11-1 p.m."""
    hour, minute, half, link, hour2, minute2, half2 = found.groups()
    if half is None:
        crosses = int(hour) % 12 > int(hour2) % 12
        half = {"a": "p", "p": "a"}[half2.lower()] if crosses else half2
    between = "à" if link in "-–—" else link
    return f"{_hour(hour, minute, half)} {between} {_hour(hour2, minute2, half2)}"


def _thousands(written: str) -> int:
    """Give the value of so many thousands: 500, 1.5."""
    return int(Decimal(written.replace(",", ".")) * 1000)

"""Tables of cases in both languages, one a recognizer: each line is a text and what a careful reader finds in it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.amounts import SUM
from extractors.passage import Passage
from extractors.recognizers.ages import read_ages
from extractors.recognizers.audience import read_genders, read_groups
from extractors.recognizers.awards import read_awards
from extractors.recognizers.contacts import read_email, read_phone
from extractors.recognizers.dates import read_dates
from extractors.recognizers.offered import read_cost, read_languages
from extractors.recognizers.organizations import read_organizations
from extractors.recognizers.people import read_people
from extractors.recognizers.places import read_places
from extractors.recognizers.terms import read_terms
from schemas.base import Language
from tests.recognizers.passages import passage

CASES = Path(__file__).with_name("cases")
LEAST = 150
"""Cases that every table holds at least."""


def _ages(p: Passage) -> str:
    low, high = read_ages(p)
    return f"{low.value if low else ''}-{high.value if high else ''}" if low or high else "none"


def _contacts(p: Passage) -> str:
    return " ".join(found.value if found else "-" for found in (read_email(p), read_phone(p)))


def _cost(p: Passage) -> str:
    found = read_cost(p)
    return found.value if found else "none"


def _places(p: Passage) -> str:
    found = read_places(p)
    parts = (found.regions, found.municipalities, found.neighbourhoods)
    return " / ".join(_joined(one.value for one in part) for part in parts)


def _joined(values: object) -> str:
    return ", ".join(sorted(values)) or "none"  # type: ignore[call-overload]


READERS: dict[str, Callable[[Passage], str]] = {
    "ages": _ages,
    "money": lambda p: "|".join(match[0] for match in SUM.finditer(p.text)) or "none",
    "cost": _cost,
    "languages": lambda p: " ".join(found.value for found in read_languages(p)) or "none",
    "contacts": _contacts,
    "dates": lambda p: " ".join(found.value for found in read_dates(p)) or "none",
    "organizations": lambda p: _joined(found.value.written for found in read_organizations(p)),
    "people": lambda p: (
        "; ".join(" / ".join((one.value.name, one.value.role or "-")) for one in read_people(p)) or "none"
    ),
    "places": _places,
    "audiences": lambda p: f"{_joined(f.value for f in read_genders(p))} / {_joined(f.value for f in read_groups(p))}",
    "themes": lambda p: _joined(found.value for found in read_terms(p, "themes")),
    "activities": lambda p: _joined(found.value for found in read_terms(p, "activities")),
    "awards": lambda p: _joined(found.value.name for found in read_awards(p)),
}


def cases(table: str) -> list[tuple[Language, str, str]]:
    """Read a table of cases: language, text, what is expected."""
    lines = (CASES / f"{table}.tsv").read_text("utf-8").splitlines()[1:]
    made: list[tuple[Language, str, str]] = []
    for line in lines:
        language, text, expected = line.split("\t")
        made.append(("en" if language == "en" else "fr", text, expected))
    return made


@pytest.mark.parametrize("table", READERS)
def test_every_case_is_read_as_a_careful_reader_would(table: str) -> None:
    found = cases(table)
    read = READERS[table]
    wrong = [
        f"{text!r}: {got!r} instead of {expected!r}"
        for language, text, expected in found
        if (got := read(passage(text, language=language))) != expected
    ]
    assert not wrong, f"{len(wrong)} of {len(found)}:\n" + "\n".join(wrong)


@pytest.mark.parametrize("table", READERS)
def test_every_table_holds_enough_cases_in_both_languages(table: str) -> None:
    found = cases(table)
    assert len(found) >= LEAST
    assert {language for language, _, _ in found} == {"fr", "en"}

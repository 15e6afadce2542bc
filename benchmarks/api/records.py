"""A release of many fictional records in real Québec places, written straight into its folder.

Texts are drawn from the words of the vocabularies and place names, few of them often and most of them rarely, as in
a language, so that a search finds from a handful of records to most of them.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

from schemas.gazetteer import Place, places
from schemas.records import Initiative, Organization
from schemas.vocabulary import NAMES, vocabulary

SEEN = "2026-03-01T12:00:00Z"
LICENCE = {"name": "Creative Commons Attribution 4.0", "spdx": "CC-BY-4.0"}


class Words:
    """Draws words and values, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self._words = {language: self._known(language) for language in ("fr", "en")}
        self._weights = {
            language: list(accumulate(1 / (rank + 20) for rank in range(len(words))))
            for language, words in self._words.items()
        }
        self._places: tuple[Place, ...] = tuple(place for place in places() if place.kind == "municipality")[:600]

    def text(self, language: str, length: int) -> str:
        """Give a sentence of so many words."""
        words = self.random.choices(self._words[language], cum_weights=self._weights[language], k=length)
        return " ".join(words).capitalize() + "."

    def both(self, length: int) -> dict[str, str]:
        """Give a text in both languages."""
        return {language: self.text(language, length) for language in self._words}

    def codes(self, name: str, most: int) -> list[str]:
        """Give some codes of a vocabulary."""
        codes = vocabulary(name).codes
        return self.random.sample(codes, self.random.randint(1, min(most, len(codes))))

    def place(self) -> Place:
        """Give a municipality."""
        return self.random.choice(self._places)

    def _known(self, language: str) -> list[str]:
        terms = [term for name in NAMES for term in vocabulary(name).terms]
        said = (word for term in terms for synonym in getattr(term.synonyms, language) for word in synonym.split())
        words = list(dict.fromkeys(said))
        words += [f"{word}{number}" for number in range(4) for word in words]  # rare words, as names are
        self.random.shuffle(words)
        return words


def write_release(folder: Path, records: int, seed: int = 1, number: int = 1) -> None:
    """Write what the read API needs of a release of so many initiatives: lists, changes and the manifest."""
    folder.mkdir(parents=True)
    words = Words(seed)
    organizations = [f"org-{place:08d}" for place in range(max(1, records // 10))]
    _write(folder / "initiatives.ndjson", (_initiative(words, place, organizations) for place in range(records)))
    _write(folder / "organizations.ndjson", (_organization(words, id_) for id_ in organizations))
    _write(folder / "news.ndjson", iter(()))
    told = {"release": number, "at": SEEN, "change": "added", "type": "initiative", "into": None, "fields": []}
    _write(
        folder / "changes.ndjson",
        (json.dumps({**told, "id": f"ini-{place:08d}", "reason": None}) for place in range(records)),
    )
    manifest = {"name": "passerelle", "version": number, "schema_version": 1, "as_of": SEEN, "content": f"seed {seed}"}
    counts = {"initiatives": records, "organizations": len(organizations), "news": 0}
    rest = {"licence": LICENCE, "counts": counts, "by_source": {}, "coverage": {}, "files": []}
    (folder / "index.json").write_text(json.dumps({**manifest, **rest}, indent=2), "utf-8")


def _initiative(words: Words, place: int, organizations: list[str]) -> str:
    town, lead = words.place(), words.random.randrange(len(organizations))
    low = words.random.choice([None, 5, 12, 14, 18, 65])
    told: dict[str, Any] = {
        "id": f"ini-{place:08d}",
        "slug": f"initiative-{place}",
        "kind": words.codes("kinds", 1)[0],
        "name": words.both(4),
        "summary": words.both(40),
        "description": words.both(120),
        "lead_organization": {"id": organizations[lead], "name": f"Organisme {lead}"},
        "sectors": words.codes("sectors", 3),
        "audience": {"min_age": low, "max_age": low and low + 12, "groups": words.codes("groups", 2)},
        "themes": words.codes("themes", 3),
        "activities": words.codes("activities", 3),
        "languages_offered": ["fr"],
        "territory": {"regions": town.regions, "municipalities": [town.name]},
        "benefits": [{"sector": "community", "text": words.both(20)}],
        "impacts": [words.both(20)],
        "sources": [
            {
                "url": f"https://rive.example/atelier-{place}",
                "captured_at": SEEN,
                "digest": f"sha256:{place:064x}",
                "language": "fr",
                "extractor": "maillage/1",
                "source": "rive",
            }
        ],
        "first_seen": SEEN,
        "last_seen": SEEN,
        "last_changed": SEEN,
    }
    return Initiative.model_validate(told).model_dump_json()


def _organization(words: Words, id_: str) -> str:
    town = words.place()
    told = {"sector": words.codes("sectors", 1)[0], "municipality": town.name, "regions": town.regions}
    name = f"Organisme {int(id_.removeprefix('org-'))}"
    return Organization.model_validate(
        {"id": id_, "name": name, **told, "first_seen": SEEN, "last_seen": SEEN}
    ).model_dump_json()


def _write(path: Path, lines: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)

"""A small data set at the desk: fictional initiatives in real Québec places, matched into a store."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from passerelle import pipeline
from passerelle.reviewing import helper
from passerelle.settings import load_settings
from passerelle.store.captures import add_captures, save_extractions
from passerelle.store.database import Store
from passerelle.store.records import load_matched
from passerelle.workplace import Workplace
from schemas.capture import Capture, WarcPlace
from schemas.records import Initiative
from schemas.working import PageState
from tests.matching.factories import initiative, page

SEWN = "https://exemple.test/cousu/"
NIGHT = "https://exemple.test/rondes/"
SHORE = "https://exemple.test/rive/"


def pages(**changes: Any) -> list[PageState]:
    """Give three pages of one initiative each; ``changes`` are fields of the first, and its ``seen`` days."""
    fields: dict[str, Any] = {
        "description": "Pour 30 filles.",
        "themes": ["runaway"],
        "municipalities": ["Sorel-Tracy"],
        "ages": (14, 24),
    }
    seen = changes.pop("seen", (0,))
    body = str(sorted((fields | changes).items()))
    return [
        page(
            SEWN, initiative("Projet Cousu Main", lead="Atelier des Berges", **(fields | changes)), seen=seen, body=body
        ),
        page(
            NIGHT,
            initiative("Rondes du Quai", lead="Le Quai de Nuit", municipalities=["Lévis"], themes=["homelessness"]),
        ),
        page(SHORE, initiative("Concertation de la rive", lead="Table Ribambelle", regions=["12"], themes=["poverty"])),
    ]


def put(store: Store, states: Iterable[PageState]) -> None:
    """Keep pages as if they had been captured and read."""
    for state in states:
        captures = [
            Capture(
                source=state.source,
                url=state.url,
                captured_at=sighting.captured_at,
                digest=sighting.digest,
                size=1,
                place=WarcPlace(path="exemple/a.warc.gz", offset=0, length=1),
            )
            for sighting in state.sightings
        ]
        with store.session() as session:
            add_captures(session, captures)
            save_extractions(session, "test", [state.extraction])


class World:
    """The data set, with what a test does to it in few words."""

    def __init__(self, store: Store, home: Path) -> None:
        self.store = store
        self.workplace = Workplace(load_settings(home), store, {})
        self.help = helper(self.workplace)

    def match(self) -> None:
        """Match all pages."""
        pipeline.match(self.workplace)

    def read(self, *states: PageState) -> None:
        """Take pages in anew, and match."""
        put(self.store, states)
        self.match()

    def initiatives(self) -> dict[str, Initiative]:
        """Give the working records by their French name."""
        with self.store.session() as session:
            return {one.name.fr or "": one for one in load_matched(session).initiatives}

    def id(self, name: str) -> str:
        """Give the id of the initiative whose French name begins so."""
        return next(one.id for full, one in self.initiatives().items() if full.startswith(name))

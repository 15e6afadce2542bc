"""Open what every command works with: settings, database and sources of one data set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from passerelle.crawling.archive import RawPlace, raw_place
from passerelle.settings import Settings, load_settings
from passerelle.store.database import Store, open_store
from passerelle.store.editions import load_edition
from schemas.edition import edition, use
from schemas.source import Source, SourceError, load_sources


@dataclass(frozen=True)
class Workplace:
    """One data set, open for work."""

    settings: Settings
    store: Store
    sources: Mapping[str, Source]

    @cached_property
    def raw(self) -> RawPlace:
        """The archive, wherever the settings say that it lies.

        Raises:
            passerelle.crawling.archive.ArchiveError: the library for that kind of place is not installed.
        """
        return raw_place(self.settings.raw, self.settings.state)


@contextmanager
def open_workplace(home: Path | None = None, *, broken: dict[Path, SourceError] | None = None) -> Iterator[Workplace]:
    """Open the data set at a home (default: PASSERELLE_HOME, else the checkout).

    Source files that cannot be read go into ``broken`` where it is given.

    Raises:
        schemas.source.SourceError: a source file cannot be read.
    """
    settings = load_settings(home)
    sources = load_sources(*settings.source_folders, broken=broken)
    store = open_store(settings.database_url)
    before = edition()
    try:
        with store.session() as session:
            use(load_edition(session))
        yield Workplace(settings, store, sources)
    finally:
        use(before)
        store.close()

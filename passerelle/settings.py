"""Where things live, from the environment and the command line."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
"""The checkout: its sources/, examples/ and, by default, its raw/ and curated/."""


@dataclass(frozen=True)
class Settings:
    """Folders and database of one data set; ``--home`` or PASSERELLE_HOME moves them all."""

    home: Path
    database_url: str
    engine: str = "argos"
    threads: int | None = None
    """Batches that the engine translates at once; by default one a core."""
    prefer_shipped: bool = False
    """Translate with the packages that Passerelle ships with even where others are installed."""
    libretranslate: str | None = None
    """Address of the LibreTranslate server, for that engine."""
    keep: str = "all"
    """Releases that stay on disk: ``all``, ``20``, or ``20,monthly``."""
    contact: str | None = None
    """Page or e-mail address that every request names, for the owners of the sites visited."""
    allow_hosts: frozenset[str] = frozenset()
    """``HOST:PORT`` that may have a private address, for a site on one's own network."""
    archive: Path | str | None = None
    """Folder, or URL such as ``s3://bucket/prefix``, of an archive that does not lie in this home."""

    @property
    def raw(self) -> Path | str:
        """WARC files, written once, never edited: a folder, or a URL; opened by ``Workplace.raw``."""
        return self.archive or self.home / "raw"

    @property
    def curated(self) -> Path:
        """Releases."""
        return self.home / "curated"

    @property
    def state(self) -> Path:
        """What Passerelle keeps for itself: database, translation packages, Prefect's home."""
        return self.home / ".passerelle"

    @property
    def packages(self) -> Path:
        """Translation packages installed by ``passerelle models install``."""
        return self.state / "packages"

    @property
    def source_folders(self) -> tuple[Path, ...]:
        """Where source files are read: the project's own, then this home's."""
        folders = (PROJECT / "sources", self.home / "sources")
        return tuple(dict.fromkeys(folder for folder in folders if folder.is_dir()))


def load_settings(home: Path | None = None) -> Settings:
    """Read the settings: an explicit home wins over PASSERELLE_HOME, which wins over the checkout."""
    chosen = home or Path(os.environ.get("PASSERELLE_HOME") or PROJECT)
    place = chosen.expanduser().resolve()
    url = os.environ.get("PASSERELLE_DATABASE_URL") or f"sqlite:///{place / '.passerelle' / 'passerelle.db'}"
    return Settings(
        home=place,
        database_url=url,
        engine=os.environ.get("PASSERELLE_ENGINE", "argos"),
        threads=_threads(os.environ.get("PASSERELLE_THREADS")),
        prefer_shipped=os.environ.get("PASSERELLE_PREFER_SHIPPED", "").casefold() in {"1", "true", "yes", "oui"},
        libretranslate=os.environ.get("PASSERELLE_LIBRETRANSLATE_URL") or None,
        keep=os.environ.get("PASSERELLE_KEEP") or "all",
        contact=os.environ.get("PASSERELLE_CONTACT") or None,
        allow_hosts=frozenset(os.environ.get("PASSERELLE_ALLOW_HOSTS", "").replace(",", " ").split()),
        archive=_archive(os.environ.get("PASSERELLE_RAW")),
    )


def _threads(said: str | None) -> int | None:
    return int(said) if said and said.isdigit() and int(said) else None


def _archive(said: str | None) -> Path | str | None:
    if not said or "://" in said:
        return said or None
    return Path(said).expanduser().resolve()

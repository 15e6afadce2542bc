"""What every command has at hand: the home, the language, and where to write."""

from __future__ import annotations

import logging
import os
import shlex
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

import typer

from passerelle.cli.messages import message
from passerelle.settings import Settings, load_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from passerelle.workplace import Workplace
    from schemas.base import Language
    from schemas.source import Source, SourceError

PIPED_WIDTH = 120
"""Columns of a table that is not shown on a terminal."""
PATIENCE = 1.0
"""Seconds of work before a progress bar appears."""


@dataclass(frozen=True)
class Desk:
    """Global options, as every command gets them in ``context.obj``."""

    home: Path | None
    language: Language
    verbose: bool = False

    @property
    def settings(self) -> Settings:
        """Folders and database of this home."""
        return load_settings(self.home)

    @property
    def served(self) -> Path:
        """The release being served, written from here where it lies below."""
        place = self.settings.curated / "current"
        return place.relative_to(Path.cwd()) if place.is_relative_to(Path.cwd()) else place

    @property
    def called(self) -> str:
        """This command to be copied: with its path where it is not on PATH, and its home where one is named."""
        called, found = Path(sys.argv[0]), shutil.which("passerelle")
        known = called.name != "passerelle" or not called.exists() or (found and Path(found).samefile(called))
        home = f" --home {shlex.quote(str(self.home))}" if self.home else ""
        return ("passerelle" if known else os.path.relpath(called)) + home

    def sources(self) -> Mapping[str, Source]:
        """Read the sources, without opening the database.

        Raises:
            schemas.source.SourceError: a source file cannot be read.
        """
        from schemas.source import load_sources  # noqa: PLC0415

        return load_sources(*self.settings.source_folders)

    def workplace(self, broken: dict[Path, SourceError] | None = None) -> AbstractContextManager[Workplace]:
        """Open sources and database; source files that cannot be read go into ``broken`` where it is given."""
        from passerelle.workplace import open_workplace  # noqa: PLC0415

        if self.home and not self.settings.home.exists():
            self.warn("home.new", place=self.settings.home)  # perhaps a name mistyped
        return open_workplace(self.home, broken=broken)

    def text(self, key: str, /, **values: object) -> str:
        """Give a message in the language of this desk."""
        return message(key, self.language, **values)

    def tell(self, key: str, /, **values: object) -> None:
        """Write a message to standard output."""
        typer.echo(self.text(key, **values))

    def warn(self, key: str, /, **values: object) -> None:
        """Write a message to standard error."""
        typer.echo(self.text(key, **values), err=True)

    def one_of(self, said: str, option: str) -> Language:
        """Read a language given as an option.

        Raises:
            CommandError: it is neither fr nor en.
        """
        from passerelle.cli.errors import USAGE, CommandError  # noqa: PLC0415
        from schemas.base import LANGUAGES  # noqa: PLC0415

        found = next((language for language in LANGUAGES if language == said), None)
        if found is None:
            raise CommandError(self.text("language.choose", option=option), USAGE)
        return found

    def mark(self, fine: bool, said: str) -> None:
        """Write a line with a tick or a cross."""
        sign = typer.style("✓", fg=typer.colors.GREEN) if fine else typer.style("✗", fg=typer.colors.RED)
        typer.echo(f"{sign} {said}")

    @contextmanager
    def progress(self, key: str) -> Iterator[Callable[[int, int | None], None]]:
        """Show a bar for work over a second, where standard error is a terminal; yields ``advance(done, total)``.

        Where nobody knows the total, it is ``None``.
        """
        if not sys.stderr.isatty():
            yield lambda _done, _total: None
            return
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import MofNCompleteColumn, Progress  # noqa: PLC0415

        columns = (*Progress.get_default_columns(), MofNCompleteColumn())
        bar = Progress(*columns, console=Console(stderr=True), transient=True)
        task = bar.add_task(self.text(key), total=None)
        later = Timer(PATIENCE, bar.start)
        later.daemon = True
        later.start()
        try:
            yield lambda done, total: bar.update(task, completed=done, total=total)
        finally:
            later.cancel()
            later.join()
            bar.stop()


def epilog(*examples: str) -> str:
    """Write the examples below a command's help, a paragraph each."""
    return "\n\n".join(("Examples · Exemples", *examples))


def console() -> Console:
    """Open standard output for tables and colours."""
    from rich.console import Console  # noqa: PLC0415

    wide = None if sys.stdout.isatty() or "COLUMNS" in os.environ else PIPED_WIDTH
    return Console(width=wide, highlight=False)


def chosen_language(option: str | None) -> Language:
    """Give the language asked for, else that of the locale, else English."""
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "fr" if (option or locale).startswith("fr") else "en"


def set_up_logging(*, verbose: bool) -> None:
    """Send the stations' log to standard error where it was asked for; what matters is in the issue log anyway."""
    logging.basicConfig(
        level=logging.INFO if verbose else logging.CRITICAL, format="%(levelname)s %(name)s: %(message)s"
    )

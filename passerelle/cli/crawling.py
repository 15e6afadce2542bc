"""``passerelle crawl`` and ``passerelle raw``: visit the sources, and look into the archive."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from passerelle.cli.desk import Desk, console, epilog
from passerelle.cli.errors import INTERRUPTED, SKIPPED, USAGE, CommandError

if TYPE_CHECKING:
    from pathlib import Path

    from passerelle.crawling.crawl import Progress
    from passerelle.crawling.report import CrawlReport
    from passerelle.workplace import Workplace
    from schemas.source import Source, SourceError

PANEL = "The way of the data · Le chemin des données"
EXAMPLE = "exemple"
"""The source of the example site."""
NARROW = 100
"""Columns of a screen on which a table has little room between its columns."""
_COLUMNS = ("new", "changed", "unchanged", "gone", "failed", "blocked")
_DAY = "%Y-%m-%d"
_MOMENTS = (_DAY, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ")

raw = typer.Typer(
    help="The archive of everything fetched.\n\nL’archive de tout ce qui a été demandé.",
    epilog="Examples · Exemples\n\npasserelle raw list exemple\n\npasserelle raw show https://exemple.org/page/",
    no_args_is_help=True,
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    examples = ("passerelle crawl", "passerelle crawl maillage --limit 20", "passerelle crawl --dry-run")
    app.command(rich_help_panel=PANEL, epilog=epilog(*examples))(crawl)
    app.add_typer(raw, name="raw", rich_help_panel="Look · Regarder")


def crawl(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE]…", help="Sources; all enabled ones without. · Sources.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Pages asked for of each source, at most. · Pages, au plus.")
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Say what would be asked for, of a disabled source too; keep nothing. · Dire seulement."
        ),
    ] = False,
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=[_DAY], metavar="DATE", help="Only new pages, and those that the site dates later. · Depuis."
        ),
    ] = None,
) -> None:
    """Visit the sources: new and changed pages come into the archive. Ctrl-C stops; the next crawl goes on from there.

    Visiter les sources : les pages nouvelles ou changées entrent dans l’archive. Ctrl-C arrête; la visite
    suivante reprend là.
    """
    desk: Desk = context.obj
    broken: dict[Path, SourceError] = {}
    with desk.workplace(broken) as workplace:
        left_out = _tell_broken(desk, broken, names or ())
        wanted = [name for name in names or () if name not in left_out]
        if names and not wanted:
            raise typer.Exit(USAGE)
        chosen = _chosen(desk, workplace, wanted, may_be_disabled=dry_run)
        reports = run_crawl(workplace, chosen, limit=limit, dry_run=dry_run, since=since)
    if dry_run:
        for report in reports:
            _tell_plan(desk, report)
    else:
        tell_crawl(desk, reports)
    if any(report.end == "interrupted" for report in reports):
        desk.warn("interrupted")
        raise typer.Exit(INTERRUPTED)
    raise typer.Exit(SKIPPED if left_out or any(report.is_bad for report in reports) else 0)


def run_crawl(
    workplace: Workplace,
    sources: Sequence[Source],
    *,
    limit: int | None = None,
    dry_run: bool = False,
    since: datetime | None = None,
    only_starts: bool = False,
) -> tuple[CrawlReport, ...]:
    """Crawl some sources, with a bar for each where standard error is a terminal."""
    from passerelle.crawling.crawl import CrawlOptions, crawl_sources  # noqa: PLC0415
    from passerelle.crawling.fetchers import contact_of, fetchers, is_example  # noqa: PLC0415

    for source in sources:
        if not is_example(source):
            contact_of(source, workplace.settings)  # before any site is visited
    moment = since.replace(tzinfo=UTC) if since else None
    with _bars(sources) as progress, fetchers(workplace.settings) as make, _terminated():
        options = CrawlOptions(limit=limit, dry_run=dry_run, since=moment, only_starts=only_starts, progress=progress)
        return crawl_sources(sources, workplace=workplace, fetcher_factory=make, options=options)


def _tell_broken(desk: Desk, broken: Mapping[Path, SourceError], names: Sequence[str]) -> set[str]:
    """Say what is wrong with the source files that cannot be read, of those named; gives the names left out."""
    from passerelle.crawling.source_files import check_source_files  # noqa: PLC0415

    told = [path for path in broken if not names or path.stem in names]
    problems = check_source_files(desk.settings.source_folders) if told else []
    for path in told:
        lines = [one.text(desk.language) for one in problems if one.path == path and one.severity == "error"]
        for line in lines or [str(broken[path])]:
            desk.warn("sources.problem", severity=desk.text("severity.error"), said=line)
    return {path.stem for path in told}


def refuse_disabled(desk: Desk, source: Source) -> None:
    """Let nobody visit a site whose source is not enabled: its terms may not be settled yet.

    Raises:
        CommandError: the source is disabled.
    """
    if source.enabled:
        return
    paths = [folder / f"{source.name}.yml" for folder in desk.settings.source_folders]
    path = next((path for path in reversed(paths) if path.exists()), f"sources/{source.name}.yml")
    raise CommandError(desk.text("crawl.disabled", name=source.name, path=path), USAGE)


def _chosen(desk: Desk, workplace: Workplace, names: Sequence[str], *, may_be_disabled: bool) -> list[Source]:
    """Give the sources named, else all enabled ones that are crawled."""
    unknown = [name for name in names if name not in workplace.sources]
    if unknown:
        known = ", ".join(sorted(workplace.sources))
        raise CommandError(desk.text("issues.unknown", value=unknown[0], choices=known), USAGE)
    by_hand = [name for name in names if workplace.sources[name].crawl is None]
    if by_hand:
        raise CommandError(desk.text("crawl.by-hand", name=by_hand[0]), USAGE)
    chosen = [workplace.sources[name] for name in dict.fromkeys(names)]
    for source in () if may_be_disabled else chosen:
        refuse_disabled(desk, source)
    chosen = chosen or [source for source in workplace.sources.values() if source.enabled and source.crawl]
    if not chosen:
        raise CommandError(desk.text("crawl.none"), USAGE)
    return chosen


@raw.command("list", epilog="Examples · Exemples\n\npasserelle raw list\n\npasserelle raw list exemple --json")
def list_raw(
    context: typer.Context,
    source: Annotated[str | None, typer.Argument(help="Only of one source. · D’une source.")] = None,
    url: Annotated[str | None, typer.Option(help="Only of one URL. · D’une adresse.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines. · Écrire des lignes de JSON.")] = False,
) -> None:
    """List what is in the archive: when, status, media type, URL.

    Lister ce que contient l’archive : moment, statut, type, adresse.
    """
    from passerelle.crawling.archive import list_captures, raw_place  # noqa: PLC0415

    desk: Desk = context.obj
    for entry in list_captures(raw_place(desk.settings.raw, desk.settings.state), source=source, url=url):
        said = {
            "at": f"{entry.at:%Y-%m-%dT%H:%M:%SZ}",
            "status": entry.status,
            "media_type": entry.media_type,
            "url": entry.url,
        }
        if as_json:
            more = {"digest": entry.digest, "place": entry.place.model_dump()}
            typer.echo(json.dumps(said | more, ensure_ascii=False))
        else:
            typer.echo(f"{said['at']}  {entry.status or '–':>3}  {entry.media_type:<24}  {entry.url}")


@raw.command("show", epilog="Examples · Exemples\n\npasserelle raw show https://exemple.org/ --at 2026-11-01")
def show_raw(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="URL or digest (sha256:…). · Adresse ou empreinte.")],
    at: Annotated[
        datetime | None, typer.Option(formats=list(_MOMENTS), help="As of a time, in UTC. · À un moment, en UTC.")
    ] = None,
) -> None:
    """Write the body of a capture, as it came, to standard output.

    Écrire le contenu d’une capture, tel que reçu, sur la sortie standard.
    """
    from passerelle.crawling.archive import find, find_digest, raw_place, read_body  # noqa: PLC0415

    desk: Desk = context.obj
    place = raw_place(desk.settings.raw, desk.settings.state)
    moment = at.replace(tzinfo=UTC) if at else None
    entry = find_digest(place, url) if url.startswith("sha256:") else find(place, url, moment)
    if entry is None:
        raise CommandError(desk.text("raw.none", url=url), USAGE)
    body = read_body(place, entry.place, entry.digest)
    sys.stdout.flush()
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()


@contextmanager
def _bars(sources: Sequence[Source]) -> Iterator[Progress]:
    """Show a bar for each source, where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _source, _done, _total: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks = {source.name: bars.add_task(source.name, total=None) for source in sources}
        yield lambda name, done, total: bars.update(tasks[name], completed=done, total=total)


@contextmanager
def _terminated() -> Iterator[None]:
    """Take SIGTERM for Ctrl-C: a scheduler stops a crawl as cleanly as a person does."""

    def interrupt(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def tell_crawl(desk: Desk, reports: Sequence[CrawlReport]) -> None:
    """Write a table of what came of some crawls."""
    from rich.table import Table  # noqa: PLC0415

    screen = console()
    table = Table(box=None, padding=(0, 2 if screen.width > NARROW else 1, 0, 0))
    table.add_column(desk.text("sources.name"), no_wrap=True)
    # Rare, and worth a column of its own where there are any: nothing can be read from such pages.
    columns = (*_COLUMNS, "scripted") if any(report.counts.scripted for report in reports) else _COLUMNS
    for column in (*columns, "size"):
        table.add_column(desk.text(f"crawl.{column}"), justify="right", overflow="fold")
    table.add_column(desk.text("crawl.end"), no_wrap=True)
    for report in reports:
        counts = [str(getattr(report.counts, column)) for column in columns]
        size = desk.text("crawl.kilobytes", number=f"{report.counts.bytes / 1000:.0f}")
        table.add_row(report.source, *counts, size, desk.text(f"ended.{report.end}"))
    screen.print(table)
    issues = sum(len(report.issues) for report in reports)
    if issues:
        desk.tell("crawl.issues", count=issues)


def _tell_plan(desk: Desk, report: CrawlReport) -> None:
    for url in report.planned:
        typer.echo(f"{report.source}  {url}")
    desk.tell("crawl.planned", source=report.source, count=len(report.planned))
    for line in report.issues:
        desk.warn("ingest.issue", severity=desk.text(f"severity.{line.severity}"), said=line.message)

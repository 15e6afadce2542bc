"""``passerelle ingest``: take in pages given by hand, archived by others, or named in a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from passerelle.cli.desk import Desk
from passerelle.cli.errors import INTERRUPTED, SKIPPED, USAGE, CommandError

if TYPE_CHECKING:
    from passerelle.crawling.ingest import IngestReport
    from passerelle.workplace import Workplace
    from schemas.source import Source

EXAMPLES = (
    "passerelle ingest examples/site/manifest.json",
    "passerelle ingest page.html --source maillage --url https://exemple.passerelle.example/page/",
    "passerelle ingest collection.wacz crawl-2024.warc.gz",
    "passerelle ingest mirror/exemple.passerelle.example/ --source exemple",
    "passerelle ingest urls.txt --source exemple",
)
SHOWN = 10
"""Problems named one by one; the rest is in the issue log."""


@dataclass(frozen=True)
class Given:
    """What the command line says of what it is given."""

    source: str | None = None
    url: str | None = None
    at: datetime | None = None


def ingest(
    context: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH…",
            help="Manifest (.json), page (.html, .txt), folder of pages, WARC, WACZ, or list of URLs to fetch, one a "
            "line. · Manifeste, page, dossier de pages, WARC, WACZ, ou liste d’adresses à demander.",
        ),
    ],
    source: Annotated[
        str | None,
        typer.Option(help="Source of pages, folders and lists; of a WARC or WACZ, else told by host. · Source."),
    ] = None,
    url: Annotated[
        str | None, typer.Option(help="URL of a page or of a folder. · URL d’une page, d’un dossier.")
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(help="When pages were saved, e.g. 2026-11-21T08:30:00Z; else each file’s time. · Moment."),
    ] = None,
) -> None:
    """Take pages given by hand, or archived by others, into the archive, raw/. Nothing is taken twice.

    Verser dans l’archive des pages fournies à la main ou archivées par d’autres. Rien n’est versé deux fois.
    """
    desk: Desk = context.obj
    if url and len(paths) > 1:
        raise typer.BadParameter("give one page or folder with --url", param_hint="--url")
    given = _given(source, url, at)
    reports: list[IngestReport] = []
    with desk.workplace() as workplace:
        for path in paths:
            reports.append(take_in(desk, workplace, path, given))
            if reports[-1].is_interrupted:
                break
    tell_ingest(desk, reports)
    if reports[-1].is_interrupted:
        desk.warn("interrupted")
        raise typer.Exit(INTERRUPTED)
    raise typer.Exit(SKIPPED if skipped(reports) else 0)


def take_in(desk: Desk, workplace: Workplace, path: Path, given: Given) -> IngestReport:
    """Take one thing in, whatever it is.

    Raises:
        CommandError: there is no such file, or an option is missing or does not go with it.
    """
    from passerelle.crawling.foreign import kind_of  # noqa: PLC0415
    from passerelle.crawling.ingest import ingest_manifest  # noqa: PLC0415

    try:
        kind = kind_of(path)
    except FileNotFoundError:
        raise CommandError(desk.text("ingest.no-file", path=path), USAGE) from None
    if given.url and kind not in {"page", "tree"}:
        raise CommandError(desk.text("ingest.no-url", path=path), USAGE)
    if kind == "archive":
        return _take_archive(desk, workplace, path, given.source)
    if kind == "manifest":
        with _counting(desk) as count:
            return ingest_manifest(
                path, store=workplace.store, raw=workplace.raw, sources=workplace.sources, progress=count
            )
    if given.source is None:
        raise CommandError(desk.text("ingest.no-source", path=path), USAGE)
    if kind == "urls":
        return _fetch(desk, workplace, path, given.source)
    return (_take_tree if kind == "tree" else _take_page)(desk, workplace, path, given.source, given)


def skipped(reports: Sequence[IngestReport]) -> int:
    """Count what was not taken."""
    return sum(report.skipped for report in reports)


def tell_ingest(desk: Desk, reports: Sequence[IngestReport]) -> None:
    """Say what came of it: the problems, then one line; what is no problem only where something is new."""
    issues = [issue for report in reports for issue in report.issues if report.new or issue.severity != "info"]
    for issue in issues[:SHOWN]:
        desk.warn("ingest.issue", severity=desk.text(f"severity.{issue.severity}"), said=issue.message)
    if len(issues) > SHOWN:
        desk.warn("ingest.more", count=len(issues) - SHOWN)
    new, known = sum(report.new for report in reports), sum(report.known for report in reports)
    desk.tell("ingest.done", new=new, known=known, skipped=skipped(reports))


def _given(source: str | None, url: str | None, at: str | None) -> Given:
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415

    from schemas.base import Time  # noqa: PLC0415
    from schemas.capture import SourceName  # noqa: PLC0415

    try:
        name = TypeAdapter(SourceName).validate_python(source) if source is not None else None
        return Given(name, url, TypeAdapter(Time).validate_python(at) if at else None)
    except ValidationError as error:
        said = "; ".join(f"{problem['input']}: {problem['msg']}" for problem in error.errors())
        raise CommandError(said, USAGE) from error


def _take_archive(desk: Desk, workplace: Workplace, path: Path, source: str | None) -> IngestReport:
    from passerelle.crawling.foreign import ingest_warc  # noqa: PLC0415

    with _counting(desk) as count:
        return ingest_warc(
            path,
            source=source,
            store=workplace.store,
            raw=workplace.raw,
            sources=workplace.sources,
            progress=count,
        )


def _take_tree(desk: Desk, workplace: Workplace, path: Path, source: str, given: Given) -> IngestReport:
    from passerelle.crawling.foreign import ingest_tree  # noqa: PLC0415

    with _counting(desk) as count:
        return ingest_tree(
            path,
            source=source,
            base_url=given.url,
            captured_at=given.at,
            store=workplace.store,
            raw=workplace.raw,
            sources=workplace.sources,
            progress=count,
        )


def _take_page(_desk: Desk, workplace: Workplace, path: Path, source: str, given: Given) -> IngestReport:
    from passerelle.crawling.ingest import ingest_page  # noqa: PLC0415

    return ingest_page(
        path,
        source=source,
        url=given.url,
        captured_at=given.at or datetime.fromtimestamp(path.stat().st_mtime, UTC),
        store=workplace.store,
        raw=workplace.raw,
        sources=workplace.sources,
    )


def _fetch(desk: Desk, workplace: Workplace, path: Path, name: str) -> IngestReport:
    from passerelle.cli.crawling import refuse_disabled, run_crawl  # noqa: PLC0415
    from passerelle.crawling.foreign import ingest_urls  # noqa: PLC0415
    from passerelle.crawling.report import CrawlReport  # noqa: PLC0415

    source = workplace.sources.get(name)
    if source is None:
        known = ", ".join(sorted(workplace.sources))
        raise CommandError(desk.text("issues.unknown", value=name, choices=known), USAGE)
    refuse_disabled(desk, source)

    def crawl(listed: Source) -> CrawlReport:
        reports = run_crawl(workplace, [listed], only_starts=True)
        return reports[0] if reports else CrawlReport(name, "interrupted")

    return ingest_urls(path, source=source, store=workplace.store, crawl=crawl)


@contextmanager
def _counting(desk: Desk) -> Iterator[Callable[[int], None]]:
    done = 0
    with desk.progress("progress.ingest") as advance:

        def count(more: int) -> None:
            nonlocal done
            done += more
            advance(done, None)

        yield count

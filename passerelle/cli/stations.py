"""The commands of the stations, from ingest to publish, and ``run`` for the whole way."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from passerelle.cli.desk import Desk
from passerelle.cli.errors import REFUSED, SKIPPED, TROUBLE, USAGE, CommandError

if TYPE_CHECKING:
    from passerelle.crawling.ingest import IngestReport
    from passerelle.pipeline import StationReport
    from passerelle.publishing.release import PublishOutcome
    from passerelle.workplace import Workplace

PANEL = "The way of the data · Le chemin des données"
SHOWN = 10
"""Problems named one by one; the rest is in the issue log."""

AcceptDrop = Annotated[
    bool,
    typer.Option(
        "--accept-drop", help="Publish even if counts fall; wrong data is still refused. · Publier malgré une baisse."
    ),
]


@dataclass(frozen=True)
class _Given:
    """What the command line says of a single page."""

    source: str | None
    url: str | None
    at: str | None


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line, in the order of the way of the data."""

    def command(function: Callable[..., None], *examples: str) -> None:
        app.command(rich_help_panel=PANEL, epilog="\n\n".join(("Examples · Exemples", *examples)))(function)

    command(
        run,
        "passerelle run",
        "passerelle run --example",
        "passerelle run examples/site/manifest.json",
        "passerelle run --prefect",
    )
    command(
        ingest,
        "passerelle ingest examples/site/manifest.json",
        "passerelle ingest page.html --source maillage --url https://exemple.passerelle.example/page/",
    )
    command(extract, "passerelle extract")
    command(match, "passerelle match")
    command(translate, "passerelle translate", "PASSERELLE_ENGINE=none passerelle translate")
    command(publish, "passerelle publish", "passerelle publish --accept-drop")


def ingest(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH…", help="A manifest (.json), or saved pages (.html, .txt).")
    ],
    source: Annotated[str | None, typer.Option(help="Source of a single page. · Source d’une page seule.")] = None,
    url: Annotated[str | None, typer.Option(help="URL of a single page. · URL d’une page seule.")] = None,
    at: Annotated[
        str | None,
        typer.Option(help="When the page was saved, e.g. 2026-11-21T08:30:00Z; else the file’s time. · Moment."),
    ] = None,
) -> None:
    """Take pages given by hand into the archive, raw/.

    Verser dans l’archive des pages fournies à la main.
    """
    desk: Desk = context.obj
    if url and len(paths) > 1:
        raise typer.BadParameter("give one page with --url", param_hint="--url")
    with desk.workplace() as workplace:
        reports = [_take_in(desk, workplace, path, _Given(source, url, at)) for path in paths]
    _tell_ingest(desk, reports)
    raise typer.Exit(SKIPPED if _skipped(reports) else 0)


def extract(context: typer.Context) -> None:
    """Read every archived page that is new, or whose extractor changed.

    Lire chaque page nouvelle, ou dont l’extracteur a changé.
    """
    _station(context, "extract")


def match(context: typer.Context) -> None:
    """Bring the pages that speak of one thing together into one record.

    Réunir en une fiche les pages qui parlent de la même chose.
    """
    _station(context, "match")


def translate(context: typer.Context) -> None:
    """Fill the gaps between the languages: memory first, then the engine.

    Combler les trous entre les langues : la mémoire d’abord, puis le moteur.
    """
    _station(context, "translate")


def publish(context: typer.Context, accept_drop: AcceptDrop = False) -> None:
    """Publish the records as the next release, unless the gate refuses it.

    Publier les fiches, sauf si le contrôle refuse la version.
    """
    from passerelle import pipeline  # noqa: PLC0415

    desk: Desk = context.obj
    with desk.workplace() as workplace:
        outcome = pipeline.publish(workplace, accept_drop=accept_drop)
    if outcome.status == "refused":
        _refuse(desk, outcome)
    desk.tell(f"publish.{outcome.status}", number=outcome.number, place=desk.served)


def run(
    context: typer.Context,
    manifests: Annotated[
        list[Path] | None, typer.Argument(metavar="[MANIFEST]…", help="Manifests to take in first.")
    ] = None,
    accept_drop: AcceptDrop = False,
    example: Annotated[
        bool, typer.Option("--example", help="Crawl the example site first. · Visiter d’abord le site d’exemple.")
    ] = False,
    prefect: Annotated[
        bool, typer.Option("--prefect", help="Go as Prefect flows, with a history. · Avec Prefect.")
    ] = False,
) -> None:
    """Go the whole way: take in, extract, match, translate, publish. Nothing is done twice.

    Tout le chemin, de l’archive à la version publiée. Rien n’est refait.
    """
    desk: Desk = context.obj
    reports: list[IngestReport] = []
    if example:
        _crawl_example(desk)
    if manifests:
        with desk.workplace() as workplace:
            reports = [_take_in(desk, workplace, path) for path in manifests]
    new = any(report.new for report in reports)
    if new or _skipped(reports):
        _tell_ingest(desk, reports)
    changed = _run_flows(desk, accept_drop) if prefect else _run_plain(desk, accept_drop)
    with desk.workplace() as workplace:
        from passerelle.cli.summary import tell_summary  # noqa: PLC0415

        tell_summary(desk, workplace, changed=changed or new)
    raise typer.Exit(SKIPPED if _skipped(reports) else 0)


def _run_plain(desk: Desk, accept_drop: bool) -> bool:
    from passerelle import pipeline  # noqa: PLC0415

    with desk.workplace() as workplace, desk.progress("progress.run") as advance:
        report = pipeline.run(workplace, accept_drop=accept_drop, advance=advance)
    if report.outcome.status == "refused":
        _refuse(desk, report.outcome)
    return report.outcome.status != "unchanged"


def _crawl_example(desk: Desk) -> None:
    from passerelle.cli.crawling import EXAMPLE, run_crawl, tell_crawl  # noqa: PLC0415

    with desk.workplace() as workplace:
        reports = run_crawl(workplace, [workplace.sources[EXAMPLE]])
    if any(report.is_bad or report.issues or report.counts.pages != report.counts.unchanged for report in reports):
        tell_crawl(desk, reports)
    if any(report.end == "interrupted" for report in reports):
        raise KeyboardInterrupt


def _run_flows(desk: Desk, accept_drop: bool) -> bool:
    os.environ["PASSERELLE_HOME"] = str(desk.settings.home)  # where flows/ settles Prefect's own home
    from flows.stations import ReleaseRefusedError, whole_way  # noqa: PLC0415
    from passerelle.publishing.folder import current_release  # noqa: PLC0415

    before = current_release(desk.settings.curated)
    served = before.number if before else None
    try:
        number = whole_way(str(desk.settings.home), accept_drop=accept_drop)
    except ReleaseRefusedError as refused:
        raise CommandError(f"{_refused_head(desk, served)}\n{refused}", REFUSED) from None
    return number != served


def _station(context: typer.Context, name: str) -> None:
    from passerelle import pipeline  # noqa: PLC0415

    desk: Desk = context.obj
    with desk.workplace() as workplace, desk.progress(f"progress.{name}") as advance:
        report: StationReport
        if name == "match":
            report = pipeline.match(workplace)
        else:
            report = (pipeline.extract if name == "extract" else pipeline.translate)(workplace, advance)
    desk.tell(f"station.{name}", changed=report.changed, total=report.total, issues=report.issues)


def _take_in(desk: Desk, workplace: Workplace, path: Path, given: _Given | None = None) -> IngestReport:
    if path.suffix.lower() == ".json":
        return _take_manifest(desk, workplace, path)
    if not path.is_file():
        raise CommandError(desk.text("ingest.no-file", path=path), USAGE)
    if given is None or given.source is None:
        raise CommandError(desk.text("ingest.no-source", path=path), USAGE)
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415

    from passerelle.crawling.ingest import ingest_page  # noqa: PLC0415
    from schemas.base import Time  # noqa: PLC0415

    try:
        return ingest_page(
            path,
            source=given.source,
            url=given.url,
            captured_at=TypeAdapter(Time).validate_python(
                given.at or datetime.fromtimestamp(path.stat().st_mtime, UTC)
            ),
            store=workplace.store,
            raw=workplace.settings.raw,
            sources=workplace.sources,
        )
    except ValidationError as error:
        said = "; ".join(f"{problem['input']}: {problem['msg']}" for problem in error.errors())
        raise CommandError(said, USAGE) from error


def _take_manifest(desk: Desk, workplace: Workplace, path: Path) -> IngestReport:
    from passerelle.crawling.ingest import ingest_manifest  # noqa: PLC0415

    done = 0
    with desk.progress("progress.ingest") as advance:

        def count(files: int) -> None:
            nonlocal done
            done += files
            advance(done, done)

        return ingest_manifest(
            path, store=workplace.store, raw=workplace.settings.raw, sources=workplace.sources, progress=count
        )


def _skipped(reports: Sequence[IngestReport]) -> int:
    return sum(issue.severity == "error" for report in reports for issue in report.issues)


def _tell_ingest(desk: Desk, reports: Sequence[IngestReport]) -> None:
    issues = [issue for report in reports for issue in report.issues]
    for issue in issues[:SHOWN]:
        desk.warn("ingest.issue", severity=desk.text(f"severity.{issue.severity}"), said=issue.message)
    if len(issues) > SHOWN:
        desk.warn("ingest.more", count=len(issues) - SHOWN)
    new, known = sum(report.new for report in reports), sum(report.known for report in reports)
    desk.tell("ingest.done", new=new, known=known, skipped=_skipped(reports))


def _refuse(desk: Desk, outcome: PublishOutcome) -> None:
    busy = any(reason.code == "publish-busy" for reason in outcome.reasons)
    lines = [_refused_head(desk, outcome.number), *(f"- {reason.message}" for reason in outcome.reasons[:SHOWN])]
    if len(outcome.reasons) > SHOWN:
        lines.append(desk.text("ingest.more", count=len(outcome.reasons) - SHOWN))
    raise CommandError("\n".join(lines), TROUBLE if busy else REFUSED)


def _refused_head(desk: Desk, served: int | None) -> str:
    return desk.text("publish.refused" if served else "publish.refused-first", number=served)

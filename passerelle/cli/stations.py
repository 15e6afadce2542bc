"""The commands of the stations, from ingest to publish, and ``run`` for the whole way."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from passerelle.cli.desk import Desk, epilog
from passerelle.cli.errors import REFUSED, SKIPPED, TROUBLE, CommandError
from passerelle.cli.ingest import EXAMPLES, SHOWN, Given, ingest, skipped, take_in, tell_ingest

if TYPE_CHECKING:
    from passerelle.crawling.ingest import IngestReport
    from passerelle.pipeline import StationReport
    from passerelle.publishing.release import PublishOutcome

PANEL = "The way of the data · Le chemin des données"

AcceptDrop = Annotated[
    bool,
    typer.Option(
        "--accept-drop", help="Publish even if counts fall; wrong data is still refused. · Publier malgré une baisse."
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line, in the order of the way of the data."""

    def command(function: Callable[..., None], *examples: str) -> None:
        app.command(rich_help_panel=PANEL, epilog=epilog(*examples))(function)

    command(
        run,
        "passerelle run",
        "passerelle run --example",
        "passerelle run examples/site/manifest.json",
        "passerelle run --prefect",
    )
    command(ingest, *EXAMPLES)
    command(extract, "passerelle extract")
    command(match, "passerelle match")
    command(
        translate,
        "passerelle translate",
        "passerelle translate --report",
        "PASSERELLE_ENGINE=none passerelle translate",
    )
    command(publish, "passerelle publish", "passerelle publish --dry-run", "passerelle publish --accept-drop")


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


def translate(
    context: typer.Context,
    report: Annotated[
        bool, typer.Option("--report", help="Tell where all texts come from. · Dire d’où vient chaque texte.")
    ] = False,
) -> None:
    """Fill the gaps between the languages: memory first, then the engine.

    Combler les trous entre les langues : la mémoire d’abord, puis le moteur.
    """
    done = _station(context, "translate")
    if report:
        from passerelle.cli.translating import tell_report  # noqa: PLC0415

        tell_report(context.obj, done)


def publish(
    context: typer.Context,
    accept_drop: AcceptDrop = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and change nothing. · Montrer sans publier.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="With --dry-run, show every record. · Toutes les fiches.")
    ] = False,
) -> None:
    """Publish the records as the next release, unless the gate refuses it.

    Publier les fiches, sauf si le contrôle refuse la version.
    """
    from passerelle import pipeline  # noqa: PLC0415

    desk: Desk = context.obj
    with desk.workplace() as workplace:
        if dry_run:
            from passerelle.cli.planning import SHOWN, show_plan  # noqa: PLC0415

            lines = sys.maxsize if everything else SHOWN
            show_plan(desk, pipeline.plan(workplace, accept_drop=accept_drop, lines=lines), everything=everything)
            return
        outcome = pipeline.publish(workplace, accept_drop=accept_drop)
    tell_published(desk, outcome)


def tell_published(desk: Desk, outcome: PublishOutcome) -> None:
    """Say what came of publishing.

    Raises:
        CommandError: the gate refused it.
    """
    if outcome.damaged:
        place = desk.settings.curated / "releases"
        desk.warn("publish.damaged", numbers=", ".join(map(str, outcome.damaged)), place=place)
    if outcome.status == "refused":
        _refuse(desk, outcome)
    if outcome.number is None:
        desk.tell("publish.nothing")
        return
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
            reports = [take_in(desk, workplace, path, Given()) for path in manifests]
    new = any(report.new for report in reports)
    if new or skipped(reports):
        tell_ingest(desk, reports)
    changed = _run_flows(desk, accept_drop) if prefect else _run_plain(desk, accept_drop)
    with desk.workplace() as workplace:
        from passerelle.cli.summary import tell_summary  # noqa: PLC0415

        tell_summary(desk, workplace, changed=changed or new)
    raise typer.Exit(SKIPPED if skipped(reports) else 0)


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


def _station(context: typer.Context, name: str) -> StationReport:
    from passerelle import pipeline  # noqa: PLC0415

    desk: Desk = context.obj
    with desk.workplace() as workplace, desk.progress(f"progress.{name}") as advance:
        report: StationReport
        if name == "match":
            report = pipeline.match(workplace)
        else:
            report = (pipeline.extract if name == "extract" else pipeline.translate)(workplace, advance)
    desk.tell(f"station.{name}", changed=report.changed, total=report.total, issues=report.issues)
    return report


def _refuse(desk: Desk, outcome: PublishOutcome) -> None:
    busy = any(reason.code == "publish-busy" for reason in outcome.reasons)
    lines = [_refused_head(desk, outcome.number), *(f"- {reason.message}" for reason in outcome.reasons[:SHOWN])]
    if len(outcome.reasons) > SHOWN:
        lines.append(desk.text("ingest.more", count=len(outcome.reasons) - SHOWN))
    raise CommandError("\n".join(lines), TROUBLE if busy else REFUSED)


def _refused_head(desk: Desk, served: int | None) -> str:
    return desk.text("publish.refused" if served else "publish.refused-first", number=served)

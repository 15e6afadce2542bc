"""``passerelle releases``: the releases on disk, and the deltas between them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from passerelle.cli.desk import Desk, console, epilog
from passerelle.cli.errors import USAGE, CommandError

if TYPE_CHECKING:
    from schemas.release import ReleaseManifest

PANEL = "Publish · Publier"

app = typer.Typer(
    no_args_is_help=True,
    help="List releases; lead from one to another by its delta.\n\nLes versions et leurs écarts.",
    epilog="Examples · Exemples\n\npasserelle releases list\n\npasserelle releases diff 3 7 > 3-7.ndjson",
)


@app.command("list", epilog=epilog("passerelle releases list"))
def list_releases(context: typer.Context) -> None:
    """List the releases on disk, the one being served marked.

    Lister les versions sur le disque.
    """
    from rich.table import Table  # noqa: PLC0415

    from passerelle.publishing.folder import (  # noqa: PLC0415
        Release,
        current_release,
        numbers,
        release_folder,
        taken_back,
    )

    desk: Desk = context.obj
    curated = desk.settings.curated
    there = numbers(curated)
    if not there:
        desk.tell("releases.none")
        return
    served, back = current_release(curated), taken_back(curated)
    table = Table(*(desk.text(f"releases.{name}") for name in ("number", "as-of", "records", "state")))
    for number in there:
        release = Release(release_folder(curated, number))
        states = {
            "served": bool(served and served.number == number),
            "taken-back": number in back,
            "damaged": not release.sound,
        }
        said = ", ".join(desk.text(f"releases.{state}") for state, holds in states.items() if holds)
        table.add_row(str(number), *(_told(release.manifest) if release.sound else ("–", "–")), said)
    console().print(table)


def _told(manifest: ReleaseManifest) -> tuple[str, str]:
    """Give the date of a release and the number of its records."""
    records = sum(manifest.counts.get(name, 0) for name in ("initiatives", "organizations", "news"))
    return f"{manifest.as_of:%Y-%m-%d}", str(records)


@app.command("diff", epilog=epilog("passerelle releases diff 3 7", "passerelle releases diff 7 3 > back.ndjson"))
def diff(
    context: typer.Context,
    before: Annotated[int, typer.Argument(metavar="FROM", min=1, help="Release that one has. · Version de départ.")],
    after: Annotated[int, typer.Argument(metavar="TO", min=1, help="Release that one wants. · Version d’arrivée.")],
) -> None:
    """Write the delta from one release to another, newer or older, as lines of JSON.

    Écrire l’écart d’une version à une autre, en lignes JSON.
    """
    from passerelle.publishing.deltas import delta_between  # noqa: PLC0415
    from passerelle.publishing.folder import Release, release_folder  # noqa: PLC0415

    desk: Desk = context.obj
    curated = desk.settings.curated
    must_be_there(desk, before, after)
    releases = [Release(release_folder(curated, number)) for number in (before, after)]
    for line in delta_between(*releases):
        sys.stdout.buffer.write(line)


@app.command("apply", epilog=epilog("passerelle releases apply 3-4.ndjson 4-5.ndjson --from release-3 --out release-5"))
def apply(
    context: typer.Context,
    deltas: Annotated[
        list[Path], typer.Argument(metavar="DELTA…", exists=True, dir_okay=False, help="In order. · Dans l’ordre.")
    ],
    before: Annotated[
        Path, typer.Option("--from", metavar="DIR", exists=True, file_okay=False, help="Release one has. · Départ.")
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="New folder to write to. · Nouveau dossier.")],
) -> None:
    """Make the lists and record files of a later release from those of an earlier one.

    Faire d’une version les fichiers d’une version suivante.
    """
    from passerelle.publishing.apply import apply_delta  # noqa: PLC0415

    desk: Desk = context.obj
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise CommandError(desk.text("releases.out-there", place=out), USAGE)
    apply_delta(before.resolve(), deltas, out)
    desk.tell("releases.applied", place=out)


def must_be_there(desk: Desk, *wanted: int) -> None:
    """Refuse numbers of releases that are not on disk, as wrong usage."""
    from passerelle.publishing.folder import numbers  # noqa: PLC0415

    there = numbers(desk.settings.curated)
    for number in wanted:
        if number not in there:
            named = ", ".join(map(str, there)) or "–"
            raise CommandError(desk.text("releases.no-release", number=number, there=named), USAGE)

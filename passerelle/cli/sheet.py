"""``passerelle sheet``: records as a spreadsheet, and a spreadsheet as decisions."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from passerelle.cli.desk import Desk, epilog
from passerelle.cli.errors import SKIPPED, USAGE, CommandError
from passerelle.cli.memory import SHOWN

if TYPE_CHECKING:
    from passerelle.review.exchange.importing import Place, Preview

PANEL = "Review · Réviser"

app = typer.Typer(
    no_args_is_help=True,
    help="Edit many records in a spreadsheet, as at the desk.\n\nModifier des fiches dans un tableur.",
    epilog=epilog("passerelle sheet export --region 16 records.xlsx", "passerelle sheet import records.xlsx"),
)


@app.command(
    epilog=epilog(
        "passerelle sheet export records.xlsx", "passerelle sheet export --type initiative --theme runaway records.csv"
    )
)
def export(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(dir_okay=False, help="The .xlsx or .csv file. · Le fichier.")],
    *,
    type_: Annotated[str, typer.Option("--type", metavar="initiative|organization|news")] = "",
    source: Annotated[str, typer.Option(help="Only of this source. · De cette source.")] = "",
    region: Annotated[str, typer.Option(help="Only of this region, 01 to 17. · De cette région.")] = "",
    theme: Annotated[str, typer.Option(help="Only of this theme. · De ce thème.")] = "",
    reason: Annotated[str, typer.Option(help="Only those in the queue for this reason. · Pour cette raison.")] = "",
    query: Annotated[str, typer.Option("--query", "-q", help="Only those with these words. · Avec ces mots.")] = "",
) -> None:
    """Write the records of a filter: a row each, with all fields and the version that they have now.

    Écrire les fiches d’un filtre : une ligne chacune, tous les champs, et leur version actuelle.
    """
    from passerelle.review.exchange.files import to_csv, to_xlsx  # noqa: PLC0415
    from passerelle.review.exchange.guide import Guide  # noqa: PLC0415
    from passerelle.review.exchange.sheets import sheets  # noqa: PLC0415
    from passerelle.review.queue import Filter, ids  # noqa: PLC0415
    from passerelle.reviewing import helper  # noqa: PLC0415

    desk: Desk = context.obj
    if path.suffix not in {".csv", ".xlsx"}:
        raise CommandError(desk.text("sheet.ending", path=path), USAGE)
    if not path.parent.is_dir():
        raise CommandError(desk.text("sheet.no-folder", folder=path.parent), USAGE)
    wanted = Filter(q=query, type=type_, source=source, region=region, theme=theme, reason=reason)
    with desk.workplace() as workplace:
        help_ = helper(workplace)
        with workplace.store.session() as session:
            found = sheets(session, ids(session, wanted), help_)
    if not found:
        raise CommandError(desk.text("sheet.nothing"), USAGE)
    if path.suffix == ".csv" and len(found) > 1:
        raise CommandError(desk.text("sheet.several-types"), USAGE)
    path.write_bytes(to_csv(found[0]) if path.suffix == ".csv" else to_xlsx(found, Guide(help_)))
    desk.tell("sheet.exported", count=sum(len(one.rows) for one in found), path=path)


@app.command(
    "import", epilog=epilog("passerelle sheet import records.xlsx", "passerelle sheet import --yes records.csv")
)
def import_sheet(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The edited file. · Le fichier modifié.")],
    yes: Annotated[bool, typer.Option("--yes", help="Save without asking. · Enregistrer sans demander.")] = False,
    by: Annotated[
        str | None, typer.Option("--by", envvar="PASSERELLE_CURATOR", help="Who edited. · Qui a modifié.")
    ] = None,
) -> None:
    """Show what an edited file would change, then save it as one act; what others changed meanwhile stays.

    Montrer ce qu’un fichier modifié changerait, puis l’enregistrer en un seul geste.
    """
    from passerelle.review.errors import InvalidAct  # noqa: PLC0415
    from passerelle.review.exchange.bringing import apply  # noqa: PLC0415
    from passerelle.review.exchange.brought import BROUGHT  # noqa: PLC0415
    from passerelle.review.exchange.files import read_file  # noqa: PLC0415
    from passerelle.review.exchange.importing import preview  # noqa: PLC0415
    from passerelle.reviewing import helper  # noqa: PLC0415

    desk: Desk = context.obj
    who = by or getpass.getuser()
    with desk.workplace() as workplace:
        help_ = helper(workplace)
        try:
            with workplace.store.session() as session:
                found = preview(session, read_file(path.read_bytes(), path.name), help_, who)
        except InvalidAct as refused:
            raise CommandError(_said(desk, refused.key, refused.values), USAGE) from refused
        _show(desk, path, found)
        if found.changes and (yes or _agreed(desk)):
            with workplace.store.session() as session:
                done = apply(session, found.acts, by=who, help=help_, reason=f"{BROUGHT}{path.name}")
            desk.tell("sheet.saved", count=len(done), first=done[0].id)
    raise typer.Exit(SKIPPED if found.conflicts or found.problems else 0)


def _agreed(desk: Desk) -> bool:
    """Ask, where there is somebody to answer."""
    if sys.stdin.isatty() and typer.confirm(desk.text("sheet.confirm")):
        return True
    desk.tell("sheet.not-saved")
    return False


def _show(desk: Desk, path: Path, found: Preview) -> None:
    counts = {"changes": len(found.changes), "conflicts": len(found.conflicts), "problems": len(found.problems)}
    desk.tell("sheet.sums", path=path, records=found.records, unchanged=found.unchanged, **counts)
    for one in found.changes[:SHOWN]:
        desk.tell(
            "sheet.change", place=_at(one.place), record=one.record, before=_short(one.before), after=_short(one.after)
        )
    if len(found.changes) > SHOWN:
        desk.tell("sheet.more", count=len(found.changes) - SHOWN)
    for conflict in found.conflicts:
        who = "".join(f", {one.by}" for one in conflict.since)
        told = {"theirs": _short(conflict.theirs), "mine": _short(conflict.mine), "who": who}
        desk.warn("sheet.conflict", place=_at(conflict.place), record=conflict.record, **told)
    for problem in found.problems:
        typer.echo(f"{path}: {_at(problem.place)}: {_said(desk, problem.key, dict(problem.values))}", err=True)


def _at(place: Place) -> str:
    return ":".join(filter(None, (place.sheet, str(place.row), place.column)))


def _short(text: str, most: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _said(desk: Desk, key: str, values: dict[str, object]) -> str:
    from passerelle.review.web.words import has_words, translator  # noqa: PLC0415

    return translator(desk.language)(f"invalid.{key}", **values) if has_words(f"invalid.{key}") else key

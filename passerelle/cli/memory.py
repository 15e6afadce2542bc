"""``passerelle memory``: the translation memory, exchanged as TMX."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from passerelle.cli.desk import Desk, epilog
from passerelle.cli.errors import SKIPPED, USAGE, CommandError
from passerelle.cli.messages import field_label
from passerelle.translation.reasons import reason_label

if TYPE_CHECKING:
    from passerelle.translation.tmx import TmxImport

PANEL = "Look after · Entretenir"
SHOWN = 20
"""Lines of a preview; a summary counts them all."""

app = typer.Typer(
    no_args_is_help=True,
    help="Exchange the translation memory with translators' tools.\n\nLa mémoire de traduction.",
    epilog="Examples · Exemples\n\npasserelle memory export memory.tmx\n\npasserelle memory import theirs.tmx",
)

Undo = Annotated[
    bool, typer.Option("--undo", help="Take back what this file gave. · Enlever ce que ce fichier a donné.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show, and change nothing. · Montrer sans rien changer.")]


@app.command(epilog=epilog("passerelle memory export memory.tmx"))
def export(
    context: typer.Context, path: Annotated[Path, typer.Argument(help="The .tmx file. · Le fichier .tmx.")]
) -> None:
    """Write what people translated as TMX 1.4b.

    Écrire en TMX 1.4b ce que des personnes ont traduit.
    """
    from passerelle.pipeline import known_texts  # noqa: PLC0415
    from passerelle.store.records import load_matched  # noqa: PLC0415
    from passerelle.translation.tmx import write_tmx  # noqa: PLC0415

    desk: Desk = context.obj
    with desk.workplace() as workplace, workplace.store.session() as session:
        memory = known_texts(session, load_matched(session))
    desk.tell("memory.exported", count=write_tmx(memory.by_people, path), path=path)


@app.command("import", epilog=epilog("passerelle memory import --dry-run theirs.tmx"))
def import_tmx(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The .tmx file. · Le fichier .tmx.")],
    dry_run: DryRun = False,
    undo: Undo = False,
) -> None:
    """Take a TMX file into the memory, as people's translations.

    Prendre un fichier TMX dans la mémoire, comme traductions humaines.
    """
    from passerelle.pipeline import known_texts  # noqa: PLC0415
    from passerelle.store.records import load_matched  # noqa: PLC0415
    from passerelle.store.texts import import_memory, take_back  # noqa: PLC0415
    from passerelle.translation.tmx import read_tmx  # noqa: PLC0415
    from schemas.capture import digest_of  # noqa: PLC0415

    desk: Desk = context.obj
    digest = digest_of(path.read_bytes())
    with desk.workplace() as workplace, workplace.store.session() as session:
        if undo:
            count = take_back(session, digest)
            if not count:
                raise CommandError(desk.text("memory.nothing-to-undo", path=path), USAGE)
            if dry_run:
                session.rollback()
                desk.tell("memory.would-undo", count=count, path=path)
                desk.tell("exchange.dry")
            else:
                desk.tell("memory.undone", count=count, path=path)
            return
        read = read_tmx(path, known_texts(session, load_matched(session)))
        _preview(desk, path, read)
        if dry_run:
            desk.tell("exchange.dry")
        else:
            import_memory(session, read.entries, digest)
            desk.tell("memory.imported", count=len(read.entries), path=path)
    raise typer.Exit(SKIPPED if read.complaints else 0)


def _preview(desk: Desk, path: Path, read: TmxImport) -> None:
    bad = read.complaints
    counts = {"new": len(read.new), "changed": len(read.changed), "known": read.known, "bad": len(bad)}
    desk.tell("memory.preview", path=path, **counts)
    for ours, theirs in read.changed[:SHOWN]:
        told = {"source": ours.source, "ours": ours.target, "theirs": theirs.target}
        if ours.context == theirs.context:
            desk.tell("memory.changed", **told)
        else:
            desk.tell("memory.beside", **told, field=field_label(ours.context or "", desk.language))
    for theirs, failures in read.remarks[:SHOWN]:
        named = ", ".join(reason_label(check, desk.language) for check in failures)
        desk.tell("memory.remark", checks=named, source=theirs.source, theirs=theirs.target)
    for complaint in bad[:SHOWN]:
        typer.echo(f"{path}:{complaint.text(desk.language)}", err=True)

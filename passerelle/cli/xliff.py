"""``passerelle xliff``: what waits for a translator goes out, and what the translator wrote comes in."""

from __future__ import annotations

import getpass
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from passerelle.cli.desk import Desk, epilog
from passerelle.cli.errors import SKIPPED, USAGE, CommandError
from passerelle.cli.memory import SHOWN, DryRun, Undo
from passerelle.translation.reasons import reason_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from passerelle.translation.xliff import XliffImport
    from passerelle.workplace import Workplace
    from schemas.decision import Decision

PANEL = "Look after · Entretenir"

app = typer.Typer(
    no_args_is_help=True,
    help="Have texts translated by a person, with XLIFF files.\n\nFaire traduire par une personne.",
    epilog="Examples · Exemples\n\npasserelle xliff export --to en to-translate.xlf\n\n"
    "passerelle xliff import --dry-run translated.xlf",
)


@app.command(epilog=epilog("passerelle xliff export --to en to-translate.xlf"))
def export(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="The .xlf file. · Le fichier .xlf.")],
    to: Annotated[str, typer.Option(metavar="fr|en", help="Language to translate into. · Langue d’arrivée.")],
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file that stands there. · Remplacer un fichier.")
    ] = False,
) -> None:
    """Write the texts that are missing, made by a machine, or out of date, as XLIFF 2.1.

    Écrire en XLIFF 2.1 les textes qui manquent, faits par une machine ou périmés.
    """
    from passerelle.cli.search import with_all_texts  # noqa: PLC0415
    from passerelle.pipeline import known_texts  # noqa: PLC0415
    from passerelle.store.records import load_matched  # noqa: PLC0415
    from passerelle.translation.xliff import waiting, write_xliff  # noqa: PLC0415

    desk: Desk = context.obj
    target = desk.one_of(to, "--to")
    if path.is_file() and not force:
        raise CommandError(desk.text("xliff.there", path=path), USAGE)
    with desk.workplace() as workplace:
        initiatives, _ = with_all_texts(workplace)
        with workplace.store.session() as session:
            memory = known_texts(session, load_matched(session))
    count = write_xliff(waiting(initiatives, target), target, path, memory)
    desk.tell("xliff.exported", count=count, path=path)


@app.command("import", epilog=epilog("passerelle xliff import --dry-run translated.xlf"))
def import_xliff(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The .xlf file. · Le fichier .xlf.")],
    dry_run: DryRun = False,
    by: Annotated[str | None, typer.Option(help="Who translated. · Qui a traduit.")] = None,
    undo: Undo = False,
) -> None:
    """Take a translator's file in; texts left in state initial are not translations.

    A file corrected by the same person is taken in again.

    Prendre le fichier d’un traducteur; ce qui est à l’état initial n’est pas traduit.
    """
    from passerelle.cli.search import with_all_texts  # noqa: PLC0415
    from passerelle.pipeline import match  # noqa: PLC0415
    from passerelle.review.deciding import Act, decide  # noqa: PLC0415
    from passerelle.reviewing import helper  # noqa: PLC0415
    from passerelle.translation.xliff import FROM_FILE, read_xliff  # noqa: PLC0415

    desk: Desk = context.obj
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    reason, who = f"{FROM_FILE} {path.name} sha256:{digest}", by or getpass.getuser()
    with desk.workplace() as workplace:
        if undo:
            _undo(desk, workplace, path, reason, who, dry_run=dry_run)
            return
        records, redirects = with_all_texts(workplace)
        with workplace.store.session() as session:
            given = _given(session, redirects)
        read = read_xliff(path, records, redirects, [spot for spot, one in given.items() if one.by == who])
        _preview(desk, path, read)
        if dry_run:
            desk.tell("exchange.dry")
        elif read.translations:
            acts = [
                Act("edit", one.record, one.path, one.text, one.before, translated_from=one.source, reason=reason)
                for one in read.translations
            ]
            with workplace.store.session() as session:
                decide(session, acts, by=who, help=helper(workplace))
            match(workplace)
            desk.tell("xliff.imported", count=len(read.translations), path=path)
    raise typer.Exit(SKIPPED if read.complaints else 0)


def _preview(desk: Desk, path: Path, read: XliffImport) -> None:
    bad = read.complaints
    counts = {"count": len(read.translations), "untouched": read.untouched, "known": read.known, "bad": len(bad)}
    desk.tell("xliff.preview", path=path, **counts)
    if not (read.translations or read.known or bad):
        desk.tell("xliff.none", path=path)
    for one in read.translations[:SHOWN]:
        where = f"{one.record} {one.path}"
        desk.tell("xliff.line", line=one.line, where=where, before=one.before or "", text=one.text)
        if one.remarks:
            desk.tell("xliff.remark", checks=", ".join(reason_label(check, desk.language) for check in one.remarks))
    for complaint in bad:
        typer.echo(f"{path}:{complaint.text(desk.language)}", err=True)
    if read.still_initial:
        desk.warn("xliff.still-initial", count=read.still_initial)


def _given(session: Session, redirects: Mapping[str, str]) -> dict[tuple[str, str], Decision]:
    """Give the texts that stand as a translator's file gave them: record and path → the decision."""
    from passerelle.store.records import load_decisions  # noqa: PLC0415
    from passerelle.translation.xliff import FROM_FILE  # noqa: PLC0415
    from schemas.decision import in_force  # noqa: PLC0415

    last = {
        (redirects.get(one.record, one.record), one.path or ""): one
        for one in in_force(load_decisions(session))
        if one.action == "edit"
    }
    return {spot: one for spot, one in last.items() if (one.reason or "").startswith(FROM_FILE)}


def _undo(desk: Desk, workplace: Workplace, path: Path, reason: str, who: str, *, dry_run: bool) -> None:
    """Take back what the file gave; where it was changed since, what the file of its name gave to the same texts."""
    from passerelle.cli.search import with_all_texts  # noqa: PLC0415
    from passerelle.pipeline import match  # noqa: PLC0415
    from passerelle.review.deciding import Act, decide  # noqa: PLC0415
    from passerelle.reviewing import helper  # noqa: PLC0415
    from passerelle.store.records import load_decisions  # noqa: PLC0415
    from passerelle.translation.xliff import read_xliff  # noqa: PLC0415
    from schemas.decision import in_force  # noqa: PLC0415

    with workplace.store.session() as session:
        standing = [one for one in in_force(load_decisions(session)) if one.reason == reason]
        if not standing:
            records, redirects = with_all_texts(workplace)
            places, named = read_xliff(path, records, redirects).places, reason.partition("sha256:")[0]
            given = _given(session, redirects).items()
            standing = [one for spot, one in given if spot in places and (one.reason or "").startswith(named)]
        acts = [Act("undo", one.record, undoes=one.id) for one in standing if not dry_run]
        decide(session, acts, by=who, help=helper(workplace))
    if not standing:
        raise CommandError(desk.text("xliff.nothing-to-undo", path=path), USAGE)
    if dry_run:
        desk.tell("xliff.would-undo", count=len(standing), path=path)
        desk.tell("exchange.dry")
        return
    match(workplace)
    desk.tell("xliff.undone", count=len(standing), path=path)

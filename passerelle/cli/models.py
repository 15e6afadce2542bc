"""``passerelle models``: the translation packages of a home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from passerelle.cli.desk import Desk, epilog
from passerelle.cli.errors import TROUBLE, CommandError, said_of
from passerelle.translation.reasons import reason_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from passerelle.translation.models import Installation, OddFolder

PANEL = "Look after · Entretenir"
MEGABYTE = 1_000_000

app = typer.Typer(
    no_args_is_help=True,
    help="List, install, verify and remove translation packages.\n\nLes paquets de traduction.",
    epilog="Examples · Exemples\n\npasserelle models list\n\npasserelle models install fr-en",
)


@app.command("list", epilog=epilog("passerelle models list"))
def list_models(context: typer.Context) -> None:
    """List the installed translation packages.

    Lister les paquets de traduction installés.
    """
    from passerelle.translation.models import installed, odd_folders  # noqa: PLC0415

    desk: Desk = context.obj
    packages, odd = installed(desk.settings.packages), odd_folders(desk.settings.packages)
    if not packages:
        desk.tell("models.none")
    for package in packages:  # short lines, so that no digest is broken in two
        size = f"{package.size / MEGABYTE:.0f} Mo" if desk.language == "fr" else f"{package.size / MEGABYTE:.0f} MB"
        typer.echo("  ".join((package.name, size, package.origin or "")).rstrip())
        typer.echo("    " + (package.digest or desk.text("models.no-digest")))
    _tell_odd(desk, odd)


@app.command(
    epilog=epilog(
        "passerelle models install fr-en",
        "passerelle models install translate-fr_en-1_9.argosmodel",
        "passerelle models install packages/",
    )
)
def install(
    context: typer.Context,
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE…", help="fr-en, en-fr, an .argosmodel file, a folder of them, or an address."),
    ],
) -> None:
    """Install translation packages; their SHA-256 must be the pinned one.

    Installer des paquets de traduction, dont l’empreinte SHA-256 est vérifiée.
    """
    from passerelle.translation.errors import ModelError  # noqa: PLC0415
    from passerelle.translation.models import PartlyInstalledError  # noqa: PLC0415
    from passerelle.translation.models import install as install_models  # noqa: PLC0415

    desk: Desk = context.obj
    problems: list[ModelError] = []
    for source in sources:
        try:
            with desk.progress("progress.download") as advance:
                done = install_models(
                    source,
                    desk.settings.packages,
                    progress=lambda have, total, advance=advance: advance(have, total or have),  # type: ignore[misc]
                )
        except ModelError as error:
            problems.append(error)
            done = error.done if isinstance(error, PartlyInstalledError) else ()
        _tell_installed(desk, done)
    if problems:
        said = "\n".join(said_of(error, desk.language) for error in problems)
        raise CommandError(said, TROUBLE)


def _tell_installed(desk: Desk, done: Iterable[Installation]) -> None:
    for one in done:
        key = "there" if one.already_there else "pinned" if one.newly_pinned else "installed"
        desk.tell(f"models.{key}", package=one.package.name, sha256=one.package.digest)


def _tell_odd(desk: Desk, odd: Iterable[OddFolder]) -> None:
    for one in odd:
        desk.mark(False, desk.text("models.odd", folder=one.name, why=said_of(one.why, desk.language)))


@app.command(epilog=epilog("passerelle models verify"))
def verify(context: typer.Context) -> None:
    """Check that every package is as it was installed, and translates a known sentence as it did then.

    Vérifier que chaque paquet est intact et traduit une phrase connue comme à l’installation.
    """
    from passerelle.translation.models import odd_folders  # noqa: PLC0415
    from passerelle.translation.verification import verify as verify_models  # noqa: PLC0415

    desk: Desk = context.obj
    found, odd = verify_models(desk.settings.packages), odd_folders(desk.settings.packages)
    if not found:
        desk.tell("models.none")
    for one in found:
        desk.mark(one.ok, one.package.name + (f" · {one.probe} → {one.answer}" if one.answer else ""))
        for problem in one.problems:
            told = {name: _said(desk, name, value) for name, value in problem.values.items()}
            typer.echo("    " + desk.text(f"models.problem.{problem.name}", **told))
    _tell_odd(desk, odd)
    raise typer.Exit(0 if all(one.ok for one in found) and not odd else TROUBLE)


@app.command(epilog=epilog("passerelle models remove fr-en", 'passerelle models remove "fr-en 1.9"'))
def remove(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(help="A direction (fr-en), a version (“fr-en 1.9”), or a folder. · Un sens, une version.")
    ],
) -> None:
    """Remove the packages of a direction.

    Retirer les paquets d’un sens de traduction.
    """
    from passerelle.translation.models import remove as remove_models  # noqa: PLC0415

    desk: Desk = context.obj
    for one in remove_models(name, desk.settings.packages):
        desk.tell("models.removed", package=one.name)


def _said(desk: Desk, name: str, value: object) -> object:
    """Say a value of a problem in the reader's language."""
    if isinstance(value, Exception):
        return said_of(value, desk.language)
    return reason_label(str(value), desk.language) if name == "check" else value

"""``passerelle models``: the translation packages of a home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from passerelle.cli.desk import Desk, console, epilog
from passerelle.cli.errors import TROUBLE

if TYPE_CHECKING:
    from passerelle.translation.models import InstalledPackage

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
    from rich.table import Table  # noqa: PLC0415

    from passerelle.translation.models import installed  # noqa: PLC0415

    desk: Desk = context.obj
    packages = installed(desk.settings.packages)
    if not packages:
        desk.tell("models.none")
        return
    table = Table.grid(padding=(0, 2))
    for package in packages:
        size = f"{package.size / MEGABYTE:.0f} Mo" if desk.language == "fr" else f"{package.size / MEGABYTE:.0f} MB"
        table.add_row(_name(package), size, package.digest or desk.text("models.no-digest"), package.origin or "")
    console().print(table)


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
    from passerelle.translation.models import install as install_models  # noqa: PLC0415

    desk: Desk = context.obj
    for source in sources:
        with desk.progress("progress.download") as advance:
            done = install_models(
                source,
                desk.settings.packages,
                progress=lambda have, total, advance=advance: advance(have, total or have),  # type: ignore[misc]
            )
        for one in done:
            key = "there" if one.already_there else "pinned" if one.newly_pinned else "installed"
            desk.tell(f"models.{key}", package=_name(one.package), sha256=one.package.digest)


@app.command(epilog=epilog("passerelle models verify"))
def verify(context: typer.Context) -> None:
    """Check that every package is as it was installed, and translates a known sentence as it did then.

    Vérifier que chaque paquet est intact et traduit une phrase connue comme à l’installation.
    """
    from passerelle.translation.verification import verify as verify_models  # noqa: PLC0415

    desk: Desk = context.obj
    found = verify_models(desk.settings.packages)
    if not found:
        desk.tell("models.none")
    for one in found:
        desk.mark(one.ok, _name(one.package) + (f" · {one.probe} → {one.answer}" if one.answer else ""))
        for problem in one.problems:
            typer.echo("    " + desk.text(f"models.problem.{problem.name}", **problem.values))
    raise typer.Exit(0 if all(one.ok for one in found) else TROUBLE)


@app.command(epilog=epilog("passerelle models remove fr-en", 'passerelle models remove "fr-en 1.9"'))
def remove(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A direction (fr-en), or one version of it (“fr-en 1.9”).")],
) -> None:
    """Remove the packages of a direction.

    Retirer les paquets d’un sens de traduction.
    """
    from passerelle.translation.models import remove as remove_models  # noqa: PLC0415

    desk: Desk = context.obj
    for package in remove_models(name, desk.settings.packages):
        desk.tell("models.removed", package=_name(package))


def _name(package: InstalledPackage) -> str:
    return f"{package.source}-{package.target} {package.version}"

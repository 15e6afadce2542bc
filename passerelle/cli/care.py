"""The commands that look after a home: doctor and rollback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from passerelle.cli.desk import Desk, epilog
from passerelle.cli.errors import TROUBLE
from passerelle.cli.releases import must_be_there

PANEL = "Look after · Entretenir"


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""

    def command(function: Callable[..., None], *examples: str) -> None:
        app.command(rich_help_panel=PANEL, epilog=epilog(*examples))(function)

    command(doctor, "passerelle doctor", "passerelle --home ~/donnees doctor")
    command(rollback, "passerelle rollback 3")


def doctor(context: typer.Context) -> None:
    """Check everything that a run needs, and say what to do about what is wrong.

    Vérifier tout ce dont une exécution a besoin, et dire quoi corriger.
    """
    from passerelle.cli.checks import examine  # noqa: PLC0415

    desk: Desk = context.obj
    bad = 0
    for finding in examine(desk):
        desk.mark(finding.fine, desk.text(finding.key, **finding.values))
        bad += not finding.fine
    desk.tell("doctor.trouble" if bad else "doctor.fine", count=bad)
    raise typer.Exit(TROUBLE if bad else 0)


def rollback(
    context: typer.Context, number: Annotated[int, typer.Argument(min=1, help="Number of an earlier release.")]
) -> None:
    """Serve an earlier release again; later ones stay on disk.

    Remettre en place une version antérieure; les autres restent sur le disque.
    """
    from passerelle.publishing.folder import rollback as serve_again  # noqa: PLC0415

    desk: Desk = context.obj
    must_be_there(desk, number)
    serve_again(desk.settings.curated, number)
    desk.tell("rollback.done", number=number, place=desk.served)

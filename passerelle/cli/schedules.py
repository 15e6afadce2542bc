"""``passerelle deploy`` and ``serve-schedules``: the sources' schedules, for Prefect."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from passerelle.cli.desk import Desk, epilog
from passerelle.cli.errors import TROUBLE, USAGE, CommandError

PANEL = "Look after · Entretenir"
PORT = 4200


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for function, *examples in (
        (deploy, "passerelle deploy", "passerelle deploy --check"),
        (serve_schedules, "passerelle serve-schedules"),
    ):
        name = function.__name__.replace("_", "-")
        app.command(name, rich_help_panel=PANEL, epilog=epilog(*examples))(function)


def deploy(
    context: typer.Context,
    check: Annotated[
        bool, typer.Option("--check", help="Only say whether the file is up to date. · Vérifier seulement.")
    ] = False,
) -> None:
    """Write prefect.yaml from the sources: a deployment for each crawl, and one to process and publish.

    Écrire prefect.yaml d’après les sources : un déploiement par visite, et un pour traiter et publier.
    """
    desk: Desk = context.obj
    os.environ["PASSERELLE_HOME"] = str(desk.settings.home)  # where flows/ settles Prefect's own home
    from flows.deployments import FILE, as_yaml, deployments, is_current  # noqa: PLC0415

    path, sources = desk.settings.home / FILE, desk.sources()
    if check:
        if not is_current(path, sources):
            raise CommandError(desk.text("deploy.old", path=path), USAGE)
        desk.tell("deploy.current", path=path)
        return
    path.write_text(as_yaml(sources), "utf-8")
    desk.tell("deploy.done", path=path, count=len(deployments(sources)))


def serve_schedules(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the Prefect server. · Port du serveur.")] = PORT,
) -> None:
    """Run a Prefect server and all schedules on this machine, until Ctrl-C.

    Faire tourner un serveur Prefect et tous les horaires sur cette machine, jusqu’à Ctrl-C.
    """
    desk: Desk = context.obj
    os.environ["PASSERELLE_HOME"] = str(desk.settings.home)
    from flows import serving  # noqa: PLC0415

    if "PREFECT_API_URL" in os.environ:
        desk.tell("serve.there", url=os.environ["PREFECT_API_URL"])
    else:
        desk.tell("serve.starting", port=port)
    try:
        code = serving.serve_schedules(desk.settings, port=port)
    except serving.ServingError as error:
        raise CommandError(str(error), TROUBLE) from error
    if code:
        raise CommandError(desk.text("serve.ended"), TROUBLE)

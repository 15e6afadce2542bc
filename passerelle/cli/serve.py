"""The command that serves the read API."""

from __future__ import annotations

from typing import Annotated

import typer

from passerelle.cli.desk import Desk
from passerelle.cli.errors import TROUBLE, CommandError

PANEL = "Publish · Publier"
EPILOG = """
Examples · Exemples

passerelle serve

passerelle serve --port 0 --rate 0

passerelle serve --host 0.0.0.0 --proxy 10.0.0.2

curl "http://127.0.0.1:8585/v1/initiatives?q=fugue&lang=fr"

docs/api.md describes the API. · docs/api.md décrit l’API.
"""


def add_to(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command(rich_help_panel=PANEL, epilog=EPILOG)(serve)


def serve(
    context: typer.Context,
    *,
    host: Annotated[
        str,
        typer.Option(envvar="PASSERELLE_API_HOST", help="Address to listen on; 0.0.0.0 for all. · Adresse d’écoute."),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(envvar="PASSERELLE_API_PORT", min=0, max=65535, help="Port; 0 for any. · Port; 0 : au choix.")
    ] = 8585,
    rate: Annotated[
        float,
        typer.Option(
            envvar="PASSERELLE_API_RATE",
            min=0,
            help="Requests a second a client; 0 for no limit. · Requêtes par seconde et par client; 0 : sans limite.",
        ),
    ] = 20.0,
    burst: Annotated[
        int,
        typer.Option(
            envvar="PASSERELLE_API_BURST", min=1, help="Requests at once after a pause. · Requêtes d’un coup."
        ),
    ] = 100,
    proxy: Annotated[
        list[str] | None,
        typer.Option(
            envvar="PASSERELLE_API_PROXIES",
            help="Address of a proxy whose X-Forwarded-For is believed; may be repeated. · Mandataire de confiance.",
        ),
    ] = None,
) -> None:
    """Serve the current release to other programs: lists, search, records and files over HTTP.

    Servir la version en cours à d’autres programmes : listes, recherche, fiches et fichiers par HTTP.
    """
    from passerelle.publishing.api.app import ApiSettings, make_app  # noqa: PLC0415
    from passerelle.publishing.api.running import listen, run  # noqa: PLC0415
    from passerelle.publishing.api.serving import Serving  # noqa: PLC0415

    desk: Desk = context.obj
    settings = desk.settings
    try:
        listening = listen(host, port)
    except OSError as error:
        raise CommandError(desk.text("serve.taken", host=host, port=port, said=error), TROUBLE) from error
    serving = Serving(settings.curated, settings.database_url, settings.state / "api")
    with desk.progress("progress.index") as advance:
        serving.start(advance)
    named = f"[{host}]" if ":" in host else host
    address = f"http://{named}:{listening.getsockname()[1]}/"
    with serving.lease() as release:
        if release:
            desk.tell("serve.here", number=release.number, address=address)
        else:
            desk.tell("serve.waiting", address=address)
    chosen = ApiSettings(rate=rate, burst=burst, proxies=tuple(proxy or ()))
    try:
        run(make_app(serving, chosen), listening, verbose=desk.verbose)
    except KeyboardInterrupt:
        desk.warn("serve.stopped")

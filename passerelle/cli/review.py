"""The command that opens the curator's desk."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from passerelle.cli.desk import Desk, epilog
from passerelle.cli.errors import TROUBLE, CommandError

PANEL = "Look after · Entretenir"
EXAMPLES = (
    "passerelle review",
    "passerelle review --port 9000",
    "PASSERELLE_DATABASE_URL=postgresql://… passerelle review --host 0.0.0.0",
    "docs/curator.en.md is the guide. · docs/curator.fr.md est le guide.",
)


def add_to(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command(rich_help_panel=PANEL, epilog=epilog(*EXAMPLES))(review)


def review(
    context: typer.Context,
    *,
    host: Annotated[
        str,
        typer.Option(
            envvar="PASSERELLE_DESK_HOST", help="Address to listen on; others than this computer need accounts."
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option(envvar="PASSERELLE_DESK_PORT", min=0, max=65535, help="Port; 0 for any. · Port; 0 : au choix."),
    ] = 8484,
    by: Annotated[
        str | None,
        typer.Option(envvar="PASSERELLE_CURATOR", help="Your name, without accounts. · Votre nom.", show_default=False),
    ] = None,
) -> None:
    """Open the curator's desk: review every record beside its page, in a browser.

    Ouvrir le bureau de révision : chaque fiche à côté de sa page, dans un navigateur.
    """
    from passerelle.publishing.api.running import listen, run  # noqa: PLC0415
    from passerelle.review.web.app import make_app  # noqa: PLC0415
    from passerelle.review.web.people import Person  # noqa: PLC0415
    from passerelle.reviewing import helper  # noqa: PLC0415

    desk: Desk = context.obj
    with desk.workplace() as workplace:
        try:
            listening = listen(host, port)
        except OSError as error:
            raise CommandError(desk.text("serve.taken", host=host, port=port, said=error), TROUBLE) from error
        named = f"[{host}]" if ":" in host else host
        app = make_app(workplace.store, helper(workplace), alone=Person(by or getpass.getuser(), "admin"))
        desk.tell("review.here", address=f"http://{named}:{listening.getsockname()[1]}/")
        try:
            run(app, listening, verbose=desk.verbose)
        except KeyboardInterrupt:
            desk.warn("serve.stopped")

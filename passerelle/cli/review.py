"""The command that opens the curator's desk."""

from __future__ import annotations

import getpass
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from passerelle.cli.desk import Desk, epilog
from passerelle.cli.errors import TROUBLE, USAGE, CommandError

if TYPE_CHECKING:
    from passerelle.review.web.security.settings import Security
    from passerelle.store.database import Store

LONGEST_NAME = 100
"""Characters of a name that signs decisions."""
PANEL = "Review · Réviser"
EXAMPLES = (
    "passerelle review",
    'passerelle review --as "Ariane Côté"',
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
        typer.Option(
            "--as",
            "--by",
            envvar="PASSERELLE_CURATOR",
            metavar="NAME",
            help="Your name, without accounts: signs your acts, published where you approve a record. · "
            "Votre nom, sans comptes : signe vos gestes, publié avec les fiches que vous approuvez.",
            show_default=False,
        ),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(
            envvar="PASSERELLE_DESK_URL",
            metavar="https://…",
            help="Address at which people reach it, behind a proxy. · Adresse publique, derrière un mandataire.",
        ),
    ] = None,
    proxy: Annotated[
        list[str] | None,
        typer.Option(
            envvar="PASSERELLE_DESK_PROXIES",
            help="Address of a proxy whose X-Forwarded-For is believed; may be repeated. · Mandataire de confiance.",
        ),
    ] = None,
) -> None:
    """Open the curator's desk: review every record beside its page, in a browser.

    Ouvrir le bureau de révision : chaque fiche à côté de sa page, dans un navigateur.
    """
    from passerelle.cli.issue_codes import issue_codes  # noqa: PLC0415
    from passerelle.publishing.api.running import listen, run  # noqa: PLC0415
    from passerelle.review.web.app import make_app  # noqa: PLC0415
    from passerelle.reviewing import helper  # noqa: PLC0415

    desk: Desk = context.obj
    with desk.workplace() as workplace:
        security = _security(
            desk, workplace.store, host=host, alone=_signing(desk, by), url=url, proxies=tuple(proxy or ())
        )
        try:
            listening = listen(host, port)
        except OSError as error:
            raise CommandError(desk.text("serve.taken", host=host, port=port, said=error), TROUBLE) from error
        named = f"[{host}]" if ":" in host else host
        app = make_app(workplace.store, helper(workplace), security=security, codes=issue_codes())
        desk.tell("review.here", address=url or f"http://{named}:{listening.getsockname()[1]}/")
        try:
            run(app, listening, verbose=desk.verbose)
        except KeyboardInterrupt:
            desk.warn("serve.stopped")


def _signing(desk: Desk, name: str | None) -> str:
    """Give the name that signs what is decided while there are no accounts."""
    said = " ".join((name or "").split())
    if len(said) > LONGEST_NAME:
        raise CommandError(desk.text("review.name-too-long", most=LONGEST_NAME), USAGE)
    return said or getpass.getuser()


def _security(
    desk: Desk, store: Store, *, host: str, alone: str, url: str | None, proxies: tuple[str, ...]
) -> Security:
    """Decide how the desk is guarded; one that others could reach does not open without accounts."""
    from passerelle.review.accounts.errors import AccountError  # noqa: PLC0415
    from passerelle.review.accounts.oidc import provider_from  # noqa: PLC0415
    from passerelle.review.accounts.signing_in import Door  # noqa: PLC0415
    from passerelle.review.web.security.starting import guarded  # noqa: PLC0415
    from passerelle.review.web.words import translator  # noqa: PLC0415

    say = translator(desk.language)
    try:
        provider = provider_from(os.environ)
        security = guarded(
            Door(store), host=host, alone=alone, url=url, proxies=proxies, provider=provider, command=_called(desk)
        )
    except AccountError as error:
        raise CommandError(say(error.key, **error.values, command=desk.called), USAGE) from error
    if not security.alone and not security.local and not security.https:
        typer.echo(say("start.plain"), err=True)
    return security


def _called(desk: Desk) -> str:
    """Give the command of this data set, to be copied into any other terminal: its home is told in full."""
    named = desk.home or os.environ.get("PASSERELLE_HOME")
    return replace(desk, home=desk.settings.home.resolve() if named else None).called

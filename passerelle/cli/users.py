"""``passerelle users``: who may sign in at the curator's desk."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from passerelle.cli.desk import Desk, console, epilog
from passerelle.cli.errors import USAGE, CommandError

if TYPE_CHECKING:
    from passerelle.store.database import Store

PANEL = "Review · Réviser"
ADD = (
    "passerelle users add amelie --role admin",
    "passerelle users add zoe --email zoe@exemple.org < password.txt",
    "passerelle users add luc --email luc@exemple.org --no-password",
)

app = typer.Typer(
    no_args_is_help=True,
    help="Who may sign in at the curator’s desk.\n\nQui peut ouvrir une session au bureau de révision.",
    epilog=epilog(*ADD, "passerelle users list", "docs/desk-operator.md"),
)

Name = Annotated[str, typer.Argument(help="Name of the account, or its e-mail. · Nom du compte, ou son courriel.")]
Role = Annotated[str, typer.Option(help="reader, curator or admin. · Lecture, révision ou administration.")]
Temporary = Annotated[
    bool, typer.Option("--temporary", help="To be changed at the next sign-in. · À changer à la prochaine session.")
]


@app.command(epilog=epilog(*ADD))
def add(
    context: typer.Context,
    *,
    name: Annotated[
        str,
        typer.Argument(
            help="Signs decisions, published where they approve a record; never changes. · "
            "Signe les décisions, publié avec les fiches approuvées; ne change plus."
        ),
    ],
    role: Role = "curator",
    email: Annotated[str | None, typer.Option(help="For the identity provider. · Pour le fournisseur.")] = None,
    temporary: Temporary = False,
    no_password: Annotated[
        bool, typer.Option("--no-password", help="Through the identity provider only. · Par le fournisseur seulement.")
    ] = False,
) -> None:
    """Open an account; the password is asked for, or read from standard input.

    Ouvrir un compte; le mot de passe est demandé, ou lu de l’entrée standard.
    """
    from passerelle.review.accounts import users  # noqa: PLC0415

    desk: Desk = context.obj
    if no_password and not email:
        raise CommandError(desk.text("users.no-way-in"), USAGE)
    with _accounts(desk) as store:
        with store.session() as session:
            users.check_new(session, name, role, email)
        hashed = None if no_password else _new_password(desk, name, email)
        with store.session() as session:
            made = users.add_user(session, name, role, now=datetime.now(UTC), email=email)
            if hashed:
                users.set_password(session, made.name, hashed, temporary=temporary)
    desk.tell("users.added", name=made.name, role=made.role)


@app.command(epilog=epilog("passerelle users passwd zoe", "passerelle users passwd zoe --temporary < password.txt"))
def passwd(context: typer.Context, name: Name, temporary: Temporary = False) -> None:
    """Give an account a new password; the person is signed out everywhere, and waits at the door are over.

    Donner un nouveau mot de passe à un compte; toutes ses sessions sont fermées.
    """
    from passerelle.review.accounts import throttle, users  # noqa: PLC0415

    desk: Desk = context.obj
    with _accounts(desk) as store:
        with store.session() as session:
            known = users.get_user(session, name)
        hashed = _new_password(desk, known.name, known.email)
        with store.session() as session:
            users.set_password(session, known.name, hashed, temporary=temporary)
            throttle.forgive(session, throttle.account_gate(known.name))
    desk.tell("users.password-changed", name=known.name)


@app.command(epilog=epilog("passerelle users role zoe reader"))
def role(
    context: typer.Context, name: Name, role: Annotated[str, typer.Argument(help="reader, curator, admin")]
) -> None:
    """Change what a person may do; they sign in anew.

    Changer ce qu’une personne peut faire; elle ouvre une nouvelle session.
    """
    from passerelle.review.accounts import users  # noqa: PLC0415

    desk: Desk = context.obj
    with _accounts(desk) as store, store.session() as session:
        users.set_role(session, name, role)
    desk.tell("users.role-changed", name=users.fold_name(name), role=role)


@app.command(epilog=epilog("passerelle users disable zoe"))
def disable(context: typer.Context, name: Name) -> None:
    """Let a person in no more; they are signed out at once. What they decided stays.

    Ne plus laisser entrer une personne; ses sessions sont fermées. Ses décisions restent.
    """
    from passerelle.review.accounts import users  # noqa: PLC0415

    desk: Desk = context.obj
    with _accounts(desk) as store, store.session() as session:
        users.disable(session, name, datetime.now(UTC))
    desk.tell("users.was-disabled", name=users.fold_name(name))


@app.command(epilog=epilog("passerelle users enable zoe"))
def enable(context: typer.Context, name: Name) -> None:
    """Let a person in again.

    Laisser entrer de nouveau une personne.
    """
    from passerelle.review.accounts import users  # noqa: PLC0415

    desk: Desk = context.obj
    with _accounts(desk) as store, store.session() as session:
        users.enable(session, name)
    desk.tell("users.was-enabled", name=users.fold_name(name))


@app.command("list", epilog=epilog("passerelle users list"))
def list_(context: typer.Context) -> None:
    """Show every account.

    Montrer tous les comptes.
    """
    from rich.table import Table  # noqa: PLC0415

    from passerelle.review.accounts import users  # noqa: PLC0415
    from passerelle.review.web.words import translator  # noqa: PLC0415

    desk: Desk = context.obj
    say = translator(desk.language)
    with _accounts(desk) as store, store.session() as session:
        everybody = users.list_users(session)
    if not everybody:
        desk.tell("users.none", command=desk.called)
        return
    table = Table(*(say(key) for key in ("users.name", "account.email", "role", "users.state")))
    for one in everybody:
        state = [say("users.disabled", at=f"{one.disabled:%Y-%m-%d}") if one.disabled else say("users.active")]
        state += [say("users.temporary")] if one.temporary else []
        state += [] if one.has_password else [say("users.provider-only")]
        table.add_row(one.name, one.email or "", one.role, ", ".join(state))
    console().print(table)


@contextmanager
def _accounts(desk: Desk) -> Iterator[Store]:
    """Open the database; what is refused about an account ends the command with the reason."""
    from passerelle.review.accounts.errors import AccountError  # noqa: PLC0415
    from passerelle.review.web.words import translator  # noqa: PLC0415
    from passerelle.store.database import open_store  # noqa: PLC0415

    store = open_store(desk.settings.database_url)
    try:
        yield store
    except AccountError as error:
        raise CommandError(translator(desk.language)(error.key, **error.values), USAGE) from error
    finally:
        store.close()


def _new_password(desk: Desk, *about: str | None) -> str:
    """Read a new password, never from the command line, where others see it; give its hash."""
    from passerelle.review.accounts.passwords import Passwords, check_strength  # noqa: PLC0415

    if _at_terminal():
        chosen = getpass.getpass(desk.text("users.password"))
        if chosen != getpass.getpass(desk.text("users.password-again")):
            raise CommandError(desk.text("users.passwords-differ"), USAGE)
    else:
        chosen = sys.stdin.readline().rstrip("\r\n")
    check_strength(chosen, *about)
    return Passwords().hash(chosen)


def _at_terminal() -> bool:
    return sys.stdin.isatty()

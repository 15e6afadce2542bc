"""``passerelle withdraw``: take a record or a person out of everything published, and lift that again."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from passerelle.cli.desk import Desk, epilog
from passerelle.cli.errors import SKIPPED, USAGE, CommandError

if TYPE_CHECKING:
    from passerelle.publishing.reach import Reach
    from passerelle.workplace import Workplace
    from schemas.decision import Decision

PANEL = "Look after · Entretenir"
SHOWN = 20
"""Ids of records that are named; the rest is counted."""
EXAMPLES = (
    'passerelle withdraw ini-7f3k9q2m --reason "asked by its organisation"',
    'passerelle withdraw --person "Ariane Côté-Okpara" --reason "asked by herself"',
    'passerelle withdraw --person "Ariane Côté-Okpara" --dry-run',
    "passerelle withdraw --list",
    'passerelle withdraw --undo 20261121T083000.000000Z-1a2b3c4d --reason "a mistake"',
)


def add_to(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command(rich_help_panel=PANEL, epilog=epilog(*EXAMPLES))(withdraw)


def withdraw(
    context: typer.Context,
    *,
    record: Annotated[str | None, typer.Argument(metavar="[ID]", help="Id of a record. · Identifiant.")] = None,
    person: Annotated[
        str | None, typer.Option(help="First and last name of a person. · Prénom et nom d’une personne.")
    ] = None,
    undo: Annotated[str | None, typer.Option(metavar="DECISION", help="Lift a withdrawal. · Lever un retrait.")] = None,
    reason: Annotated[str, typer.Option(help="Why; published for a record. · Pourquoi; publié pour une fiche.")] = "",
    by: Annotated[
        str | None, typer.Option(envvar="PASSERELLE_CURATOR", help="Who decides. · Qui décide.", show_default=False)
    ] = None,
    later: Annotated[bool, typer.Option("--later", help="Leave it to the next publication. · Sans publier.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and change nothing. · Montrer sans retirer.")
    ] = False,
    listing: Annotated[bool, typer.Option("--list", help="Show those in force. · Montrer les retraits.")] = False,
) -> None:
    """Take a record or a person out of everything published, kept releases included; publishes at once.

    Retirer une fiche ou une personne de tout ce qui est publié, versions gardées comprises.
    """
    desk: Desk = context.obj
    if sum(map(bool, (record, person, undo, listing))) != 1:
        raise CommandError(desk.text("withdraw.one"), USAGE)
    with desk.workplace() as workplace:
        if listing:
            _list(desk, workplace)
            return
        if dry_run and undo:
            raise CommandError(desk.text("withdraw.dry-undo"), USAGE)
        reach = None if undo else _reach(workplace, record, _full_name(person) if person else None)
        what = str(record or person)
        if dry_run:
            _tell(desk, reach, what, "withdraw.nowhere-dry")
            desk.tell("withdraw.dry")
        else:
            if not reason.strip():
                raise CommandError(desk.text("withdraw.reason"), USAGE)
            who = by or getpass.getuser()
            decision = _decide(desk, workplace, record=record, person=person, undo=undo, told=(who, reason.strip()))
            desk.tell("withdraw.undone" if undo else "withdraw.noted", id=undo or decision.id)
            _tell(desk, reach, what, "withdraw.nowhere")
            if later:
                desk.tell("withdraw.later")
            else:
                _publish(desk, workplace)
    raise typer.Exit(SKIPPED if reach and reach.nowhere else 0)


def _reach(workplace: Workplace, record: str | None, person: str | None) -> Reach:
    """Find what is published of a record or of a person."""
    from passerelle.publishing.reach import reach_of  # noqa: PLC0415
    from passerelle.publishing.withholding.names import People  # noqa: PLC0415
    from passerelle.publishing.withholding.withdrawals import Withdrawals  # noqa: PLC0415

    people, records = People.of([person] if person else []), frozenset([record] if record else [])
    return reach_of(workplace.settings.curated, Withdrawals(people, records, decisions=("asked",)))


def _tell(desk: Desk, reach: Reach | None, what: str, nowhere: str) -> None:
    """Say how far a withdrawal reaches; on standard error where it reaches nothing."""
    if reach is None:
        return
    if reach.nowhere:
        desk.warn(nowhere, what=what)
        return
    shown = ", ".join(reach.records[:SHOWN]) + (" …" if len(reach.records) > SHOWN else "")
    desk.tell("withdraw.records", count=len(reach.records), which=shown or "–")
    desk.tell("withdraw.releases", which=", ".join(map(str, reach.releases)) or "–")
    desk.tell("withdraw.deltas", which=", ".join(reach.deltas) or "–")


def _decide(
    desk: Desk, workplace: Workplace, *, record: str | None, person: str | None, undo: str | None, told: tuple[str, str]
) -> Decision:
    """Take the decision; ``told`` is who decides and why."""
    from passerelle.review.deciding import Act, InvalidAct, decide  # noqa: PLC0415
    from passerelle.reviewing import helper  # noqa: PLC0415
    from passerelle.store.records import load_decisions  # noqa: PLC0415

    by, reason = told
    with workplace.store.session() as session:
        standing = {decision.id: decision for decision in _standing(load_decisions(session))}
        if undo and undo not in standing:
            raise CommandError(desk.text("withdraw.no-decision", id=undo), USAGE)
        if undo:
            act = Act("undo", standing[undo].record, undoes=undo, reason=reason)
        elif record:
            act = Act("withdraw", record, reason=reason, everywhere=True)
        else:
            act = Act("withhold", "person", value=_full_name(person or ""), reason=reason)
        try:
            return decide(session, [act], by=by, help=helper(workplace))[0]
        except InvalidAct as refused:
            raise CommandError(desk.text("withdraw.unknown", id=record), USAGE) from refused


def _full_name(person: str) -> str:
    from passerelle.publishing.withholding.names import PersonName  # noqa: PLC0415

    try:
        return PersonName(person.strip()).text
    except ValueError as error:
        raise CommandError(str(error), USAGE) from error


def _standing(decisions: tuple[Decision, ...]) -> list[Decision]:
    from schemas.decision import in_force  # noqa: PLC0415

    return [decision for decision in in_force(decisions) if decision.action in {"withdraw", "withhold"}]


def _publish(desk: Desk, workplace: Workplace) -> None:
    """Match and publish anew, so that nothing waits for the next scheduled run."""
    from passerelle.cli.stations import tell_published  # noqa: PLC0415
    from passerelle.pipeline import match, publish  # noqa: PLC0415

    match(workplace)
    outcome = publish(workplace)
    if outcome.removed:
        desk.tell("withdraw.removed", numbers=", ".join(map(str, outcome.removed)))
    tell_published(desk, outcome)


def _list(desk: Desk, workplace: Workplace) -> None:
    from passerelle.store.records import load_decisions  # noqa: PLC0415

    with workplace.store.session() as session:
        standing = _standing(load_decisions(session))
    for one in standing:
        what = one.value if one.action == "withhold" else one.record
        desk.tell("withdraw.line", id=one.id, what=what, reason=one.reason, by=one.by, at=f"{one.at:%Y-%m-%d}")
    if not standing:
        desk.tell("withdraw.none")

"""``passerelle withdraw``: take a record or a person out of everything published, and lift that again."""

from __future__ import annotations

import getpass
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from passerelle.cli.desk import Desk, epilog
from passerelle.cli.errors import SKIPPED, USAGE, CommandError

if TYPE_CHECKING:
    from passerelle.publishing.reach import Reach
    from passerelle.review.deciding import Act
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
        name = _full_name(person) if person else None
        reach = None if undo else _reach(workplace, record, name)
        standing = _standing(workplace)
        if already := _holding(standing, record, name):
            _tell_already(desk, already[-1], reach)
            return
        what = str(record or name)
        if dry_run:
            _tell(desk, reach, what, "withdraw.nowhere-dry")
            desk.tell("withdraw.dry")
        else:
            if not reason.strip():
                raise CommandError(desk.text("withdraw.reason"), USAGE)
            who = by or getpass.getuser()
            act = _lifting(desk, standing, undo) if undo else _act(record, name)
            decision = _decide(desk, workplace, replace(act, reason=reason.strip()), by=who)
            desk.tell("withdraw.undone" if undo else "withdraw.noted", id=undo or decision.id)
            _tell_still_held(desk, standing, undo)
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


def _tell_already(desk: Desk, already: Decision, reach: Reach | None) -> None:
    """Say that what is asked for was asked for before, and whether it still waits to be published."""
    desk.tell(
        "withdraw.already", id=already.id, what=_what(already), reason=already.reason, at=f"{already.at:%Y-%m-%d}"
    )
    if reach and not reach.nowhere:
        desk.tell("withdraw.later")


def _tell_still_held(desk: Desk, standing: list[Decision], undo: str | None) -> None:
    """Name the withdrawals that hold the same when one of them is lifted."""
    lifted = next((one for one in standing if one.id == undo), None)
    if lifted is None:
        return
    others = [one for one in standing if one.id != undo and (one.action, _what(one)) == (lifted.action, _what(lifted))]
    if others:
        desk.tell("withdraw.still-held", what=_what(lifted), others=", ".join(one.id for one in others))


def _act(record: str | None, name: str | None) -> Act:
    from passerelle.review.deciding import Act  # noqa: PLC0415

    return Act("withdraw", record, everywhere=True) if record else Act("withhold", "person", value=name)


def _lifting(desk: Desk, standing: list[Decision], undo: str) -> Act:
    from passerelle.review.deciding import Act  # noqa: PLC0415

    for one in standing:
        if one.id == undo:
            return Act("undo", one.record, undoes=undo)
    raise CommandError(desk.text("withdraw.no-decision", id=undo), USAGE)


def _decide(desk: Desk, workplace: Workplace, act: Act, *, by: str) -> Decision:
    from passerelle.review.deciding import InvalidAct, decide  # noqa: PLC0415
    from passerelle.reviewing import helper  # noqa: PLC0415

    with workplace.store.session() as session:
        try:
            return decide(session, [act], by=by, help=helper(workplace))[0]
        except InvalidAct as refused:
            raise CommandError(desk.text("withdraw.unknown", id=act.record), USAGE) from refused


def _full_name(person: str) -> str:
    from passerelle.publishing.withholding.names import PersonName  # noqa: PLC0415

    try:
        return PersonName(person.strip()).text
    except ValueError as error:
        raise CommandError(str(error), USAGE) from error


def _standing(workplace: Workplace) -> list[Decision]:
    """Give the withdrawals in force, oldest first."""
    from passerelle.store.records import load_decisions  # noqa: PLC0415
    from schemas.decision import in_force  # noqa: PLC0415

    with workplace.store.session() as session:
        decisions = load_decisions(session)
    return [decision for decision in in_force(decisions) if decision.action in {"withdraw", "withhold"}]


def _holding(standing: list[Decision], record: str | None, name: str | None) -> list[Decision]:
    """Give the withdrawals that already take a record, or a person, out of everything published."""
    from passerelle.publishing.withholding.names import folded  # noqa: PLC0415

    if name:
        return [one for one in standing if one.action == "withhold" and folded(_what(one)) == folded(name)]
    return [one for one in standing if one.action == "withdraw" and one.everywhere and one.record == record]


def _what(one: Decision) -> str:
    """Name what a withdrawal takes out."""
    return str(one.value) if one.action == "withhold" else one.record


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
    standing = _standing(workplace)
    for one in standing:
        told = {"what": _what(one), "reason": one.reason, "by": one.by, "at": f"{one.at:%Y-%m-%d}"}
        desk.tell("withdraw.line", id=one.id, **told)
    if not standing:
        desk.tell("withdraw.none")

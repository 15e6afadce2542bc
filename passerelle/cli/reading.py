"""The commands that look: show, explain and issues."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from passerelle.cli.desk import Desk, console, epilog
from passerelle.cli.errors import USAGE, CommandError

if TYPE_CHECKING:
    from schemas.issue import Issue

PANEL = "Look · Regarder"

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON. · Écrire du JSON.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""

    def command(function: Callable[..., None], *examples: str) -> None:
        app.command(rich_help_panel=PANEL, epilog=epilog(*examples))(function)

    command(show, 'passerelle show "relais trottoir"', "passerelle show ini-7f3k9q2m --json")
    command(explain, 'passerelle explain "relais trottoir"', "passerelle explain ini-7f3k9q2m --json")
    command(issues, "passerelle issues", "passerelle issues --stage extract --code empty-file")


def show(
    context: typer.Context,
    query: Annotated[str, typer.Argument(metavar="RECORD", help="Id, slug, or part of a name. · Id ou nom.")],
    as_json: AsJson = False,
) -> None:
    """Show a record, both languages side by side, and where each value was read.

    Montrer une fiche, les deux langues côte à côte, et où chaque valeur a été lue.
    """
    from passerelle.cli.record_view import as_data, view  # noqa: PLC0415
    from passerelle.cli.search import Shelf, search  # noqa: PLC0415

    desk: Desk = context.obj
    with desk.workplace() as workplace:
        shelf = Shelf.of(workplace)
    record = search(desk, shelf, query)
    provenance = shelf.provenance.get(record.id)
    if as_json:
        typer.echo(json.dumps(as_data(record, provenance), ensure_ascii=False, indent=2))
    else:
        console().print(view(desk, record, provenance, shelf.names, shelf.made_from))


def explain(
    context: typer.Context,
    query: Annotated[str, typer.Argument(metavar="RECORD", help="Id, slug, or part of a name. · Id ou nom.")],
    as_json: AsJson = False,
) -> None:
    """Say of each value of a record which rule read it in which sentence, and what was read but not kept.

    Dire de chaque valeur d’une fiche quelle règle l’a lue dans quelle phrase, et ce qui fut lu mais écarté.
    """
    from passerelle.cli.explaining import as_lines, explained  # noqa: PLC0415
    from passerelle.cli.search import Shelf, search  # noqa: PLC0415

    desk: Desk = context.obj
    with desk.workplace() as workplace:
        shelf = Shelf.of(workplace)
        record = search(desk, shelf, query)
        found = explained(workplace, record, shelf.provenance.get(record.id))
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for line in as_lines(desk, found):
            typer.echo(line)


def issues(
    context: typer.Context,
    stage: Annotated[str | None, typer.Option(help="Only of one station. · D’une station.")] = None,
    code: Annotated[str | None, typer.Option(help="Only of one code, and what to do. · D’un code.")] = None,
    as_json: AsJson = False,
) -> None:
    """List what went wrong with which page or text, and what to do.

    Lister ce qui n’a pas marché, avec quelle page ou quel texte, et quoi faire.
    """
    from passerelle.cli.issue_codes import issue_codes  # noqa: PLC0415
    from passerelle.store.log import load_issues  # noqa: PLC0415

    desk: Desk = context.obj
    _check_filters(desk, stage, code)
    with desk.workplace() as workplace, workplace.store.session() as session:
        found = [i for i in load_issues(session) if stage in {None, i.stage} and code in {None, i.code}]
    if as_json:
        for issue in found:
            typer.echo(issue.model_dump_json())
        return
    for issue in found:
        _tell_issue(desk, issue)
    desk.tell("issues.total" if found else "issues.none", count=len(found))
    if code:
        explained = issue_codes()[code]
        typer.echo(f"{explained.meaning.get(desk.language)} {explained.remedy.get(desk.language)}")


def _check_filters(desk: Desk, stage: str | None, code: str | None) -> None:
    from typing import get_args  # noqa: PLC0415

    from passerelle.cli.issue_codes import issue_codes  # noqa: PLC0415
    from schemas.issue import Stage  # noqa: PLC0415

    for value, choices in ((stage, get_args(Stage)), (code, tuple(issue_codes()))):
        if value is not None and value not in choices:
            raise CommandError(desk.text("issues.unknown", value=value, choices=", ".join(choices)), USAGE)


def _tell_issue(desk: Desk, issue: Issue) -> None:
    """Write an issue on one line; what the station says only in English, French readers get with --verbose only."""
    from passerelle.cli.issue_codes import issue_codes  # noqa: PLC0415

    place = issue.record or issue.page or issue.source
    where = f" {place}" if place else ""
    colour = {"error": typer.colors.RED, "warning": typer.colors.YELLOW}.get(issue.severity)
    severity = typer.style(desk.text(f"severity.{issue.severity}"), fg=colour)
    said = issue.message
    known = issue_codes().get(issue.code)
    if desk.language == "fr" and issue.message_fr:
        said = issue.message_fr
    elif desk.language == "fr" and known:
        detail = f" ({issue.detail})" if issue.detail else ""
        raw = f" [{issue.message}]" if desk.verbose else ""
        said = f"{known.meaning.fr} {known.remedy.fr}{detail}{raw}"
    typer.echo(desk.text("issues.line", severity=severity, stage=issue.stage, code=issue.code, where=where, said=said))

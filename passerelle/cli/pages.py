"""The commands for extractor work: extract-file and new-extractor."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from passerelle.cli.desk import Desk, epilog
from passerelle.cli.errors import SKIPPED, USAGE, CommandError
from passerelle.settings import PROJECT

if TYPE_CHECKING:
    from schemas.drafts import Draft, Extraction

PANEL = "Work on extractors · Travailler aux extracteurs"


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""

    def command(name: str, function: Callable[..., None], *examples: str) -> None:
        app.command(name, rich_help_panel=PANEL, epilog=epilog(*examples))(function)

    command(
        "extract-file",
        extract_file,
        "passerelle extract-file page.html --url https://exemple.passerelle.example/page/",
        "passerelle extract-file page.html --json",
        """echo '{"id": 1, "url": "", "html_path": "page.html"}' | passerelle extract-file --jsonl""",
    )
    command(
        "new-extractor",
        new_extractor,
        "passerelle new-extractor quartier --page saved-page.html",
        "passerelle new-extractor quartier --update-expected",
    )


def extract_file(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="A saved page. · Une page enregistrée.")] = None,
    url: Annotated[str | None, typer.Option(help="Where it was found. · Son adresse.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print all drafts as JSON. · Tout en JSON.")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read many pages named on standard input, a line of JSON each.")
    ] = False,
) -> None:
    """Read a page and print what was found; nothing is kept.

    Lire une page et montrer ce qui y est trouvé; rien n’est gardé.

    With --jsonl, lines {"id", "url", "html_path"} come in, and lines {"id", "title", "text", "author", "date",
    "language", "initiatives"} go out, one each; a page that cannot be read gives a line with "error".
    """
    from passerelle.cli.page_lines import answer_lines, read_file  # noqa: PLC0415

    desk: Desk = context.obj
    if jsonl == (file is not None):
        raise CommandError(desk.text("page.usage"), USAGE)
    if file is None:
        answer_lines(sys.stdin.buffer, sys.stdout)
        return
    if not file.is_file():
        raise CommandError(desk.text("page.no-file", path=file), USAGE)
    extraction = read_file(file, url, desk.sources())
    if as_json:
        typer.echo(extraction.model_dump_json(indent=2))
    else:
        _tell(desk, extraction)
    raise typer.Exit(0 if extraction.drafts else SKIPPED)


def new_extractor(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name of the family: lower-case letters and digits.")],
    page: Annotated[Path | None, typer.Option(help="A saved page of the family. · Une page de la famille.")] = None,
    update: Annotated[
        bool, typer.Option("--update-expected", help="Write what the extractor reads now as expected.")
    ] = False,
) -> None:
    """Start an extractor for a family of sites: its module, saved page and expected records.

    Commencer un extracteur : son module, la page enregistrée et les fiches attendues.
    """
    from extractors.new_extractor import create, update_expected  # noqa: PLC0415

    desk: Desk = context.obj
    if update and page is not None:
        raise CommandError(desk.text("extractor.usage"), USAGE)
    for line in update_expected(name, PROJECT) if update else create(name, page, PROJECT):
        typer.echo(line)


def _tell(desk: Desk, extraction: Extraction) -> None:
    desk.tell("page.drafts", page=extraction.page, language=extraction.language, extractor=extraction.extractor)
    for draft in extraction.drafts:
        typer.echo(f"\n{desk.text(f'page.{draft.type}')}: {_name(draft)}")
        for field, value in draft:
            said = [
                _short(found.value) for found in (value if isinstance(value, tuple) else (value,)) if _is_found(found)
            ]
            if said:
                typer.echo(f"  {field}: {'; '.join(said)}")
    if not extraction.drafts:
        desk.tell("page.nothing")
    for issue in extraction.issues:
        desk.warn("ingest.issue", severity=desk.text(f"severity.{issue.severity}"), said=issue.message)


def _name(draft: Draft) -> str:
    if draft.type == "initiative":
        return draft.name.value
    return draft.title.value if draft.type == "news" else draft.organization.value.name


def _is_found(value: object) -> bool:
    return hasattr(value, "evidence")


def _short(value: object) -> str:
    data = value.model_dump(mode="json", exclude_none=True) if hasattr(value, "model_dump") else value
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    line = " ".join(text.split())
    return line if len(line) <= 200 else f"{line[:199]}…"

"""``passerelle sources``: how the sources are doing, whether their files are right, and the draft of a new one."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from passerelle.cli.desk import Desk, console, epilog
from passerelle.cli.errors import TROUBLE, USAGE, CommandError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.table import Table

    from passerelle.crawling.fetching.fetch import Fetcher
    from passerelle.workplace import Workplace
    from schemas.crawl import SourceState
    from schemas.records import Initiative, NewsItem

PANEL = "Look · Regarder"
NONE = "–"
"""Shown for what nobody knows yet."""
_FIGURES = frozenset({"changes", "failing", "pages", "initiatives", "news"})
_COLUMNS = ("name", "last", "changes", "failing", "next", "health", "pages", "initiatives", "news")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON lines. · Écrire des lignes de JSON.")]

app = typer.Typer(
    help="How the sources are doing, and their files.\n\nL’état des sources, et leurs fichiers.",
    epilog="Examples · Exemples\n\npasserelle sources\n\npasserelle sources check",
)


@app.callback(invoke_without_command=True)
def sources(context: typer.Context) -> None:
    """How the sources are doing, and their files. Without a command: list.

    L’état des sources, et leurs fichiers. Sans commande : list.
    """
    if context.invoked_subcommand is None:
        list_sources(context)


@app.command("list", epilog=epilog("passerelle sources list", "passerelle sources list --json"))
def list_sources(context: typer.Context, as_json: AsJson = False) -> None:
    """List the sources: last and next visit, what changed, health, pages and records.

    Lister les sources : dernière et prochaine visites, changements, santé, pages et fiches.
    """
    desk: Desk = context.obj
    with desk.workplace() as workplace:
        states, counts = _states(workplace)
        described = set(workplace.sources)
    if as_json:
        for name, state in states.items():
            typer.echo(json.dumps(state.model_dump(mode="json") | {"records": counts[name]}, ensure_ascii=False))
    elif states:
        console().print(_table(desk, states, counts))
        desk.tell("sources.legend")
    else:
        desk.tell("sources.none", folders=", ".join(map(str, desk.settings.source_folders)) or "sources/")
    for name in sorted(set(states) - described):
        (desk.warn if as_json else desk.tell)("sources.undescribed", name=name)


@app.command(epilog=epilog("passerelle sources check"))
def check(context: typer.Context) -> None:
    """Check every source file; each problem is told with its file, line and field.

    Vérifier chaque fichier de source; chaque problème est dit avec son fichier, sa ligne et son champ.
    """
    from extractors.registry import families  # noqa: PLC0415
    from passerelle.crawling.source_files import check_source_files  # noqa: PLC0415

    desk: Desk = context.obj
    folders = desk.settings.source_folders
    problems = check_source_files(folders, families=families())
    for problem in problems:
        severity = desk.text(f"severity.{problem.severity}")
        desk.tell("sources.problem", severity=severity, said=problem.text(desk.language))
    count = sum(1 for folder in folders for _ in folder.glob("*.yml"))
    tally = Counter(problem.severity for problem in problems)
    desk.tell(
        "sources.trouble" if problems else "sources.fine",
        count=count,
        errors=tally["error"],
        warnings=tally["warning"],
    )
    raise typer.Exit(USAGE if tally["error"] else 0)


@app.command(epilog=epilog("passerelle sources new https://www.exemple.org/"))
def new(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="Home page of the site. · Page d’accueil du site.")],
    name: Annotated[str | None, typer.Option(help="Name of the source. · Nom de la source.")] = None,
    contact: Annotated[
        str,
        typer.Option(
            envvar="PASSERELLE_CONTACT",
            help="Page or e-mail address that every request names, for the site’s owner. · Contact, dit au site.",
        ),
    ] = "",
    show: Annotated[bool, typer.Option("--print", help="Print it, write no file. · L’afficher seulement.")] = False,
) -> None:
    """Look at a site and write a draft of its source file, disabled, for a person to read over.

    Regarder un site et ébaucher son fichier de source, inactif, à relire.
    """
    from passerelle.crawling.source_draft import DraftError, draft_source  # noqa: PLC0415
    from passerelle.settings import PROJECT  # noqa: PLC0415

    desk: Desk = context.obj
    template = (PROJECT / "sources" / "exemple.yml").read_text("utf-8")
    if name:
        _refuse_existing(desk, name)
    try:
        with _fetcher(desk, contact) as fetcher:
            draft = draft_source(url, fetcher.fetch, template=template, name=name)
    except DraftError as error:
        raise CommandError(error.said.get(desk.language) or str(error), TROUBLE) from error
    for note in draft.notes:
        typer.echo(note.get(desk.language), err=True)
    if show:
        typer.echo(draft.text, nl=False)
        return
    _refuse_existing(desk, draft.name)
    path = desk.settings.home / "sources" / f"{draft.name}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(draft.text)
    desk.tell("sources.drafted", path=path)


def _fetcher(desk: Desk, contact: str) -> Fetcher:
    from passerelle.crawling.fetching.fetch import Fetcher, FetchSettings  # noqa: PLC0415

    try:
        return Fetcher(FetchSettings(contact, allow_hosts=desk.settings.allow_hosts))
    except ValueError as error:
        raise CommandError(desk.text("sources.no-contact"), USAGE) from error


def _refuse_existing(desk: Desk, name: str) -> None:
    for folder in desk.settings.source_folders:
        path = folder / f"{name}.yml"
        if path.exists():
            raise CommandError(desk.text("sources.exists", path=path), USAGE)


def _states(workplace: Workplace) -> tuple[dict[str, SourceState], dict[str, dict[str, int]]]:
    """Give the state of every source that is described or has pages, and its numbers of records."""
    from passerelle.crawling.schedules import next_runs  # noqa: PLC0415
    from passerelle.store.captures import pages_by_source  # noqa: PLC0415
    from passerelle.store.crawls import source_states  # noqa: PLC0415
    from passerelle.store.records import load_matched  # noqa: PLC0415
    from schemas.crawl import SourceState  # noqa: PLC0415

    now = datetime.now(UTC)
    with workplace.store.session() as session:
        pages, matched = pages_by_source(session), load_matched(session)
        initiatives, news = _by_source(matched.initiatives), _by_source(matched.news)
        due = next_runs(session, workplace.sources, now)
        states = source_states(session, workplace.sources, now=now, next_runs=due, initiatives=initiatives)
    names = sorted({*states, *pages})
    counts = {
        name: {"pages": pages.get(name, 0), "initiatives": initiatives[name], "news": news[name]} for name in names
    }
    return {name: states.get(name) or SourceState(source=name, health="manual") for name in names}, counts


def _by_source(records: Iterable[Initiative | NewsItem]) -> Counter[str]:
    return Counter(name for record in records for name in {ref.source for ref in record.sources} if name)


def _table(desk: Desk, states: Mapping[str, SourceState], counts: Mapping[str, Mapping[str, int]]) -> Table:
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in _COLUMNS:
        table.add_column(desk.text(f"sources.{column}"), justify="right" if column in _FIGURES else "left")
    for name, state in states.items():
        last = state.last
        changes = f"+{last.counts.new} ~{last.counts.changed} −{last.counts.gone}" if last else NONE
        table.add_row(
            name,
            _moment(last.started) if last else NONE,
            changes,
            str(state.failing) if last else NONE,
            _moment(state.next_run) if state.next_run else NONE,
            _health(desk, state),
            *(str(counts[name][column]) for column in ("pages", "initiatives", "news")),
        )
    return table


def _health(desk: Desk, state: SourceState) -> str:
    in_part = state.health == "never" and state.last is not None
    said = desk.text("health.in-part" if in_part else f"health.{state.health}")
    return f"{said} · {desk.text('sources.scripted', count=state.scripted)}" if state.scripted else said


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"

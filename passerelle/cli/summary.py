"""The end of a run: a short table of what is published, and where to look next."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from passerelle.cli.desk import Desk, console
from passerelle.publishing.folder import Release, current_release
from passerelle.publishing.streams import records_of
from passerelle.store.log import load_issues

if TYPE_CHECKING:
    from rich.table import Table

    from passerelle.workplace import Workplace
    from schemas.issue import Issue

_RECORDS = ("initiatives", "organizations", "news")
_ORIGINS = ("source", "human", "memory", "machine", "pending")
_SEVERITIES = ("error", "warning", "info")


def tell_summary(desk: Desk, workplace: Workplace, *, changed: bool) -> None:
    """Say what is published now; one line where nothing changed."""
    release = current_release(desk.settings.curated)
    if release is None or not any(release.manifest.counts.get(name) for name in _RECORDS):
        desk.tell("run.nothing")
        return
    place = desk.served
    if not changed:
        desk.tell("publish.unchanged", number=release.number, place=place)
        return
    with workplace.store.session() as session:
        issues = load_issues(session)
    out = console()
    out.print(_table(desk, release, issues))
    out.print(desk.text("run.next"))
    for command, meaning in _next_steps(desk, release, issues, place):
        out.print(f"  {command}  [dim]{meaning}[/dim]", soft_wrap=True)


def _table(desk: Desk, release: Release, issues: tuple[Issue, ...]) -> Table:
    from rich.table import Table  # noqa: PLC0415

    manifest = release.manifest
    table = Table.grid(padding=(0, 2))
    table.title = desk.text("run.release", number=release.number)
    table.title_justify = "left"
    counts = [desk.text(f"count.{name}", count=manifest.counts.get(name, 0)) for name in _RECORDS]
    table.add_row(desk.text("run.records"), " · ".join(counts))
    for language, origins in sorted(manifest.coverage.items(), reverse=True):
        texts = [f"{desk.text(f'origin.{origin}')} {getattr(origins, origin)}" for origin in _ORIGINS]
        table.add_row(desk.text(f"run.texts-{language}"), " · ".join(texts))
    severities = Counter[str](issue.severity for issue in issues)
    lines = [f"{desk.text(f'severity.{severity}')} {severities[severity]}" for severity in _SEVERITIES]
    table.add_row(desk.text("run.issues"), " · ".join(lines))
    return table


def _next_steps(desk: Desk, release: Release, issues: tuple[Issue, ...], place: Path) -> list[tuple[str, str]]:
    command = desk.called
    steps = [(str(place / "index.json"), desk.text("run.next-release"))]
    if first := next(records_of(release.folder, "initiative"), None):
        steps.append((f"{command} show {first[1]['slug']}", desk.text("run.next-show")))
    if issues:
        steps.append((f"{command} issues", desk.text("run.next-issues")))
    if any(issue.code == "no-engine" for issue in issues):
        steps.append((f"{command} models install fr-en", desk.text("run.next-models")))
    return steps

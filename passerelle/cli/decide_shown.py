"""The tables of ``passerelle decide``: the queue, histories, and what a merge or split would make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import typer
from rich.table import Table
from rich.text import Text

from passerelle.cli.desk import Desk, console
from passerelle.review.help import MergePreview, Record
from passerelle.review.history import Entry
from passerelle.review.queue import QueueItem, QueuePage
from passerelle.review.searching import names_of
from passerelle.review.web.saying import plain
from passerelle.review.web.words import translator
from schemas.decision import Decision

WIDE = 60
"""Characters of a value shown in a table."""


def show_queue(desk: Desk, found: QueuePage) -> None:
    """Show a page of the queue."""
    say = translator(desk.language)
    table = _table(desk, "record", "name", "why", "status")
    for item in found.items:
        why = ", ".join(say(f"reason.{reason}") for reason in item.reasons)
        table.add_row(item.record, Text(_name(desk, item)), Text(why), say(f"status.{item.status}"))
    console().print(table)
    desk.tell("decide.counts", shown=len(found.items), total=found.total)


def show_history(desk: Desk, entries: Sequence[Entry]) -> None:
    """Show acts, newest first."""
    table = _table(desk, "when", "who", "what", "id")
    for entry in entries:
        gone = f" ({desk.text('decide.gone')})" if entry.undone else ""
        what = "\n".join(_told(desk, one) for one in entry.decisions[:3])
        more = f"\n… {len(entry.decisions)}" if len(entry.decisions) > 3 else ""
        when = f"{entry.first.at:%Y-%m-%d %H:%M}"
        table.add_row(when, Text(entry.first.by), Text(what + more + gone), entry.first.id)
    console().print(table)


def show_merge(desk: Desk, told: MergePreview) -> None:
    """Show what a merge would make of every field in which the two records differ."""
    if told.record is None:
        desk.tell("decide.no-merge")
        return
    desk.tell("decide.keeps", keeps=told.keeps, goes=told.redirects)
    table = _table(desk, "field", "one", "other", "merged")
    for one in told.fields:
        if one.fate != "same":
            table.add_row(one.path, *(Text(_short(value)) for value in (one.one, one.other, one.merged)))
    console().print(table)


def show_parts(desk: Desk, records: Iterable[Record]) -> None:
    """Show the records that a split would make."""
    several = tuple(records)
    desk.tell("decide.parts", count=len(several))
    for one in several:
        typer.echo(f"  {one.id}  {next(filter(None, names_of(one)), '')}")


def _table(desk: Desk, *columns: str) -> Table:
    return Table(*(desk.text(f"decide.{column}") for column in columns), box=None)


def _name(desk: Desk, item: QueueItem) -> str:
    names = (item.name_fr, item.name_en)
    return next(filter(None, names if desk.language == "fr" else names[::-1]), "")


def _told(desk: Desk, one: Decision) -> str:
    value = "" if one.value is None else f" = {_short(plain(one.path or '', one.value, one.record, desk.language))}"
    path = f" {one.path}" if one.path else ""
    reason = f" – {one.reason}" if one.reason else ""
    return f"{desk.text(f'decide.act-{one.action}')} {one.record}{path}{value}{reason}"


def _short(value: object) -> str:
    said = "" if value is None else str(value)
    return said if len(said) <= WIDE else f"{said[: WIDE - 1]}…"

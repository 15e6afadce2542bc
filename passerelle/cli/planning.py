"""Show what publishing would do, as ``publish --dry-run`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from passerelle.cli.errors import REFUSED

if TYPE_CHECKING:
    from passerelle.cli.desk import Desk
    from passerelle.publishing.plan import Plan
    from schemas.release import Change

SIGNS = {"added": "+", "changed": "~", "merged": ">", "withdrawn": "-"}
SHOWN = 50
"""Lines that are shown unless all are asked for."""


def show_plan(desk: Desk, plan: Plan, *, everything: bool) -> None:
    """Write a plan, a line a record; ends the command with the code that publishing would have.

    Raises:
        typer.Exit: the gate would refuse the release.
    """
    shown = plan.lines if everything else plan.lines[:SHOWN]
    for line in shown if plan.verdict != "unchanged" else ():
        typer.echo(f"{SIGNS[line.change]} {line.id}{_told(line)}")
    if (more := sum(plan.changed.values()) - len(shown)) > 0 and plan.verdict != "unchanged":
        desk.tell("plan.more", count=more)
    counts = ", ".join(desk.text(f"plan.{kind}", count=count) for kind, count in plan.changed.items() if count)
    empty = plan.verdict == "unchanged" and plan.number is None
    said = "publish.nothing" if empty else f"plan.{plan.verdict}"
    desk.tell(said, number=plan.number, changed=counts or desk.text("plan.nothing"))
    for reason in plan.reasons:
        typer.echo(f"- {reason.message}")
    if plan.verdict == "refuse":
        raise typer.Exit(REFUSED)


def _told(line: Change) -> str:
    if line.fields:
        return f"  {', '.join(line.fields)}"
    return f"  → {line.into}" if line.into else f"  ({line.reason})" if line.reason else ""

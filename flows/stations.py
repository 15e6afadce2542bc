"""One flow a station and one for the whole way.

Parameters are scalars and tasks are batches of pages: Prefect keeps every task's state, so neither page bodies nor
a task a page ever pass through it.
"""

from __future__ import annotations

from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task
from sqlalchemy.exc import OperationalError

from passerelle import pipeline
from passerelle.crawling.ingest import ingest_manifest
from passerelle.pipeline import StationReport
from passerelle.store.captures import newest_captures
from passerelle.workplace import open_workplace

PAGES_A_TASK = 200
"""A task costs Prefect about 10 ms and a page costs about 50: the bookkeeping stays below a thousandth."""


class ReleaseRefusedError(RuntimeError):
    """The gate refused the release; the message says why and the last good one is still served."""


def _database_away(_task: Task[..., object], _run: TaskRun, state: State[object]) -> bool:
    """Retry only what can pass by itself: a database server that does not answer."""
    return isinstance(state.result(raise_on_failure=False), OperationalError)


def home_of(home: str | None) -> Path | None:
    """Give the folder of a data set from a flow's parameter; the default without one."""
    return Path(home) if home else None


@task(retries=3, retry_delay_seconds=[2, 10, 60], retry_condition_fn=_database_away)
def read_batch(home: str | None, pages: list[str]) -> int:
    """Read the newest captures of some pages."""
    with open_workplace(home_of(home)) as workplace:
        with workplace.store.session() as session:
            captures = newest_captures(session, pages)
        pipeline.read_captures(workplace, captures)
    return len(pages)


@flow(name="ingest")
def ingest_flow(manifest: str, home: str | None = None) -> int:
    """Take in the files of a manifest."""
    with open_workplace(home_of(home)) as workplace:
        report = ingest_manifest(Path(manifest), store=workplace.store, raw=workplace.raw, sources=workplace.sources)
    create_table_artifact(
        [{"new": report.new, "known": report.known, "issues": len(report.issues)}], key="ingest", description=manifest
    )
    return report.new


@flow(name="extract")
def extract_flow(home: str | None = None) -> int:
    """Read every page that waits, in batches."""
    with open_workplace(home_of(home)) as workplace:
        pages = [capture.page for capture in pipeline.waiting(workplace)]
    batches = [pages[start : start + PAGES_A_TASK] for start in range(0, len(pages), PAGES_A_TASK)]
    for batch in batches:
        read_batch(home, batch)
    with open_workplace(home_of(home)) as workplace:
        return _record(pipeline.finish_extract(workplace, len(pages)))


@flow(name="match", retries=1, retry_delay_seconds=10)
def match_flow(home: str | None = None) -> int:
    """Match all drafts into records."""
    with open_workplace(home_of(home)) as workplace:
        return _record(pipeline.match(workplace))


@flow(name="translate", retries=1, retry_delay_seconds=10)
def translate_flow(home: str | None = None) -> int:
    """Fill the gaps between the languages."""
    with open_workplace(home_of(home)) as workplace:
        return _record(pipeline.translate(workplace))


@flow(name="publish")
def publish_flow(home: str | None = None, *, accept_drop: bool = False) -> int:
    """Publish a release; a refusal of the gate is a failed run.

    Raises:
        ReleaseRefusedError: the gate refused; run again with ``accept_drop`` where the drop is right.
    """
    with open_workplace(home_of(home)) as workplace:
        outcome = pipeline.publish(workplace, accept_drop=accept_drop)
    lines = "\n".join(f"- {issue.message}" for issue in outcome.reasons)
    create_markdown_artifact(f"**{outcome.status}** {outcome.number or ''}\n\n{lines}", key="publish")
    if outcome.status == "refused":
        raise ReleaseRefusedError(lines)
    return outcome.number or 0


@flow(name="whole-way")
def whole_way(home: str | None = None, *, accept_drop: bool = False) -> int:
    """Go from the captures to a release."""
    extract_flow(home)
    match_flow(home)
    translate_flow(home)
    return publish_flow(home, accept_drop=accept_drop)


def _record(report: StationReport) -> int:
    row = {"changed": report.changed, "total": report.total, "issues": report.issues}
    create_table_artifact([row], key=report.station)
    return report.changed

"""The crawl of one source as a flow: what Prefect schedules, keeps a history of and raises alarms about.

Politeness, resuming and the archive are the crawl's own; nothing but names and counts passes through Prefect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.client.schemas.objects import State, TaskRun
from prefect.events import emit_event
from prefect.tasks import Task

from flows.stations import home_of
from passerelle.crawling.crawl import CrawlOptions, crawl_source
from passerelle.crawling.fetchers import fetchers
from passerelle.workplace import open_workplace
from schemas.crawl import CrawlCounts

if TYPE_CHECKING:
    from passerelle.crawling.report import CrawlReport

FAILED_EVENT, SILENT_EVENT = "passerelle.source.failed", "passerelle.source.silent"
"""Names of the events that automations wait for; their resource is ``passerelle.source.NAME``."""
SAID = 5
"""Issues told in an event; the rest is in the issue log."""


class SourceUnreachableError(RuntimeError):
    """The site gave no page; the message is the first issue. Asked again later, it may."""


class CrawlFailedError(RuntimeError):
    """The crawl could not go on, and would not a minute later either; the message says why."""


def _may_pass(_task: Task[..., object], _run: TaskRun, state: State[object]) -> bool:
    """Retry only what can pass by itself: a site that does not answer for now."""
    return isinstance(state.result(raise_on_failure=False), SourceUnreachableError)


@task(retries=2, retry_delay_seconds=[300, 1800], retry_condition_fn=_may_pass)
def crawl_one(home: str | None, source: str, limit: int | None) -> str:
    """Crawl one source; give how it ended.

    Raises:
        SourceUnreachableError: the site gave no page.
        CrawlFailedError: anything else that ended the run early.
    """
    with open_workplace(home_of(home)) as workplace, fetchers(workplace.settings) as make:
        if source not in workplace.sources:
            msg = f"no source is named {source!r}; run passerelle deploy after a source file was renamed"
            raise CrawlFailedError(msg)
        described = workplace.sources[source]
        if not described.enabled:
            msg = f"source {source} is disabled; run passerelle deploy so that it is not scheduled any more"
            raise CrawlFailedError(msg)
        report = crawl_source(
            described,
            workplace=workplace,
            fetcher_factory=make,
            options=CrawlOptions(limit=limit),
        )
    _tell(report)
    said = next((issue.message for issue in report.issues if issue.severity == "error"), report.end)
    if report.end == "unreachable":
        raise SourceUnreachableError(said)
    if report.end == "failed":
        raise CrawlFailedError(said)
    return report.end


@flow(name="crawl-source")
def crawl_source_flow(source: str, home: str | None = None, limit: int | None = None) -> str:
    """Crawl one source; a run that could not do its work is a failed run."""
    return crawl_one(home, source, limit)


def _tell(report: CrawlReport) -> None:
    """Leave the counts as an artifact, and an event where somebody should look."""
    counts = {name: getattr(report.counts, name) for name in CrawlCounts.model_fields}
    row = {"end": report.end, "health": report.health, **counts, "issues": len(report.issues)}
    create_table_artifact([row], key=f"crawl-{report.source}", description=report.source)
    event = FAILED_EVENT if report.is_bad or report.health == "failing" else None
    event = event or (SILENT_EVENT if report.health == "silent" else None)
    if event:
        emit_event(
            event,
            resource={
                "prefect.resource.id": f"passerelle.source.{report.source}",
                "prefect.resource.name": report.source,
            },
            payload=row | {"said": [issue.message for issue in report.issues[:SAID]]},
        )

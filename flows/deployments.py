"""``prefect.yaml``: a deployment for the crawl of each enabled source, and one for the way from archive to release.

Generated from sources/*.yml, so that a schedule is written in one place. Every schedule has a slug and says whether
it is active: without, a redeployment could switch it. Entrypoints are paths in the checkout, the only kind that
``prefect deploy`` takes (3.7.8). Imports no Prefect.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from schemas.source import Schedule, Source

FILE = "prefect.yaml"
WORK_POOL = "passerelle"
PUBLISH_SCHEDULE = Schedule(cron="0 8 * * *")
"""When what the night's crawls brought is processed and published."""

_HEAD = """# Généré par « passerelle deploy » à partir de sources/*.yml : ne pas modifier ici.
# Written by "passerelle deploy" from sources/*.yml: do not edit it here.
"""

Deployment = dict[str, Any]


def deployments(sources: Mapping[str, Source]) -> list[Deployment]:
    """Describe all deployments, in the form of prefect.yaml: crawls by source name, then the whole way."""
    crawls = [_crawl(source) for _, source in sorted(sources.items()) if source.enabled and source.crawl]
    whole_way = _deployment(
        "process-and-publish",
        "flows/stations.py:whole_way",
        "From the archive to a release. · De l’archive à la version publiée.",
        PUBLISH_SCHEDULE,
    )
    return [*crawls, whole_way]


def as_yaml(sources: Mapping[str, Source]) -> str:
    """Write the file."""
    content = {"name": "passerelle", "deployments": deployments(sources)}
    return _HEAD + yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120)


def is_current(path: Path, sources: Mapping[str, Source]) -> bool:
    """Say whether the file says what the sources say."""
    return path.is_file() and path.read_text("utf-8") == as_yaml(sources)


def _crawl(source: Source) -> Deployment:
    schedule = source.crawl.schedule if source.crawl else None
    title = source.title.fr or source.title.en or source.name
    made = _deployment(f"crawl-{source.name}", "flows/crawling.py:crawl_source_flow", title, schedule)
    return made | {"parameters": {"source": source.name}}


def _deployment(name: str, entrypoint: str, description: str, schedule: Schedule | None) -> Deployment:
    timed = {"slug": name, "cron": schedule.cron, "timezone": schedule.timezone, "active": True} if schedule else None
    return {
        "name": name,
        "description": description,
        "entrypoint": entrypoint,
        "parameters": {},
        "schedules": [timed] if timed else [],
        # A run that would overlap with the one before is left out: the next will see what it would have.
        "concurrency_limit": {"limit": 1, "collision_strategy": "CANCEL_NEW"},
        "work_pool": {"name": WORK_POOL},
    }

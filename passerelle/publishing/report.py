"""What the gate saw and said, for a curator (Markdown, in both languages) and for programs (JSON).

``curated/reports/NUMBER.md`` and ``.json`` for each release kept; ``curated/reports/refused.md`` and ``.json`` for the
last one that was refused, until one is published.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from passerelle.publishing.folder import replace_file
from passerelle.publishing.gate import Candidate, Served
from passerelle.publishing.measures import Measures
from schemas.completeness import KEY_FIELDS
from schemas.issue import Issue
from schemas.release import Coverage

FOLDER = "reports"
REFUSED = "refused"

Json = dict[str, Any]


def report_of(
    candidate: Candidate,
    served: Served | None,
    *,
    reasons: Sequence[Issue],
    changed: Mapping[str, int],
    accepted: bool,
) -> Json:
    """Give what the gate saw, as JSON.

    Args:
        candidate: what was to be published.
        served: the release that it was compared with, if any.
        reasons: why it was refused; none where it was published.
        changed: how many records are added, changed, merged and withdrawn.
        accepted: whether a person accepted what is suspicious.
    """
    before = served.measures(candidate.resting) if served else Measures()
    now = candidate.measures
    names = sorted(before.initiatives.keys() | now.initiatives.keys())
    earlier = served.release.manifest.coverage if served else {}
    return {
        "verdict": "refused" if reasons else "passed",
        "compared_with": served.release.number if served else None,
        "accepted": accepted,
        "reasons": [issue.model_dump(mode="json", exclude_none=True) for issue in reasons],
        "changed": dict(changed),
        "initiatives": {name or "*": _pair(before.initiatives[name], now.initiatives[name]) for name in names},
        "filled": {
            name or "*": {key: _pair(before.rate(name, key), now.rate(name, key)) for key in KEY_FIELDS}
            for name in names
        },
        "texts": {
            language: _pair(_plain(earlier.get(language)), _plain(now_))
            for language, now_ in candidate.coverage.items()
        },
    }


def write_report(curated: Path, name: str, report: Json) -> None:
    """Write a report as Markdown and JSON; each appears in one step."""
    folder = curated / FOLDER
    replace_file(folder / f"{name}.json", f"{json.dumps(report, ensure_ascii=False, indent=2)}\n".encode())
    replace_file(folder / f"{name}.md", markdown(report).encode())


def clear_reports(curated: Path, kept: Sequence[int]) -> None:
    """Take away the report of the last refusal, and those of releases that are gone."""
    stay = {str(number) for number in kept}
    for path in (curated / FOLDER).glob("*"):
        if path.stem not in stay:
            path.unlink()


def markdown(report: Json) -> str:
    """Write a report for people."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Json) -> Iterator[str]:
    passed = report["verdict"] == "passed"
    yield f"# {'Publiée · Published' if passed else 'Refusée · Refused'}\n"
    compared = report["compared_with"]
    if compared:
        yield f"Comparée à la version {compared} · Compared with release {compared}\n"
    if report["accepted"]:
        yield "Baisses acceptées par une personne · Drops accepted by a person\n"
    if report["reasons"]:
        yield "## Raisons · Reasons\n"
        yield from (f"- `{reason['code']}` {reason['message']}" for reason in report["reasons"])
        yield ""
    kinds = {
        "added": "ajoutées · added",
        "changed": "modifiées · changed",
        "merged": "fusionnées · merged",
        "withdrawn": "retirées · withdrawn",
    }
    yield "## Changements · Changes\n"
    yield from (f"- {kinds[kind]} : {count}" for kind, count in report["changed"].items())
    yield "\n## Initiatives par source · Initiatives by source\n"
    yield "| source | avant · before | maintenant · now |\n|---|---:|---:|"
    for name, pair in report["initiatives"].items():
        yield f"| {_named(name)} | {pair['before']} | {pair['now']} |"
    yield "\n## Champs remplis (%) · Filled fields (%)\n"
    yield f"| source | {' | '.join(KEY_FIELDS)} |\n|---|{'---|' * len(KEY_FIELDS)}"
    for name, fields in report["filled"].items():
        cells = (f"{pair['before']} → {pair['now']}" for pair in fields.values())
        yield f"| {_named(name)} | {' | '.join(cells)} |"
    yield "\n## Textes par langue · Texts by language\n"
    yield f"| | {' | '.join(Coverage.model_fields)} |\n|---|{'---:|' * len(Coverage.model_fields)}"
    for language, pair in report["texts"].items():
        cells = (f"{pair['before'].get(origin, 0)} → {pair['now'].get(origin, 0)}" for origin in Coverage.model_fields)
        yield f"| {language} | {' | '.join(cells)} |"


def _named(source: str) -> str:
    return "toutes · all" if source == "*" else f"`{source}`"


def _pair(before: Any, now: Any) -> Json:
    return {"before": before, "now": now}


def _plain(texts: Coverage | None) -> Json:
    return texts.model_dump(mode="json") if texts else {}

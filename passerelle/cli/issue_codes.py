"""What each code of the issue log means and what to do, in both languages; docs/issues.md is written from it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from schemas.base import LanguageMap, Shape

FILE = Path(__file__).with_name("issue_codes.yml")

_INTRODUCTION = """# The issue log · Le journal des problèmes

One bad page is one line here, never a failed run. `passerelle issues` lists the lines of the last run, `passerelle
issues --code CODE` those of one code with what to do; each release carries them in `issues.ndjson`. An **error** cost
a page, a text or the release; a **warning** cost something smaller or needs a look; **info** asks for nothing.

Une mauvaise page est une ligne ici, jamais une exécution ratée. `passerelle issues` montre les lignes de la dernière
exécution, `passerelle issues --code CODE` celles d’un code et quoi faire; chaque version les contient dans
`issues.ndjson`. Une **erreur** a coûté une page, un texte ou la version; un **avertissement** a coûté moins, ou
demande un coup d’œil; une **information** ne demande rien.

This page is written from `passerelle/cli/issue_codes.yml`: `python -m passerelle.cli.issue_codes`.
"""


class IssueCode(Shape):
    """One code: the station it comes from, what it means, what to do."""

    stage: str
    meaning: LanguageMap
    remedy: LanguageMap


@cache
def issue_codes() -> dict[str, IssueCode]:
    """Load all codes, in the order of the way of the data."""
    return TypeAdapter(dict[str, IssueCode]).validate_python(yaml.safe_load(FILE.read_text("utf-8")))


def as_markdown() -> str:
    """Write the page docs/issues.md."""
    lines = [_INTRODUCTION]
    stage = ""
    for code, entry in issue_codes().items():
        if entry.stage != stage:
            stage = entry.stage
            lines.append(f"## {stage}\n")
        lines += [f"### `{code}`\n", f"{entry.meaning.en} *{entry.remedy.en}*\n"]
        lines.append(f"{entry.meaning.fr} *{entry.remedy.fr}*\n")
    return "\n".join(lines)


if __name__ == "__main__":
    (Path(__file__).parents[2] / "docs" / "issues.md").write_text(as_markdown(), "utf-8")

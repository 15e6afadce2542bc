"""Report the facts of the saved initiative pages: ``python -m benchmarks.initiatives [--misses] [FOLDER]``.

The pages of ``FOLDER`` (tests/pages/initiatives by default) need complete expected JSON, see extractors/scoring.py.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

from extractors.expected import expected_path, read_saved, saved_pages
from extractors.scoring import Scores, Tally, score

PAGES = Path(__file__).parents[2] / "tests/pages/initiatives"


def scores_by_family(folder: Path) -> dict[str, Scores]:
    """Score every page of a folder; pages of one family together, lines begin with the page's name."""
    families: dict[str, Scores] = defaultdict(Scores)
    for page in saved_pages(folder):
        expected = json.loads(expected_path(page).read_text("utf-8"))
        made = score(expected, read_saved(page, expected.get("url")))
        made.lines = [f"{page.stem}: {line}" for line in made.lines]
        families[expected.get("family", "other")].add(made)
    return dict(families)


def main() -> None:
    """Print a table by family and one by field, and with ``--misses`` every fact wrong or missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=PAGES)
    parser.add_argument("--misses", action="store_true", help="name every fact that is wrong or missed")
    arguments = parser.parse_args()
    families = scores_by_family(arguments.folder)
    together = Scores()
    for scores in families.values():
        together.add(scores)
    if arguments.misses:
        print("\n".join(together.lines), end="\n\n")
    print(f"{'family':18} {'records':>14}    {'F1':>6}")
    for family, scores in sorted(families.items()):
        records = scores.fields["records"]
        counts = f"{records.right}+{records.wrong}-{records.missed}"
        print(f"{family:18} {counts:>14}    {scores.total.f1:6.3f}")
    print(f"\n{'field':18} {'right':>6} {'wrong':>6} {'missed':>6} {'F1':>6}")
    for name, tally in sorted(together.fields.items()):
        print(_row(name, tally))
    print(_row("all fields", together.total))


def _row(name: str, tally: Tally) -> str:
    return f"{name:18} {tally.right:6} {tally.wrong:6} {tally.missed:6} {tally.f1:6.3f}"


if __name__ == "__main__":
    main()

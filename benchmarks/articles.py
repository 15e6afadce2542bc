"""How well the text of news pages is read, beside trafilatura, and at what cost.

    python -m benchmarks.articles [FOLDER] [--write-floor [--allow-lower]] [--no-baseline]

Reads the saved pages of a folder (default: the project's own, in six site builders' shapes and two languages) that have
a NAME.article.json: title, authors, day, text, and what must stay out. Prints body F1 (4-word shingles), snippet F1
(each paragraph in, each line of furniture out), title, author and day for both readers, overall and by language, and
pages a second of processor time. ``--write-floor`` keeps the figures as the floor below which a test fails; a floor is
only lowered with ``--allow-lower``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from extractors.extract import extract_file_line

PAGES = Path(__file__).parents[1] / "tests/pages/news"
FLOOR = "floor.json"
SUFFIX = ".article.json"
Answer = dict[str, Any]
Reader = Callable[[Path], Answer]


def ours(page: Path) -> Answer:
    """Read a page with this project's extractors, all recognizers included."""
    return extract_file_line({"id": page.name, "url": "", "html_path": str(page)})


def trafilatura(page: Path) -> Answer:
    """Read a page with trafilatura."""
    from trafilatura import bare_extraction  # noqa: PLC0415 (slow to import, and not always measured)

    found: Any = bare_extraction(page.read_bytes(), include_comments=False, with_metadata=True)
    if found is None:
        return {}
    return {"title": found.title, "text": found.text, "author": (found.author or "").split("; "), "date": found.date}


def measure(pages: list[Path], read: Reader) -> dict[str, float]:
    """Give the mean figures of a reader over pages, each from 0 to 1."""
    scores = [_score(json.loads(page.with_suffix(SUFFIX).read_text("utf-8")), read(page)) for page in pages]
    means = {name: sum(score[name] for score in scores) / len(scores) for name in ("body", "title", "author", "day")}
    hit, false, missed = (sum(score[name] for score in scores) for name in ("hit", "false", "missed"))
    return {**means, "snippets": 2 * hit / (2 * hit + false + missed)}


def _score(expected: Answer, answer: Answer) -> dict[str, float]:
    text = " ".join((answer.get("text") or "").split())
    wanted = expected["text"].split("\n")
    hit = sum(line in text for line in wanted)
    return {
        "body": _shingle_f1(expected["text"], text),
        "hit": hit,
        "missed": len(wanted) - hit,
        "false": sum(line in text for line in expected["out"]),
        "title": answer.get("title") == expected["title"],
        "author": list(answer.get("author") or ()) == expected["authors"],
        "day": (answer.get("date") or "")[:10] == expected["day"],
    }


def _shingle_f1(wanted: str, text: str) -> float:
    want, got = _shingles(wanted), _shingles(text)
    both = 2 * (want & got).total()
    return both / (want.total() + got.total()) if both else 0.0


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[start : start + 4]) for start in range(max(1, len(words) - 3)))


def saved(folder: Path = PAGES, ending: str = "") -> list[Path]:
    """Give the pages of a folder that have an answer, those whose name ends in ``ending`` only."""
    return sorted(page for page in folder.glob(f"*{ending}.html") if page.with_suffix(SUFFIX).exists())


def lowered(floor: dict[str, float], figures: dict[str, float]) -> list[str]:
    """Name the figures that fell below their floor, to a thousandth."""
    return [
        f"{name}: {figures[name]:.3f}, floor {least:.3f}"
        for name, least in floor.items()
        if figures[name] < least - 1e-3
    ]


def main() -> int:
    """Measure, print, and keep the floor where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=PAGES)
    parser.add_argument("--write-floor", action="store_true")
    parser.add_argument("--allow-lower", action="store_true")
    parser.add_argument("--no-baseline", action="store_true")
    args = parser.parse_args()
    readers: dict[str, Reader] = {"ours": ours} if args.no_baseline else {"ours": ours, "trafilatura": trafilatura}
    for part in ("", "-fr", "-en"):
        pages = saved(args.folder, part)
        for name, read in readers.items():
            read(pages[0])  # start-up apart
            start = time.process_time()
            figures = measure(pages, read)
            rate = len(pages) / (time.process_time() - start)
            told = "  ".join(f"{key} {value:.3f}" for key, value in figures.items())
            print(f"{part.strip('-') or 'all':4} {len(pages):4} pages  {name:12} {told}  {rate:6.1f} pages/cpu-s")
    return _keep(args.folder, allow_lower=args.allow_lower) if args.write_floor else 0


def _keep(folder: Path, *, allow_lower: bool) -> int:
    """Write the floor of a folder, unless a figure would fall."""
    path, figures = folder / FLOOR, measure(saved(folder), ours)
    fallen = lowered(json.loads(path.read_text("utf-8")), figures) if path.exists() else []
    if fallen and not allow_lower:
        print("Not written, for these would fall (--allow-lower to lower them all the same):", *fallen, sep="\n  ")
        return 1
    path.write_text(json.dumps({name: round(value, 3) for name, value in figures.items()}, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

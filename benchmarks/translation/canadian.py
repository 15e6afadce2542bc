"""How often the French of each side is that of Québec, on sentences in which usage parts: courriel, 25 000 $, 14 h 30.

    python -m benchmarks.translation.canadian --packages HOME/.passerelle/packages

*Québec*: the answer has the form of `canadian.tsv`; *elsewhere*: only a form of Europe, or a calque; *neither*: says it
otherwise or not at all; *held back*: the station leaves it to a person.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from benchmarks.translation.packages import options_of
from benchmarks.translation.sides import engine, station
from passerelle.translation.shipped import install_shipped

CASES = Path(__file__).with_name("canadian.tsv")
SIDES = {"engine": engine, "station": station}
VERDICTS = ("Québec", "elsewhere", "neither", "held back")


def cases(most: int | None) -> list[tuple[str, re.Pattern[str], re.Pattern[str]]]:
    """Give the sentences, with the forms of Québec and the others; no-break spaces count as spaces."""
    rows = [line.split("\t") for line in CASES.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [(text, _form(ours), _form(others)) for text, ours, others in rows][:most]


def verdict(answer: str, ours: re.Pattern[str], others: re.Pattern[str]) -> str:
    """Tell whose form an answer has; an empty one is held back."""
    plain = re.sub(r"\s", " ", answer)
    if not plain:
        return "held back"
    return "Québec" if ours.search(plain) else "elsewhere" if others.search(plain) else "neither"


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.I)


def main() -> None:
    """Run the command."""
    parser = options_of(__doc__)
    parser.add_argument("--answers", action="store_true", help="print the answers that are not of Québec too")
    options = parser.parse_args()
    install_shipped(options.packages, preferred=True)
    tried = cases(options.most)
    print(f"| side | {' | '.join(VERDICTS)} |\n|---|{'---|' * len(VERDICTS)}")
    for name, side in SIDES.items():
        answers = side(options.packages, "en", 2)([text for text, _, _ in tried])
        told = [verdict(answer, ours, others) for answer, (_, ours, others) in zip(answers, tried, strict=True)]
        counts = Counter(told)
        print(f"| {name} | {' | '.join(str(counts[one]) for one in VERDICTS)} |")
        for found, answer, (text, _, _) in zip(told, answers, tried, strict=True):
            if options.answers and found != "Québec":
                sys.stderr.write(f"{name}, {found}: {text} → {answer}\n")


if __name__ == "__main__":
    main()

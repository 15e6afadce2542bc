"""Whether broken and hostile pages give a result or an issue line, in how long, and in how much memory.

    python -m benchmarks.horrors [--mutants 2000]

Reads saved pages spoilt at random (pieces cut, doubled and moved, bytes changed, other charsets and signs pasted in)
and a list of horrors. Prints the slowest and the process's memory; exits 1 where one takes over two seconds of
processor time.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from extractors.extract import extract_page
from schemas.capture import digest_of
from schemas.drafts import Extraction

PAGES = Path(__file__).parents[1] / "tests/pages"
LIMIT = 2.0
"""Seconds of processor time that any page may take."""

_TEXT = "La Table jeunesse de Rimouski accompagne des adolescents depuis 2019 et publie ses résultats chaque année. "
_PASTED = (
    *(sign.encode() for sign in ("\u202e", "\u200b", "\u200f", "\ufeff", "é", "«\u00a0", "</div></p>", "<table><tr>")),
    *(b"\xe9\xe8", b"\xff\xfe", b"\0", b"<!--", b"<script>", b"&#x110000;", b"<p><b><i></p>"),
)


def horrors() -> dict[str, bytes]:
    """Give pages that nobody should write, by name."""
    text = {
        "nested tables": "<table><tr><td>" * 500 + _TEXT * 5,
        "nested divs": "<div>" * 5_000 + _TEXT * 5,
        "nested cards": '<div class="entry content card"><h2>Titre</h2>' * 3_000 + _TEXT,
        "ten megabytes of one line": "<p>" + _TEXT * 95_000,
        "one word": "<p>" + "a" * 10_000_000,
        "many links": "<a href='/a/b'>Projet jeunes</a> " * 100_000,
        "many items": "<ul>" + "<li>Un élément de la liste" * 60_000,
        "many headings": "".join(f"<h2>Projet numéro {n}</h2><p>{_TEXT}</p>" for n in range(2_500)),
        "many names": "<p>" + "un service de la ville, Le Pont bleu, service mobile de soins, est né, " * 4_000,
        "many hidden": '<div style="display:none" class="s">x</div>' * 20_000,
        "many breaks": "<p>" + "mot<br>" * 200_000,
        "broken nesting": "<p><b><i><a href=x><div></p></b>" * 8_000 + _TEXT,
        "right to left": "<p>" + ("\u202e\u200b\u200f" + _TEXT) * 5_000,
        "zero width": "<p>" + "\u200b".join(_TEXT * 2_000),
        "script only": "<div id=root></div><script>" + "x" * 5_000_000 + "</script>",
    }
    mixed = (_TEXT.encode() + _TEXT.encode("cp1252") + b"\xff\xfe" + _TEXT.encode("utf-16-le")) * 2_000
    return {name: f"<html><body>{page}".encode() for name, page in text.items()} | {"mixed encodings": mixed}


def mutants(number: int, seed: int = 0) -> Iterator[tuple[str, bytes]]:
    """Spoil the saved pages at random, each in one to eight places."""
    dice = random.Random(seed)  # noqa: S311 (the same pages each time)
    pages = sorted(page for page in PAGES.rglob("*") if page.suffix in (".html", ".txt"))
    for turn in range(number):
        page = dice.choice(pages)
        body = bytearray(page.read_bytes())
        for _ in range(dice.randint(1, 8)):
            _spoil(body, dice)
        yield f"{page.name} #{turn}", bytes(body)


def _spoil(body: bytearray, dice: random.Random) -> None:
    start = dice.randrange(len(body) + 1)
    end = min(len(body), start + dice.randint(1, 400))
    change = dice.choice(("cut", "double", "move", "paste", "flip"))
    piece = bytes(body[start:end])
    if change in ("cut", "move"):
        del body[start:end]
    if change in ("double", "move"):
        place = dice.randrange(len(body) + 1)
        body[place:place] = piece * (dice.randint(1, 30) if change == "double" else 1)
    elif change == "paste":
        body[start:start] = dice.choice(_PASTED) * dice.randint(1, 20)
    elif change == "flip" and piece:
        body[start] = dice.randrange(256)


def read(name: str, body: bytes) -> Extraction:
    """Read a page as the pipeline does; a page that cannot be read gives an issue."""
    return extract_page(
        body, page=name, url=None, digest=digest_of(body), source=None, source_name="horrors",
        media_type="text/plain" if ".txt" in name else "text/html", headers={},
    )  # fmt: skip


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutants", type=int, default=2_000)
    args = parser.parse_args()
    taken: list[tuple[float, str]] = []
    for name, body in (*mutants(args.mutants), *horrors().items()):
        start = time.process_time()
        read(name, body)
        taken.append((time.process_time() - start, name))
    for seconds, name in sorted(taken, reverse=True)[:12]:
        print(f"{seconds:7.2f} s  {name}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(taken)} pages, {sum(seconds for seconds, _ in taken):.1f} s of processor time, peak {peak} MiB")
    return int(max(taken)[0] > LIMIT)


if __name__ == "__main__":
    sys.exit(main())

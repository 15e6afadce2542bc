"""A toy corpus of 200 sentence pairs about a fictional organisation, and a tokenizer for it."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from training.corpus import write_corpus
from training.tokenizer import train_tokenizer

_WHO = [
    ("The centre", "Le centre"),
    ("Our team", "Notre équipe"),
    ("The network", "Le réseau"),
    ("A group", "Un groupe"),
]
_DOES = [("offers", "offre"), ("prepares", "prépare"), ("announces", "annonce"), ("wants", "veut"), ("finds", "trouve")]
_WHAT = [
    ("workshops", "des ateliers"),
    ("help", "de l'aide"),
    ("a meal", "un repas"),
    ("25 rooms", "25 locaux"),
    ("a service", "un service"),
]
_WHERE = [("in Laval", "à Laval"), ("for youth", "pour les jeunes")]


def toy_pairs() -> list[tuple[str, str]]:
    """Make the 200 pairs: English, French."""
    parts = product(_WHO, _DOES, _WHAT, _WHERE)
    return [(" ".join(p[0] for p in pair) + ".", " ".join(p[1] for p in pair) + ".") for pair in parts]


def write_toy_data(folder: Path) -> Path:
    """Write the toy corpus as train and dev, with its tokenizer; give the folder of the data."""
    data = folder / "data"
    for name in ("train", "dev"):
        write_corpus(data, name, [("toy", english, french) for english, french in toy_pairs()])
    train_tokenizer([text for pair in toy_pairs() for text in pair], data / "spm.model", 450, threads=1)
    return data

"""What ``passerelle review``, ``decide`` and ``explain`` say, in French and in English."""

from __future__ import annotations

from passerelle.cli.decide_messages import DECIDE
from passerelle.cli.explain_messages import EXPLAIN

REVIEW: dict[str, tuple[str, str]] = {
    **DECIDE,
    **EXPLAIN,
    "review.name-too-long": (
        "Un nom qui signe des décisions a {most} caractères au plus.",
        "A name that signs decisions has {most} characters at most.",
    ),
    "review.here": (
        "Le bureau de révision est ouvert à {address} (Ctrl-C pour arrêter).",
        "The curator’s desk is open at {address} (Ctrl-C stops).",
    ),
}
"""Key → (French, English)."""

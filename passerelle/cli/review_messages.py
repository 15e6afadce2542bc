"""What ``passerelle review`` and ``passerelle decide`` say, in French and in English."""

from __future__ import annotations

from passerelle.cli.decide_messages import DECIDE

REVIEW: dict[str, tuple[str, str]] = {
    **DECIDE,
    "review.here": (
        "Le bureau de révision est ouvert à {address} (Ctrl-C pour arrêter).",
        "The curator’s desk is open at {address} (Ctrl-C stops).",
    ),
}
"""Key → (French, English)."""

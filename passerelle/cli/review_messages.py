"""What ``passerelle review`` says, in French and in English."""

REVIEW: dict[str, tuple[str, str]] = {
    "review.here": (
        "Le bureau de révision est ouvert à {address} (Ctrl-C pour arrêter).",
        "The curator’s desk is open at {address} (Ctrl-C stops).",
    ),
}
"""Key → (French, English)."""

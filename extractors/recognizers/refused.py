"""What a recognizer reads and does not take, with the reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refused:
    """Characters of a block that look like a value and are none; ``reason`` names the rule that said so."""

    block: int
    start: int
    end: int
    value: str
    reason: str

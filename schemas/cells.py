"""Texts in the cells of spreadsheets: none is run as a formula, and each comes back as it was."""

from __future__ import annotations

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheets take for the beginning of a formula; OWASP, "CSV Injection"."""


def harmless(text: str) -> str:
    """Write a text so that no spreadsheet takes it for a formula; ``plain_text`` gives it back."""
    # A text that itself begins with an apostrophe gets one more, so that the first one can always be taken off.
    return f"'{text}" if text.startswith("'") or text.lstrip(" ").startswith(FORMULA_STARTS) else text


def plain_text(written: str) -> str:
    """Give the text that ``harmless`` wrote."""
    return written.removeprefix("'")

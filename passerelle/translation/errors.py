"""What goes wrong with engines and their packages; each message says what to do."""

from __future__ import annotations


class EngineError(Exception):
    """An engine cannot translate; the texts stay pending and the run goes on."""


class BilingualError(Exception):
    """An error whose reader chose a language: its text is English, ``french`` the same in French."""

    def __init__(self, english: str, french: str | None = None) -> None:
        super().__init__(english)
        self.french = french or english


class ModelError(BilingualError):
    """A translation package cannot be installed, verified or removed; nothing was changed."""


class ExchangeError(BilingualError):
    """A file of another tool cannot be read; nothing was taken from it."""

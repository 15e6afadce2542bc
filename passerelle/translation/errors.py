"""What goes wrong with engines, packages and files of other tools; each message says what to do, in French too."""

from __future__ import annotations


class BilingualError(Exception):
    """An error whose reader chose a language: its text is English, ``french`` the same in French."""

    def __init__(self, english: str, french: str) -> None:
        super().__init__(english)
        self.french = french


class EngineError(BilingualError):
    """An engine cannot translate; the texts stay pending and the run goes on."""


class EngineChoiceError(EngineError):
    """The settings name no engine that could be used; nothing was done."""


class ModelError(BilingualError):
    """A translation package cannot be installed, verified or removed; nothing was changed."""


class ExchangeError(BilingualError):
    """A file of another tool cannot be read or written; nothing was taken from it."""

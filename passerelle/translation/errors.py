"""What goes wrong with engines and their packages; each message says what to do."""

from __future__ import annotations


class EngineError(Exception):
    """An engine cannot translate; the texts stay pending and the run goes on."""


class ModelError(Exception):
    """A translation package cannot be installed, verified or removed; nothing was changed."""


class ExchangeError(Exception):
    """A file of another tool cannot be read; nothing was taken from it."""

"""What the desk refuses, with a key for its words in both languages."""

from __future__ import annotations

from schemas.decision import Decision


class InvalidAct(ValueError):  # noqa: N818  # what it is, not what went wrong with the program
    """An act that cannot be done; ``key`` names the message, ``values`` fill it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"{key}: {values}")
        self.key = key
        self.values = values


class Conflict(Exception):  # noqa: N818
    """A record changed since the person saw it."""

    def __init__(self, record: str, since: tuple[Decision, ...], now: str) -> None:
        super().__init__(f"{record} changed")
        self.record = record
        self.since = since
        """What others decided on it since; empty where its pages changed."""
        self.now = now
        """Its version now: an act that expects this one is taken."""

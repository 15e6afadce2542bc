"""Where a file waits between its preview and its import."""

from __future__ import annotations

from typing import Protocol


class Keeping(Protocol):
    """What the desk needs to show a file's changes first and take them later, without a second upload."""

    def keep_file(self, body: bytes) -> str:
        """Keep a file for a day; gives its name."""

    def kept_file(self, name: str) -> bytes | None:
        """Give a file that was kept; none where it waited too long."""

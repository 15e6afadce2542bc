"""What goes wrong with an archive."""

from __future__ import annotations


class ArchiveError(Exception):
    """A record of the archive cannot be written or read back; the message names the file and what to do."""

    __module__ = "passerelle.crawling.archive"  # the public name, by which the command line knows it


class UnreachableError(OSError):
    """The place of the archive does not answer; what lies in it may be whole."""

    __module__ = "passerelle.crawling.archive"


class TornError(Exception):
    """A WARC file stops being one at a byte; what stands before that byte is whole."""

    def __init__(self, offset: int, reason: str) -> None:
        super().__init__(f"byte {offset}: {reason}")
        self.offset = offset
        self.reason = reason

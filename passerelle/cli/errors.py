"""Exit codes, and the errors that end a command with one line instead of a traceback."""

from __future__ import annotations

import errno

import typer

SKIPPED = 1
"""Some inputs were not taken; the rest was."""
USAGE = 2
"""Wrong usage, or a manifest or source file that cannot be read."""
REFUSED = 3
"""The gate refused the release."""
TROUBLE = 4
"""The environment is in trouble: database, archive, disk, translation packages."""
INTERRUPTED = 130
"""Stopped by Ctrl-C."""

EXPECTED = {
    "extractors.new_extractor.NewExtractorError": USAGE,
    "passerelle.crawling.archive.ArchiveError": TROUBLE,
    "passerelle.crawling.archive.UnreachableError": TROUBLE,
    "passerelle.crawling.fetchers.ContactError": USAGE,
    "passerelle.crawling.ingest.ManifestError": USAGE,
    "passerelle.publishing.exports.writing.ExportError": USAGE,
    "passerelle.publishing.apply.DeltaError": USAGE,
    "passerelle.publishing.folder.PublishError": TROUBLE,
    "passerelle.review.errors.Conflict": USAGE,
    "passerelle.review.errors.InvalidAct": USAGE,
    "passerelle.translation.errors.EngineChoiceError": USAGE,
    "passerelle.translation.errors.EngineError": TROUBLE,
    "passerelle.translation.errors.ExchangeError": USAGE,
    "passerelle.translation.errors.ModelError": TROUBLE,
    "schemas.source.SourceError": USAGE,
    "sqlalchemy.exc.ArgumentError": USAGE,
    "sqlalchemy.exc.OperationalError": TROUBLE,
    "builtins.PermissionError": TROUBLE,
}
"""Error class → exit code. By name: importing the classes would import every station before any command runs."""

_NOT_A_DATABASE = "sqlalchemy.exc.DatabaseError"
"""Expected as itself only (a file that is no database); its subclasses, such as IntegrityError, are bugs."""

_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


class CommandError(Exception):
    """A command that cannot go on; the message says what to do."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


def expected(error: Exception, language: str = "en") -> tuple[str, int] | None:
    """Give the one line, in a language where the error knows it, and the exit code; ``None`` for a bug."""
    if isinstance(error, typer.Exit | typer.Abort):
        return None
    if isinstance(error, CommandError):
        return str(error), error.code
    names = [f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__]
    code = next((EXPECTED[name] for name in names if name in EXPECTED), None)
    if names[0] == _NOT_A_DATABASE or (isinstance(error, OSError) and error.errno in _DISK):
        code = TROUBLE
    return None if code is None else (said_of(error, language), code)


def said_of(error: Exception, language: str) -> str:
    """Give what an error says on one line, in French where it knows how."""
    if language == "fr" and isinstance(french := getattr(error, "french", None), str):
        return french
    # SQLAlchemy wraps what the driver said in the whole statement; the driver's words are what helps.
    said = str(getattr(error, "orig", None) or error)
    return " ".join(said.split())

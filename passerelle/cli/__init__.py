"""The ``passerelle`` command.

``app`` puts the commands together; ``stations`` (ingest to publish), ``reading`` (show, issues), ``sources``, ``pages``
(extractor work), ``models`` and ``care`` (doctor, rollback) hold them. Modules here import Typer only: what a command
works with is imported when it runs, so that ``--help`` and ``extract-file`` start at once.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper


def main() -> None:
    """Run the command line; exit codes are explained in docs/exit-codes.md."""
    for stream in (sys.stdout, sys.stderr):
        # Piped output is UTF-8 whatever the locale; a terminal of another charset shows « ? », and nothing breaks.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    try:
        from passerelle.cli.app import app  # noqa: PLC0415 (interrupted imports end in one line too)

        app(prog_name="passerelle")
    except KeyboardInterrupt:
        sys.exit(130)

"""How pages are made from templates: escaped by default, and a missing value is an error rather than a gap."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import jinja2
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from schemas.beside import keep, kept, place_beside


def environment(folder: Path) -> Environment:
    """Give the environment of the templates in a folder."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_Beside(),
    )


class _Beside(BytecodeCache):
    """Keeps templates compiled (``schemas.beside``): that takes longer than all else in a run that renders a few pages.

    Jinja compares the source and the versions of its bytecode and of Python; the name of the file tells how the
    environment above is set.
    """

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Give the path of a compiled template."""
        return str(place_beside(filename or name, _setting()))

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read it, if it is there and as it was written."""
        if made := kept(Path(bucket.key)):
            bucket.bytecode_from_string(made)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write it."""
        keep(Path(bucket.key), bucket.bytecode_to_string())


@cache
def _setting() -> str:
    return hashlib.sha256(Path(__file__).read_bytes() + jinja2.__version__.encode()).hexdigest()[:16]

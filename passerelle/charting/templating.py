"""How pages are made from templates: escaped by default, and a missing value is an error rather than a gap."""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket


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


_DIGEST = hashlib.sha256().digest_size


class _Beside(BytecodeCache):
    """Keeps templates as Python keeps its modules: compiled, in ``__pycache__`` beside them, where that can be written.

    Compiling takes longer than all else in a run that renders a few pages. Jinja compares the source and the versions
    of its bytecode and of Python; the name of the file tells how the environment above is set.
    """

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Give the path of a compiled template."""
        return cache_from_source(filename or name, optimization=_setting())

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read it, if it is there and as it was written: its digest stands before it."""
        path = Path(bucket.key)
        body = path.read_bytes() if path.is_file() else b""
        digest, compiled = body[:_DIGEST], body[_DIGEST:]
        if hashlib.sha256(compiled).digest() == digest:
            bucket.bytecode_from_string(compiled)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write it in one step; a folder that cannot be written is left as it is."""
        if sys.dont_write_bytecode:
            return
        path = Path(bucket.key)
        fresh = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.pyc")
        try:
            path.parent.mkdir(exist_ok=True)
            compiled = bucket.bytecode_to_string()
            fresh.write_bytes(hashlib.sha256(compiled).digest() + compiled)
            fresh.replace(path)
        except OSError:
            with suppress(OSError):
                fresh.unlink()


@cache
def _setting() -> str:
    return hashlib.sha256(Path(__file__).read_bytes() + jinja2.__version__.encode()).hexdigest()[:16]

"""What is made of the files that come with the program, kept in ``__pycache__`` as Python keeps its modules.

It only saves work: where nothing can be written, or what is kept is damaged or of another file, it is made anew.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import sys
import threading
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

import yaml
from pydantic_core import PydanticSerializationError, from_json, to_json

_DIGEST = hashlib.sha256().digest_size


def place_beside(path: str | Path, setting: str) -> Path:
    """Give where what is made of a file is kept; ``setting`` (letters and digits) names how it is made."""
    return Path(cache_from_source(str(path), optimization=setting))


def kept(place: Path) -> bytes:
    """Give what is kept at a place as it was written; empty where there is nothing, or not just that."""
    body = place.read_bytes() if place.is_file() else b""
    digest, made = body[:_DIGEST], body[_DIGEST:]
    return made if hashlib.sha256(made).digest() == digest else b""


def mapped(place: Path) -> memoryview:
    """Give what is kept at a place without reading it: for large tables of which little is looked up.

    Only what was written whole stands there, for it is put in its place in one step; empty where there is nothing.
    """
    if not place.is_file() or not place.stat().st_size:
        return memoryview(b"")
    with place.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))[_DIGEST:]


def keep(place: Path, made: bytes) -> None:
    """Keep something in one step; a folder that cannot be written is left as it is."""
    if sys.dont_write_bytecode:
        return
    fresh = place.with_suffix(f".{os.getpid()}-{threading.get_ident()}.pyc")
    try:
        place.parent.mkdir(exist_ok=True)
        fresh.write_bytes(hashlib.sha256(made).digest() + made)
        fresh.replace(place)
    except OSError:
        with suppress(OSError):
            fresh.unlink()


def yaml_beside(path: Path) -> Any:
    """Read a YAML file that comes with the program as plain data; parsed, it takes a hundred times as long as read."""
    source = path.read_bytes()
    place, digest = place_beside(path, "yaml"), hashlib.sha256(source).digest()
    made = kept(place)
    if made[:_DIGEST] == digest:
        return from_json(made[_DIGEST:])
    told = yaml.load(source, Loader=yaml.CSafeLoader)  # ten times as quick as safe_load
    with suppress(PydanticSerializationError):
        plain = to_json(told)
        if from_json(plain) == told:  # dates and numbers as keys are none in JSON
            keep(place, digest + plain)
    return told

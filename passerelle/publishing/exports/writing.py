"""An export on disk: a folder that appears whole, with a note of what it was made from."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import mkdtemp

from passerelle.publishing.exports.formats import Format
from passerelle.publishing.exports.narrow import Wanted, narrowed
from passerelle.publishing.files import OutFile, line, pretty
from passerelle.publishing.folder import write_file
from passerelle.publishing.view import View
from passerelle.publishing.writing import entry
from schemas.base import LANGUAGES, Language, Shape, Time
from schemas.release import Licence

NOTE = "export.json"
FILES = "files.ndjson"


class ExportError(RuntimeError):
    """An export that cannot be written where or as asked; the message says what to do."""


class ExportNote(Shape):
    """export.json: what a folder of exported files was made from, and under which terms it may be used.

    The files are told one a line in files.ndjson, as a ``ReleaseFile`` each: there may be one for every record.
    """

    format: str
    release: int
    as_of: Time
    languages: tuple[Language, ...]
    regions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    reviewed_only: bool = False
    licence: Licence
    sources: dict[str, Licence]
    files: int
    bytes: int


def export(
    view: View,
    form: Format,
    out: Path,
    *,
    wanted: Wanted = Wanted(),  # noqa: B008  # frozen
    languages: tuple[Language, ...] = LANGUAGES,
    force: bool = False,
) -> ExportNote:
    """Write a release in a format; the folder appears in one step, whole.

    Args:
        view: the release.
        form: one of ``FORMATS``.
        out: the folder; it must not exist, or be empty.
        wanted: which initiatives.
        languages: languages of the texts.
        force: replace a folder that an export wrote; any other folder is never touched.

    Raises:
        ExportError: the folder is in use.
    """
    _check(out, force=force)
    part = narrowed(view, wanted)
    out.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        number, size = _write(form.files(part, languages), staging)
        note = ExportNote(
            format=form.name,
            release=view.number,
            as_of=view.as_of,
            languages=languages,
            regions=tuple(sorted(wanted.regions)),
            themes=tuple(sorted(wanted.themes)),
            reviewed_only=wanted.reviewed_only,
            licence=view.licence,
            sources=view.terms,
            files=number,
            bytes=size,
        )
        write_file(staging / NOTE, [pretty(note)])
        _appear(staging, out)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return note


def _check(out: Path, *, force: bool) -> None:
    if not out.exists():
        return
    if not out.is_dir():
        msg = f"{out} is a file; choose another folder with --out"
        raise ExportError(msg)
    if not any(out.iterdir()):
        return
    if not (out / NOTE).is_file():
        msg = f"{out} holds files that no export wrote; choose another folder with --out"
        raise ExportError(msg)
    if not force:
        msg = f"{out} holds an export already; replace it with --force or choose another folder with --out"
        raise ExportError(msg)


def _write(files: Iterable[OutFile], folder: Path) -> tuple[int, int]:
    """Write the files and the list of them; give their number and their bytes."""
    number = size = 0
    with (folder / FILES).open("wb") as listed:
        for file in files:
            told = entry(file.path, write_file(folder / file.path, file.chunks), file.records)
            listed.write(line(told))
            number, size = number + 1, size + told.bytes
    return number, size


def _appear(staging: Path, out: Path) -> None:
    staging.chmod(0o777 & ~_umask())  # mkdtemp keeps others out
    os.sync()
    if not out.exists() or not any(out.iterdir()):
        staging.replace(out)
        return
    old = Path(mkdtemp(prefix=f".{out.name}-old-", dir=out.parent))
    out.rename(old / out.name)
    try:
        staging.rename(out)
    except OSError:
        (old / out.name).rename(out)
        raise
    finally:
        shutil.rmtree(old)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

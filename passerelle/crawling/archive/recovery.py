"""After a crash: cut what is not whole, take in what is, and finish the file."""

from __future__ import annotations

import os
from pathlib import Path

from passerelle.crawling.archive.announcing import Announce
from passerelle.crawling.archive.errors import TornError
from passerelle.crawling.archive.files import INGEST, Doer, lock, put_in_place
from passerelle.crawling.archive.index import INDEX_SUFFIX, WARC_SUFFIX
from passerelle.crawling.archive.places import OPEN_SUFFIX, RawPlace, raw_place
from passerelle.crawling.archive.reading import Archived, read_file
from schemas.issue import Issue


def recover(raw: Path | str | RawPlace, announce: Announce, *, stage: Doer = "crawl") -> tuple[Issue, ...]:
    """Finish every file that a crash left: cut after its last whole record, announced, indexed, in its place.

    Files that a living process is writing are left alone. Killed in the middle, it does the same again.

    Args:
        raw: the archive.
        announce: told of every capture in those files; it knows most of them already.
        stage: who asks, and in whose name the issues are; each takes up what it left itself, because each has more
            than captures to remember.

    Raises:
        OSError: the archive cannot be written.
    """
    place = raw_place(raw)
    folder = place.open_folder
    left = sorted(folder.rglob(f"*{WARC_SUFFIX}{OPEN_SUFFIX}"))
    mine = [local for local in left if local.name.startswith(INGEST) == (stage == "ingest")]
    issues = [_recover(place, local, announce, stage) for local in mine]
    for index in folder.rglob(f"*{INDEX_SUFFIX}{OPEN_SUFFIX}"):
        if not index.with_name(index.name.replace(INDEX_SUFFIX, WARC_SUFFIX)).exists():
            index.unlink(missing_ok=True)
    return tuple(issue for issue in issues if issue)


def _recover(place: RawPlace, local: Path, announce: Announce, stage: Doer) -> Issue | None:
    try:
        handle = os.open(local, os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        if not lock(handle, wait=False) or not _is_still(local, handle):
            return None  # being written, or finished in the meantime
        path = local.relative_to(place.open_folder).as_posix().removesuffix(OPEN_SUFFIX)
        found, end = _read_whole(place, path, local)
        cut = os.fstat(handle).st_size - end
        os.truncate(handle, end)
        os.fsync(handle)
        if found:
            announce(found)
            put_in_place(place, path, [one.entry for one in found])
        else:
            local.unlink()
        return _issue(path, len(found), cut, stage)
    finally:
        os.close(handle)


def _is_still(local: Path, handle: int) -> bool:
    """Tell whether an open file still has its name."""
    try:
        return local.stat().st_ino == os.fstat(handle).st_ino
    except FileNotFoundError:
        return False


def _read_whole(place: RawPlace, path: str, local: Path) -> tuple[list[Archived], int]:
    found: list[Archived] = []
    with local.open("rb") as stream:
        try:
            found.extend(read_file(place, path, stream))
        except TornError as error:
            return found, error.offset
        return found, stream.tell()


def _issue(path: str, kept: int, cut: int, stage: Doer) -> Issue:
    lost = f"{cut} bytes of a record that was not whole were cut off" if cut else "nothing was cut off"
    message = f"A crash left {path} unfinished; its {kept} captures were kept and {lost}. Nothing is to be done."
    return Issue(
        stage=stage,
        severity="warning" if cut else "info",
        code="archive-recovered",
        message=message,
        source=path.partition("/")[0],
        detail=path,
    )

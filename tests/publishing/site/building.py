"""A site of many records, written to a folder as a release would hold it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from pathlib import Path
from typing import Any

from passerelle.publishing.files import ListFile, pretty
from passerelle.publishing.site import SITE_LISTS, SITE_PAGES, site_files
from passerelle.publishing.view import View
from schemas.working import RecordType


def write_site(view: View, folder: Path, *, without: Container[str] = ()) -> None:
    """Write the site of a view, and the JSON of its initiatives, below a folder; leave out the pages of some ids."""
    for file in site_files(view):
        write(folder / file.path, b"".join(file.chunks))
    lists: dict[RecordType, Iterable[Any]] = {"initiative": view.initiatives, "organization": view.organizations}
    for type_, records in lists.items():
        for listed in SITE_LISTS[type_]:
            write(folder / listed.path, whole(listed, records))
        for record in records:
            if record.id in without:
                continue
            for page in SITE_PAGES[type_]:
                write(folder / page.path_of(record.id), page.render(record))
    for initiative in view.initiatives:
        if initiative.id not in without:
            write(folder / f"initiatives/{initiative.id}.json", pretty(initiative))


def whole(listed: ListFile[Any], records: Iterable[Any]) -> bytes:
    """Put a list file together."""
    pieces = [listed.render(record) for record in records]
    ending = b"".join(listed.ending(len(pieces)))
    return listed.opening * bool(pieces) + listed.between.join(pieces) + ending


def write(path: Path, body: bytes) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)

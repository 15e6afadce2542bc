"""Bring the files of a release to a later one by its deltas, with the same bytes as if they had been loaded anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import jsonpatch
from jsonpointer import JsonPointerException
from pydantic import ValidationError

from passerelle.publishing.files import ListFile, RecordFile
from passerelle.publishing.patches import patched
from passerelle.publishing.registry import LIST_FILES, PROVENANCE_FILES, RECORD_FILES
from passerelle.publishing.streams import LISTS, Json, records_of
from passerelle.publishing.writing import ListWriter, write_record_files
from schemas.base import Shape
from schemas.delta import Delta, DeltaType
from schemas.records import Initiative, NewsItem, Organization, Provenance

Pairs = Iterable[tuple[str, Json]]
"""Records with their ids, sorted by id."""

_SHAPES: dict[DeltaType, type[Shape]] = {
    "initiative": Initiative,
    "news": NewsItem,
    "organization": Organization,
    "provenance": Provenance,
}
_MAPS = ("text_status", "fields")
"""Fields that map keys to values: their keys are written sorted, wherever a patch added one."""


class DeltaError(RuntimeError):
    """A delta does not fit the release that it is applied to; the message says what to do."""


def apply_delta(before: Path, deltas: Sequence[Path], out: Path) -> None:
    """Write the lists and record files of a release from those of an earlier one and the deltas between them.

    Args:
        before: folder with the lists (``initiatives.ndjson`` …) and ``provenance/`` of the release one has.
        deltas: files changes/FROM-TO.ndjson, each beginning where the one before it ends.
        out: folder for the files of the release one wants; not the same as ``before``.

    Raises:
        DeltaError: a delta was made for another release, or by a newer version of the code.
    """
    for type_ in LISTS:
        _write(out, type_, _through(records_of(before, type_), deltas, type_), LIST_FILES[type_], RECORD_FILES[type_])
    files = sorted((before / "provenance").glob("*.json"))
    evidence = ((path.stem, json.loads(path.read_bytes())) for path in files)
    _write(out, "provenance", _through(evidence, deltas, "provenance"), (), PROVENANCE_FILES)


def _through(pairs: Pairs, deltas: Iterable[Path], type_: DeltaType) -> Pairs:
    for path in deltas:
        pairs = _applied(pairs, path, type_)
    return pairs


def _applied(pairs: Pairs, path: Path, type_: DeltaType) -> Iterator[tuple[str, Json]]:
    """Apply the lines of one type; both sides are sorted by id, so neither is held in memory."""
    told = (delta for delta in _read(path) if delta.type == type_)
    delta = next(told, None)
    for id_, record in pairs:
        while delta and delta.id < id_:
            yield from _result(path, delta, None)
            delta = next(told, None)
        if delta and delta.id == id_:
            yield from _result(path, delta, record)
            delta = next(told, None)
        else:
            yield id_, record
    while delta:
        yield from _result(path, delta, None)
        delta = next(told, None)


def _result(path: Path, delta: Delta, record: Json | None) -> Iterator[tuple[str, Json]]:
    """Yield what a line makes of a record: nothing, where it ends; an ``add`` stands above what was there."""
    if delta.change == "add" and delta.record is not None:
        yield delta.id, delta.record
    elif delta.change == "change" and record is not None:
        try:
            yield delta.id, patched(record, delta.patch or ())
        except (jsonpatch.JsonPatchException, JsonPointerException) as error:
            msg = f"{path.name} does not fit {delta.id}: {error}; apply the deltas in order, or load the release anew"
            raise DeltaError(msg) from error
    elif delta.change in {"add", "change"}:
        msg = f"{path.name} changes {delta.id}, which is not there; apply the deltas in order, or load the release anew"
        raise DeltaError(msg)


def _read(path: Path) -> Iterator[Delta]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield Delta.model_validate_json(line)
            except ValidationError as error:
                msg = f"{path}: line {number} is no delta; load it again, or a newer Passerelle: {error}"
                raise DeltaError(msg) from error


def _write(
    out: Path,
    type_: DeltaType,
    pairs: Pairs,
    lists: Sequence[ListFile[Any]],
    files: Sequence[RecordFile[Any]],
) -> None:
    writers = [ListWriter(out, listed) for listed in lists]
    try:
        for id_, record in pairs:
            shape = _shape(type_, id_, record)
            for writer in writers:
                writer.render(id_, shape)
            write_record_files(out, files, id_, shape)
        for writer in writers:
            list(writer.close())
    finally:
        for writer in writers:
            writer.release()


def _shape(type_: DeltaType, id_: str, record: Json) -> Shape:
    ordered = {name: dict(sorted(value.items())) if name in _MAPS else value for name, value in record.items()}
    try:
        return _SHAPES[type_].model_validate(ordered)
    except ValidationError as error:
        msg = f"{id_} does not fit its shape after the delta; load the release anew, or a newer Passerelle: {error}"
        raise DeltaError(msg) from error

"""JSON Patch (RFC 6902) from one written record to another.

Made here and not by the library that applies them: the same two records must give the same bytes on every computer,
and a library that goes through sets of keys does not promise that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import jsonpatch

Operation = dict[str, Any]


def patch_of(old: Any, new: Any, path: str = "") -> Iterator[Operation]:
    """Yield the operations that make the one value of the other, in the order in which they apply."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _patch_of_object(old, new, path)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _patch_of_list(old, new, path)
    elif type(old) is not type(new) or old != new:
        yield {"op": "replace", "path": path, "value": new}


def patched(record: Any, patch: Sequence[Operation]) -> Any:
    """Apply a patch to a copy of a record.

    Raises:
        jsonpatch.JsonPatchException, jsonpatch.JsonPointerException: the patch was made for another record.
    """
    return jsonpatch.apply_patch(record, list(patch))


def _patch_of_object(old: Mapping[str, Any], new: Mapping[str, Any], path: str) -> Iterator[Operation]:
    for name in old:
        if name not in new:
            yield {"op": "remove", "path": f"{path}/{_escaped(name)}"}
    for name, value in new.items():
        if name in old:
            yield from patch_of(old[name], value, f"{path}/{_escaped(name)}")
        else:
            yield {"op": "add", "path": f"{path}/{_escaped(name)}", "value": value}


def _patch_of_list(old: list[Any], new: list[Any], path: str) -> Iterator[Operation]:
    """Leave what both begin and end with; between, change item by item, then take away or add the rest."""
    short = min(len(old), len(new))
    start = next((i for i in range(short) if not _same(old[i], new[i])), short)
    end = next((i for i in range(short - start) if not _same(old[-1 - i], new[-1 - i])), short - start)
    middle_old, middle_new = len(old) - end, len(new) - end
    both = min(middle_old, middle_new)
    for position in range(start, both):
        yield from patch_of(old[position], new[position], f"{path}/{position}")
    for position in reversed(range(both, middle_old)):
        yield {"op": "remove", "path": f"{path}/{position}"}
    for position in range(both, middle_new):
        yield {"op": "add", "path": f"{path}/{position}", "value": new[position]}


def _same(old: Any, new: Any) -> bool:
    """Tell whether two values are the same JSON; Python takes ``false`` and ``0`` for equal."""
    return bool(old == new) and repr(old) == repr(new)


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")

"""Where in a YAML file each field stands."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

Location = tuple[str | int, ...]
"""Way to a field: keys of mappings and positions in lists, as pydantic gives it."""


def lines_of(text: str) -> dict[Location, int]:
    """Give the line of every field of a YAML text, counted from 1; the whole is ``()``.

    Raises:
        yaml.YAMLError: it is not YAML.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    return {(): 1} | dict(_walk(root, (), frozenset())) if root else {(): 1}


def line_of(lines: dict[Location, int], location: Location) -> int:
    """Give the line of a field, or of the nearest one around it where the field itself is missing."""
    while location not in lines:
        location = location[:-1]
    return lines[location]


def repeated_keys(text: str) -> list[tuple[Location, int]]:
    """Give the keys that stand a second time in one mapping, which YAML readers pass over in silence.

    Raises:
        yaml.YAMLError: it is not YAML.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    seen: set[Location] = set()
    again = []
    for location, line in _walk(root, (), frozenset()) if root else ():
        if location in seen:
            again.append((location, line))
        seen.add(location)
    return again


def _walk(node: yaml.Node, here: Location, above: frozenset[int]) -> Iterator[tuple[Location, int]]:
    if id(node) in above:  # an anchor that holds itself
        return
    above |= {id(node)}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            where = (*here, str(key.value))
            yield where, key.start_mark.line + 1
            yield from _walk(value, where, above)
    elif isinstance(node, yaml.SequenceNode):
        for place, item in enumerate(node.value):
            yield (*here, place), item.start_mark.line + 1
            yield from _walk(item, (*here, place), above)

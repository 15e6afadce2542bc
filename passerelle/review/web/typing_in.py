"""What a person typed into a form, and the value of a field that it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from passerelle.review.errors import InvalidAct
from passerelle.review.web.fields import Field


@dataclass(frozen=True)
class Typed:
    """A form as it was sent; line ends as Unix writes them."""

    values: Mapping[str, tuple[str, ...]]

    def one(self, name: str) -> str:
        """Give a value, empty where there is none."""
        return next(iter(self.values.get(name, ())), "")

    def many(self, name: str) -> tuple[str, ...]:
        """Give every value of a name."""
        return self.values.get(name, ())


async def typed(request: Request) -> Typed:
    """Read the form of a request."""
    found: dict[str, list[str]] = {}
    for name, value in (await request.form()).multi_items():
        if not isinstance(value, UploadFile):
            found.setdefault(name, []).append(value.replace("\r\n", "\n").replace("\r", "\n"))
    return Typed({name: tuple(values) for name, values in found.items()})


Form = Annotated[Typed, Depends(typed)]


def value_from(field: Field, form: Typed, name: str = "value") -> Any:
    """Give the value that a form sets a field to, as JSON; nothing typed is ``None`` or an empty list.

    Raises:
        InvalidAct: what was typed cannot be such a value (key ``not-a-number``).
    """
    text = form.one(name).strip()
    if field.kind == "codes":
        return [one for one in form.many(name) if one]
    if field.kind == "lines":
        return list(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))
    if field.kind == "number":
        return _number(field, text)
    return text or None


def _number(field: Field, text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise InvalidAct("not-a-number", field=field.name)
    return int(text)

"""What a field takes, besides what its shape says: codes of its list, addresses, ages and days."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pydantic import JsonValue, TypeAdapter, ValidationError

from passerelle.review.codes import codes
from passerelle.review.errors import InvalidAct
from schemas.base import Age, EdtfDate

_AGE: TypeAdapter[int | None] = TypeAdapter(Age | None)
_DAY: TypeAdapter[str] = TypeAdapter(EdtfDate)
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")


def check_value(path: str, value: JsonValue) -> None:
    """Refuse what a field does not take.

    Raises:
        InvalidAct: with the code, address, day or age, and a key that says which it is.
    """
    steps = path.split(".")
    key, fits = _RULES.get("links" if "links" in steps else steps[-1], ("", _any))
    known = codes(path)
    for one in value if isinstance(value, list) else [value]:
        if not fits(one):
            raise InvalidAct(key, path=path, value=str(one))
        if known is not None and one not in (None, "") and one not in known:
            raise InvalidAct("unknown-code", path=path, code=one)


def _any(value: JsonValue) -> bool:
    return True


def _age(value: JsonValue) -> bool:
    return _valid(lambda: _AGE.validate_python(value, strict=True))


def _day(value: JsonValue) -> bool:
    return not value or _valid(lambda: _DAY.validate_python(value))


def _email(value: JsonValue) -> bool:
    return not value or bool(_EMAIL.fullmatch(str(value)))


def _address(value: JsonValue) -> bool:
    return not value or str(value).lower().startswith(("http://", "https://"))


def _valid(check: Callable[[], object]) -> bool:
    try:
        check()
    except ValidationError:
        return False
    return True


_RULES: Mapping[str, tuple[str, Callable[[JsonValue], bool]]] = {
    "min_age": ("bad-age", _age),
    "max_age": ("bad-age", _age),
    "start": ("bad-date", _day),
    "published": ("bad-date", _day),
    "email": ("bad-email", _email),
    "url": ("bad-address", _address),
    "links": ("bad-address", _address),
}
"""By the last step of a path."""

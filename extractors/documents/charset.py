"""Which charset a page is in: byte order mark, HTTP header, meta element, then a guess."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"""charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_META_WINDOW = 4096
"""Bytes read for a meta element; the HTML standard asks for 1,024, real pages put scripts before it."""

_KNOWN = re.compile(
    r"utf-?8|utf-?16-?(le|be)?|iso-?8859-\d{1,2}|(windows|cp)-?125\d|latin-?\d|(us-)?ascii|mac-?(intosh|roman)"
    r"|big5|gb(k|2312|18030)|euc-?(jp|kr)|shift[_-]?jis|koi8-[ru]"
)
_AS_WINDOWS = re.compile(r"iso-?8859-15?|latin-?1|(us-)?ascii|(windows|cp)-?1252")
"""Names that browsers read as Windows-1252 (WHATWG Encoding Standard); ISO-8859-15 differs in eight signs only."""


def decode(body: bytes, header: str | None = None) -> tuple[str, str]:
    """Decode a page's bytes; gives the text and the charset chosen. Never fails.

    ``header`` is the answer's Content-Type, or the bare name of a charset. A declared charset is used only if the
    bytes agree with it. A one-byte charset agrees with everything, so a page that declares one and is valid UTF-8
    beyond ASCII is read as UTF-8. Stray bytes in UTF-8 are read as Windows-1252, which repairs pages pasted together
    from two charsets.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace"), name
    if _is_utf8(body):
        return body.decode("utf-8"), "utf-8"
    for usable in _declared(body, header):
        if usable != "utf-8" and (text := _strict(body, usable)) is not None:
            return text, usable
    if _mostly_utf8(body, sure="utf-8" in _declared(body, header)):
        return body.decode("utf-8", "passerelle_cp1252"), "utf-8"
    return body.decode("cp1252", "replace"), "cp1252"


def wrongly_declared(body: bytes, header: str | None, chosen: str) -> str | None:
    """Give the charset that the server, else the page, declares, where it is not the one that the page is in."""
    declared = next(_declared(body, header), chosen)
    return None if declared == chosen or body.isascii() else declared


def _declared(body: bytes, header: str | None) -> Iterator[str]:
    named = _META.search((header or "").encode("ascii", "replace"))
    for name in (named[1].decode() if named else header, _meta_charset(body)):
        if usable := _usable(name):
            yield usable


def _usable(declared: str | None) -> str | None:
    name = (declared or "").strip().strip("\"'").lower()
    if not _KNOWN.fullmatch(name):
        return None
    if _AS_WINDOWS.fullmatch(name):
        return "cp1252"
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    # A page whose meta element could be read as ASCII is not in UTF-16, whatever it says.
    return None if found.startswith("utf-16") else found


def _meta_charset(body: bytes) -> str | None:
    found = _META.search(body[:_META_WINDOW])
    return found[1].decode("ascii", "replace") if found else None


def _is_utf8(body: bytes) -> bool:
    return _strict(body, "utf-8") is not None


def _strict(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except UnicodeDecodeError:
        # Five bytes have no meaning in Windows-1252; a page with one of them is still in it.
        return body.decode(name, "replace") if name == "cp1252" else None


def _mostly_utf8(body: bytes, *, sure: bool) -> bool:
    """Say whether most bytes beyond ASCII form UTF-8 sequences: four fifths, or half where the page says so."""
    text = body.decode("utf-8", "replace")
    broken = text.count("�")
    whole = sum(char > "\x7f" for char in text) - broken
    return whole > broken * (1 if sure else 4)


def _stray_bytes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("passerelle_cp1252", _stray_bytes)

"""What comes from a page is not trusted: links, Markdown and data are made harmless here, and only here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape
from pydantic_core import to_json

FIRST_HEADING = 3
"""Level of the highest heading of a description: its own title is a level 2."""

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNSAFE_IN_SCRIPT = {"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def web_link(url: str | None) -> str | None:
    """Give a URL that a page may link to: http or https with a host; none for anything else."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        return None
    return parts.geturl()


def mail_link(address: str | None) -> str | None:
    """Give the ``mailto:`` link of a plain address; none where it is more than an address."""
    return f"mailto:{address}" if address and _EMAIL.fullmatch(address) else None


def phone_link(number: str | None) -> str | None:
    """Give the ``tel:`` link of a North American number with at most an extension behind it."""
    digits = re.sub(r"\D", "", re.split(r"(?i)poste|ext|x", number or "")[0])
    if len(digits) == 11 and digits.startswith("1"):
        digits = digits[1:]
    return f"tel:+1{digits}" if len(digits) == 10 else None


def one_line(text: str) -> str:
    """Give a text for a place without markup, such as a title: one line, no marks that turn the writing direction."""
    return " ".join(_BIDI.sub("", text).split())


def paragraphs(text: str) -> Markup:
    """Give a plain text as paragraphs."""
    parts = (part.strip() for part in re.split(r"\n\s*\n", text))
    return Markup("").join(Markup("<p>{}</p>").format(_lines(part)) for part in parts if part)


def markdown(text: str) -> Markup:
    """Give a description as HTML: paragraphs, lists, headings, emphasis, quotations and web links; nothing else.

    HTML, images and code in the text stay text. Headings are moved below the page's own, without a step left out.
    """
    reader = _reader()
    tokens = reader.parse(text)
    _level(tokens)
    return Markup(reader.renderer.render(tokens, reader.options, {}))  # noqa: S704 - the reader escapes all else


def script(name: str, value: object) -> bytes:
    """Give a data file: a script that hands one value to the page, whatever characters the value holds."""
    return f"passerelle.put({json.dumps(name)},{in_script(value)});\n".encode("utf-8", errors="replace")


def data_block(value: object) -> Markup:
    """Give plain data as JSON that may stand in a script element of a page, whatever characters it holds."""
    return Markup(in_script(value))  # noqa: S704 - no < is left in it


def in_script(value: object) -> str:
    """Write plain data as JSON that may stand in a script, in a file or in a page."""
    written = to_json(value).decode()  # several times as quick as json.dumps
    for character, escaped in _UNSAFE_IN_SCRIPT.items():  # several times as quick as str.translate
        written = written.replace(character, escaped)
    return written


def _lines(text: str) -> Markup:
    return Markup("<br>").join(escape(line.strip()) for line in text.splitlines())


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False})
    reader.disable(["code", "fence", "backticks", "html_block", "html_inline", "image", "reference", "hr"])
    reader.validateLink = lambda url: web_link(url) is not None  # type: ignore[method-assign]
    reader.add_render_rule("link_open", _link)
    return reader


def _link(_: object, tokens: Sequence[Token], place: int, *__: object) -> str:
    address = tokens[place].attrs["href"]
    return str(Markup('<a href="{}" rel="nofollow noopener">').format(address)) if address else "<a>"


def _level(tokens: Iterable[Token]) -> None:
    """Give headings levels from ``FIRST_HEADING`` down, each at most one below the last."""
    last, tag = FIRST_HEADING - 1, ""
    for token in tokens:
        if token.type == "heading_open":
            last = max(FIRST_HEADING, min(last + 1, int(token.tag[1]) + FIRST_HEADING - 1, 6))
            tag = f"h{last}"
        if token.type in {"heading_open", "heading_close"}:
            token.tag = tag

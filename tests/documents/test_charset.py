"""Which charset a page is read in, and that accents survive."""

from __future__ import annotations

import codecs

import pytest

from extractors.documents.charset import decode, wrongly_declared
from tests.documents.pages import document_of

TEXT = "À l’été, « l’œuvre » des aînés de Gaspé"


@pytest.mark.parametrize(
    ("body", "header", "charset"),
    [
        (TEXT.encode(), None, "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "iso-8859-1", "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), None, "utf-16-le"),
        (TEXT.encode("cp1252"), "iso-8859-1", "cp1252"),
        (b'<meta charset="windows-1252">' + TEXT.encode("cp1252"), None, "cp1252"),
        (
            b'<meta http-equiv=Content-Type content="text/html; charset=ISO-8859-1">' + TEXT.encode("cp1252"),
            None,
            "cp1252",
        ),
        (TEXT.encode("cp1252"), None, "cp1252"),
        (TEXT.encode("cp1252"), "utf-8; nonsense", "cp1252"),
        (TEXT.encode("cp1252"), "text/html; charset=utf-8", "cp1252"),
        (TEXT.encode("cp1252"), "text/html; charset=iso-8859-1", "cp1252"),
        (b"<meta charset=latin1>" + TEXT.encode(), "iso-8859-1", "utf-8"),
        (TEXT.encode(), "hex", "utf-8"),
    ],
)
def test_the_text_is_read_right_and_the_choice_is_told(body: bytes, header: str | None, charset: str) -> None:
    text, chosen = decode(body, header)
    assert text.endswith(TEXT)
    assert chosen == charset


def test_another_declared_charset_is_used_when_the_bytes_agree() -> None:
    assert decode("Привет".encode("koi8-r"), "koi8-r") == ("Привет", "koi8-r")


def test_a_utf8_page_with_a_windows_part_pasted_in_keeps_both() -> None:
    body = b"<meta charset=utf-8>" + TEXT.encode() + " côté été".encode("cp1252")
    assert decode(body)[0].endswith("Gaspé côté été")


def test_the_document_records_the_charset() -> None:
    assert document_of("<p>Une journée à l’île, près du fleuve.</p>".encode("cp1252")).charset == "cp1252"


@pytest.mark.parametrize(
    ("body", "header", "said"),
    [
        (TEXT.encode("cp1252"), "text/html; charset=utf-8", "utf-8"),
        (b"<meta charset=utf-8>" + TEXT.encode("cp1252"), None, "utf-8"),
        (TEXT.encode(), "text/html; charset=iso-8859-1", "cp1252"),
        (TEXT.encode(), "text/html; charset=utf-8", None),
        (TEXT.encode(), "text/html", None),
        (b"Rimouski", "text/html; charset=iso-8859-1", None),
    ],
)
def test_a_charset_wrongly_declared_is_told(body: bytes, header: str | None, said: str | None) -> None:
    assert wrongly_declared(body, header, decode(body, header)[1]) == said

"""Whatever the bytes: a Document or a refusal that says what to do, in time."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.horrors import mutants
from benchmarks.horrors import read as read_page
from extractors.documents import MAX_BYTES, UnreadablePage
from extractors.documents.main_text import article_of, body_blocks
from schemas.document import Document
from tests.documents.pages import document_of

LIMIT = 2.0
"""Seconds that any page may take; far above what one takes, since test machines are shared."""


@pytest.mark.parametrize(
    ("body", "media_type", "code"),
    [
        (b"", "text/html", "empty-file"),
        (b" \n\t", "text/plain", "empty-file"),
        (b"%PDF-1.7 ...", "text/html", "not-text"),
        (b"PK\x03\x04rest", "text/html", "not-text"),
        (b"\x89PNG\r\n\x1a\n", "text/html", "not-text"),
        (b"<p>x</p>", "application/pdf", "not-text"),
        (b"abc\x00\x00\x00def", "text/html", "not-text"),
        (b"<html><body></body></html>", "text/html", "no-text"),
        (b"<html><body><div id=root></div><script>go()</script></body></html>", "text/html", "script-only"),
        (
            b"<html><body><app-root>Chargement</app-root><script src=a.js></script></body></html>",
            "text/html",
            "script-only",
        ),
        (b"...\n---\n", "text/plain", "no-text"),
    ],
)
def test_a_page_that_cannot_be_read_is_refused_with_what_to_do(body: bytes, media_type: str, code: str) -> None:
    with pytest.raises(UnreadablePage) as refused:
        document_of(body, media_type)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")


def test_a_page_over_the_limit_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(UnreadablePage) as refused:
        document_of(b"<p>" + b"a" * MAX_BYTES)
    assert refused.value.code == "too-large"


HORRORS = {
    "nested divs": "<div>" * 500 + "Un texte au fond." + "</div>" * 500,
    "nested tables": "<table><tr><td>" * 500 + "Un texte au fond." + "</td></tr></table>" * 500,
    "nested lists": "<ul><li>" * 500 + "Un texte au fond.",
    "nested inline": "<b><i>" * 500 + "Un texte au fond.",
    "broken nesting": "<p><b>Un <i>texte</b> au</i> fond.</div></table><td></p>" * 200,
    "one long line": "<p>" + "mot " * 2_500_000 + "</p>",
    "one long word": "<p>" + "a" * 5_000_000 + "</p>",
    "many cells": "<table>" + "<tr><td>un</td><td>deux</td></tr>" * 5000 + "</table>",
    "many links": "<div>" + "<a href='/x'>Un lien vers ailleurs</a> " * 5000 + "</div>",
    "many attributes": "<p " + "a=b " * 20_000 + ">Un texte.</p>",
    "marks": "<p>\u202eUn\u200b te\u200dxte\u200f.</p>\ufeff",
    "bad references": "<p>&#x110000; &#0; &bogus; &#55357; Un texte.</p>",
    "unclosed comment": "<p>Un texte.</p><!-- " + "x" * 10_000,
}


@pytest.mark.parametrize("page", HORRORS.values(), ids=HORRORS.keys())
def test_a_horrible_page_is_read_in_time(page: str) -> None:
    start = time.process_time()
    with contextlib.suppress(UnreadablePage):  # more text than a page has is one line in the issue log
        document = document_of(f"<html><body>{page}</body></html>")
        body_blocks(document)
        assert document.blocks
    assert time.process_time() - start < 2 * LIMIT


@pytest.mark.parametrize(
    "line", ["mot " * 2_500_000, "a" * 5_000_000, "- \n" * 100_000 + "fin", "« " * 100_000, "; " * 99_999]
)
def test_a_horrible_text_is_read_in_time(line: str) -> None:
    start = time.process_time()
    with contextlib.suppress(UnreadablePage):
        document_of(line, "text/plain")
    assert time.process_time() - start < LIMIT


_MARKUP = (
    "<p> </p> <div> <div class='menu'> <table> <tr> <td> <li> <ul> <a href='//['> <a href='x'> </a> <h1> <br> <dl> "
    "<dt> <h2 class='card'> <details> <summary> <dd> <blockquote> <svg> <script> </script> <template> <body> <html> "
    "<head> <title> <button role='tab' aria-controls='x'> <div id='x'> <!-- --> <![CDATA[ &amp; &#xd800; é \x00 \x1e « "
    "<time datetime='2024-99-99'> <meta name='date' content='x'> <link rel=canonical href='http://['> texte "
    "<base href='http://['>"
)
PIECES = st.sampled_from(_MARKUP.split(" "))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(max_size=400), st.lists(PIECES, max_size=60).map(lambda pieces: " ".join(pieces).encode())))
def test_any_bytes_give_a_document_or_a_refusal(body: bytes) -> None:
    for media_type in ("text/html", "text/plain"):
        document = _document_or_none(body, media_type)
        if document is not None:
            assert all(block.text == " ".join(block.text.split()) != "" for block in document.blocks)
            assert article_of(document).method == "walker"


def _document_or_none(body: bytes, media_type: str) -> Document | None:
    with contextlib.suppress(UnreadablePage):
        return document_of(body, media_type)
    return None


def test_the_same_bytes_give_the_same_document() -> None:
    page = "<article><h2>Un</h2><p>Un texte assez long pour un projet de Laval.</p></article>" * 3
    assert document_of(page) == document_of(page)


def test_spoilt_pages_give_a_result_or_an_issue() -> None:
    for name, body in mutants(150):
        extraction = read_page(name, body)
        assert extraction.page == name
        failed = [issue.detail for issue in extraction.issues if issue.code == "field-failed"]
        assert not failed

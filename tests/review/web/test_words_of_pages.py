"""No raw English, code or id stands in the French pages, outside what is marked as such."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup

from passerelle.review.deciding import Act
from passerelle.review.vocabulary.deciding import propose
from passerelle.store.log import add_issues
from schemas.edition import TERMBASE
from schemas.issue import Issue
from schemas.settled import disputed
from tests.review.browsing import Browser
from tests.review.web.place import ALIKE, TRANSLATED, Place, send

RAW = re.compile(
    r"\b(?:ini|org|news)-[0-9a-z]{8,}\b"  # ids
    r"|\b(?:null|None|undefined|stale|kept|elsewhere|disagree|noun|which|Compare|the page|no translator|machine-\w+)\b"
    r"|\b[a-z]+_[a-z_]+\b|\b(?:audience|territory|contact|benefits|text_status)\.\w+"  # names of fields
    r"|\b\w+\|\w+\b|\{\w+\}"
)
MEANT = "code, script, style, [lang=en], textarea, input, select, iframe"
"""Where ids, codes and English belong."""


def raw(html: str) -> list[str]:
    page = BeautifulSoup(html, "lxml")
    for one in page.select(MEANT):
        one.decompose()
    text = page.get_text(" ")
    return [text[max(0, one.start() - 60) : one.end() + 20] for one in RAW.finditer(text)]


def test_the_french_pages_hold_no_raw_english_no_codes_and_no_ids(place: Place, browser: Browser) -> None:
    one, other, third = (place.ids[name] for name in (*ALIKE, TRANSLATED))
    place.decide(Act("edit", one, "audience.max_age", 21), Act("approve", other), Act("reopen", other, reason="essai"))
    place.decide(Act("edit", third, "benefits", [{"sector": "community", "text": {"fr": "Un toit.", "en": None}}]))
    with place.workplace.store.session() as session:
        told = disputed("audience.min_age", 12, [14])
        messages = {"conflict": ("Pages disagree on x.", told), "translation-refused": ("No text.", "termbase")}
        for code, (message, detail) in messages.items():
            issue = Issue(stage="match", severity="info", code=code, message=message, record=one, detail=detail)
            add_issues(session, [issue])
        key, entry = next(iter(place.help.entries().items()))
        propose(session, TERMBASE, key, dict(entry), by="Bruno", help=place.help)
    paths = [
        *("/queue", "/duplicates", f"/duplicates/{one}/{other}", "/history", "/dashboard", "/exchange", "/bulk"),
        *("/words", "/words/themes", "/words/termbase", f"/words/termbase/entry?key={key}", "/account"),
        *(f"/records/{id_}{end}" for id_ in (one, third, place.news) for end in ("", "/merge?q=projet", "/history")),
        *(f"/records/{third}?edit={path}" for path in ("audience.max_age", "summary.en", "themes", "name.fr")),
    ]
    merged = send(browser, f"/duplicates/{one}/{other}", do="merge")
    assert merged.status_code == 303
    before = {path: browser.get(path, follow_redirects=True) for path in paths}
    send(browser, "/apply")
    after = {path: browser.get(path, follow_redirects=True) for path in (f"/records/{one}/split",)}
    found = {path: raw(answer.text) for told in (before, after) for path, answer in told.items()}
    assert {path: words for path, words in found.items() if words} == {}

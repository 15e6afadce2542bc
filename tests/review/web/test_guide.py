"""The curators' guide: in step with the desk, in both languages."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

import pytest

from passerelle.review.web.rendering import STATIC
from passerelle.settings import PROJECT
from schemas.base import LANGUAGES, Language
from tests.review.browsing import Browser
from tests.review.web.screenshots import HEAVIEST

DOCS = PROJECT / "docs"
GUIDES = {language: (DOCS / f"curator.{language}.md").read_text("utf-8") for language in LANGUAGES}


def shortcuts() -> set[str]:
    """Give every key that the desk knows: of its templates, its script, and its own help."""
    templates = "".join(path.read_text("utf-8") for path in (STATIC.parent / "templates").glob("*.html"))
    listed = (STATIC.parent / "templates/keys.html").read_text("utf-8")
    moves = (STATIC / "desk.js").read_text("utf-8").split("const ACTS = {")[1].split("const plain = ")[0]
    helped = (key for keys, _ in re.findall(r'\("([^"]+)", "([a-z-]+)"\)', listed) for key in keys.split())
    return {
        *re.findall(r'data-key="([^"{]+)"', templates),
        *(key.strip('"') for key in re.findall(r'(?:^|,)\s*("."|\w): \(\) =>', moves)),
        *helped,
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shortcut_of_the_desk_stands_in_the_guide_and_in_its_help(language: Language) -> None:
    table = GUIDES[language].rpartition("\n## ")[2]
    known = shortcuts()
    assert {"j", "/", "?", "A", "[", "y", "x"} <= known
    assert known - set(re.findall(r"`([^`]+)`", table)) == set()


def test_both_guides_have_the_same_build() -> None:
    french, english = (
        re.findall(r"^(#+) |!\[.+?\]\(images/(\w+)\.|^(\|)", text, re.MULTILINE) for text in GUIDES.values()
    )
    assert french == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_of_a_guide_is_there_and_light(language: Language) -> None:
    pictures = re.findall(r"!\[[^\]]{20,}\]\(([^)]+)\)", GUIDES[language])
    assert len(pictures) == GUIDES[language].count("![") > 5
    for name in pictures:
        picture = (DOCS / name).read_bytes()
        assert name.endswith(f".{language}.png")
        assert int.from_bytes(picture[16:20]) == 1280
        assert len(picture) < HEAVIEST
    assert {f"images/{one.name}" for one in (DOCS / "images").glob(f"*.{language}.png")} == set(pictures)


def test_the_desk_shows_the_guide_in_its_language_with_its_pictures(browser: Browser) -> None:
    assert 'href="/guide/"' in browser.get("/queue").text
    for language in LANGUAGES:
        page = browser.get(f"/guide/?lang={language}").text
        assert f'<html lang="{language}">' in page
        for source in re.findall(r'<img src="([^"]+)"', page):
            assert browser.get(f"/guide/{source}").headers["content-type"] == "image/png"
        within = {unquote(unescape(one)) for one in re.findall(r'href="#([^"]+)"', page)} - {"main"}
        assert len(within) > 15
        assert within <= set(re.findall(r'<h\d id="([^"]+)"', page))
    assert browser.get("/guide/images/none.fr.png").status_code == 404

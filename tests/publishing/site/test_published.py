"""The site as part of a release."""

from __future__ import annotations

from pathlib import Path

from passerelle.publishing.site.fixed import fixed_site_files
from passerelle.publishing.verify import verify_release
from schemas.base import LanguageMap
from tests.publishing.factories import Press, files_of, initiative, matched


def inodes(folder: Path) -> dict[str, int]:
    return {path: (folder / path).stat().st_ino for path in files_of(folder)}


def test_a_release_holds_the_site(press: Press) -> None:
    assert press.publish(matched()).status == "published"
    there = {path for path in files_of(press.current) if path.startswith("site/")}
    assert there >= set(fixed_site_files())
    for language in ("fr", "en"):
        assert f"site/{language}/initiatives/ini-00000001.html" in there
        assert f"site/{language}/organizations/org-00000002.html" in there
        assert f"site/{language}/initiatives-1.html" in there
        assert f"site/data/list-{language}.js" in there
    verify_release(press.current.resolve())


def test_pages_of_records_that_did_not_change_are_those_of_the_release_before(press: Press) -> None:
    press.publish(matched(initiative(1), initiative(2)))
    before = inodes(press.current.resolve())
    press.publish(matched(initiative(1), initiative(2, name=LanguageMap(fr="Autre nom"))), on=2)
    after = inodes(press.current.resolve())
    same = {path for path, inode in after.items() if before.get(path) == inode}
    assert {"site/fr/initiatives/ini-00000001.html", "site/en/organizations/org-00000001.html"} <= same
    assert {"site/assets/site.css", "site/fr/index.html"} <= same
    assert not same & {"site/fr/initiatives/ini-00000002.html", "site/data/list-fr.js", "site/fr/about.html"}


def test_every_link_within_the_site_leads_somewhere(press: Press) -> None:
    from bs4 import BeautifulSoup

    press.publish(matched(initiative(1), initiative(2)))
    told = matched(initiative(1), redirects={"ini-00000002": "ini-00000001"})
    assert press.publish(told, on=2, accept_drop=True).status == "published"
    folder = press.current.resolve()
    dead = []
    for page in sorted(folder.glob("site/**/*.html")):
        soup = BeautifulSoup(page.read_bytes(), "html.parser")
        links = [*(tag["href"] for tag in soup.find_all(href=True)), *(tag["src"] for tag in soup.find_all(src=True))]
        local = {str(link).partition("#")[0] for link in links if "://" not in str(link)} - {""}
        missing = [link for link in local if "provenance/" not in link and not (page.parent / link).resolve().is_file()]
        dead += [f"{page.relative_to(folder)}: {link}" for link in missing]
    assert dead == []

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from passerelle.crawling.discovery.feeds import read_feed
from passerelle.publishing.exports.feeds import NEWEST, feed_files, newest, release_feeds
from passerelle.publishing.exports.ids import urn_of
from passerelle.publishing.files import Pieces
from passerelle.publishing.view import View
from schemas.base import LanguageMap
from schemas.records import Initiative
from schemas.release import Change, Licence
from tests.publishing.exports.atom_rules import AT, ATOM, LANG, broken_rules
from tests.publishing.exports.records import full_initiative, full_view, written
from tests.publishing.factories import DAY, day, initiative

HERE = "https://donnees.example/releases/3/exports/feeds/"

_FEED_KEYS = {"version", "title", "items", "home_page_url", "feed_url", "description", "user_comment", "next_url"} | {
    "icon", "favicon", "authors", "language", "expired", "hubs",
}  # fmt: skip
_ITEM_KEYS = {"id", "url", "external_url", "title", "content_html", "content_text", "summary", "image"} | {
    "banner_image", "date_published", "date_modified", "authors", "tags", "language", "attachments",
}  # fmt: skip


def json_problems(feed: dict[str, Any]) -> list[str]:
    """Name what JSON Feed 1.1 would not have: keys that it does not know, values missing or of the wrong kind."""
    found = [f"unknown {key}" for key in feed if key not in _FEED_KEYS and not key.startswith("_")]
    found += [f"no {key}" for key in ("version", "title", "items") if key not in feed]
    for item in feed["items"]:
        found += [f"unknown {key}" for key in item if key not in _ITEM_KEYS and not key.startswith("_")]
        found += [] if isinstance(item.get("id"), str) else ["no id"]
        found += [] if item.get("content_text") or item.get("content_html") else ["no content"]
        dates = [item[key] for key in ("date_published", "date_modified") if key in item]
        found += [f"no date: {one}" for one in dates if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", one)]
        urls = [item[key] for key in ("url", "external_url") if key in item]
        found += [f"not absolute: {url}" for url in urls if not re.match("https?://", url)]
        found += [f"no text: {tag}" for tag in item.get("tags", []) if not isinstance(tag, str)]
    return found


def atom(view: View, language: str = "fr") -> Any:
    return etree.fromstring(written(feed_files(view))[f"initiatives.{language}.atom"])


def feed(view: View, language: str = "fr") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written(feed_files(view))[f"initiatives.{language}.json"])
    return found


@pytest.mark.parametrize("files", [feed_files, release_feeds])
def test_feeds_keep_every_rule_of_their_standards(each: View, files: Any) -> None:
    found = written(files(each))
    assert len(found) == 4
    for path, body in found.items():
        assert (json_problems(json.loads(body)) if path.endswith(".json") else broken_rules(body)) == []


def test_the_checker_would_notice_broken_feeds(view: View) -> None:
    body = written(feed_files(view))["initiatives.fr.atom"].decode()
    for old, new, rule in (
        ("<updated>2026-03-05T12:00:00Z</updated>", "<updated>hier</updated>", "no moment"),
        ("<author><name>Passerelle</name></author>", "", "times <author>"),
        (f"<id>{urn_of('ini-00000003')}</id>", f"<id>{urn_of('ini-00000002')}</id>", "two entries"),
        (f'ref="{urn_of("ini-00000008")}"', f'ref="{urn_of("ini-00000001")}"', "has an entry"),
        ('term="runaway"', 'term=""', "no term"),
    ):
        assert old in body
        assert [one for one in broken_rules(body.replace(old, new).encode()) if rule in one], rule


def test_the_newest_change_comes_first_with_its_dates(view: View) -> None:
    names = ("id", "published", "updated")
    said = [tuple(one.findtext(ATOM + name) for name in names) for one in atom(view).findall(f"{ATOM}entry")]
    assert said == [
        (urn_of("ini-00000003"), "2026-03-05T12:00:00Z", "2026-03-05T12:00:00Z"),
        (urn_of("ini-00000001"), "2026-03-01T12:00:00Z", "2026-03-04T12:00:00Z"),
        (urn_of("ini-00000002"), "2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z"),
    ]


def test_what_is_gone_has_a_tombstone_in_both_formats(view: View) -> None:
    stones = atom(view).findall(f"{AT}deleted-entry")
    assert [(one.get("ref"), one.get("when")) for one in stones] == [
        (urn_of("ini-00000008"), "2026-03-05T12:00:00Z"),
        (urn_of("ini-00000009"), "2026-03-04T12:00:00Z"),
    ]
    assert stones[0].findtext(f"{AT}comment") == "en double"
    assert stones[1].find(f"{ATOM}link").get("href") == urn_of("ini-00000001")
    assert [one["id"] for one in feed(view)["_passerelle"]["deleted"]] == [one.get("ref") for one in stones]


def test_an_id_is_the_same_in_every_language_format_and_release(view: View) -> None:
    later = replace(view, number=9, as_of=day(20))
    ids = {
        tuple(one.findtext(f"{ATOM}id") for one in atom(shown, language).findall(f"{ATOM}entry"))
        for shown in (view, later)
        for language in ("fr", "en")
    }
    assert ids == {tuple(item["id"] for item in feed(view, "en")["items"])}


def test_a_text_says_its_language_and_whether_a_machine_wrote_it(view: View) -> None:
    second = atom(view, "en").findall(f"{ATOM}entry")[1]
    assert second.find(f"{ATOM}summary").get(LANG) == "en-t-fr-t0-und"
    assert second.find(f"{ATOM}title").get(LANG) == "en"
    third = atom(view, "en").findall(f"{ATOM}entry")[2]
    assert third.find(f"{ATOM}title").get(LANG) == "fr"
    assert feed(view, "en")["items"][1]["_passerelle"]["languages"]["summary"] == "en-t-fr-t0-und"


@pytest.mark.parametrize("suffix", ["atom", "json"])
def test_our_own_reader_of_feeds_finds_the_public_page_of_every_initiative(view: View, suffix: str) -> None:
    files = written(release_feeds(view, address="https://donnees.example/releases/3/"))
    body = files[f"exports/feeds/initiatives.fr.{suffix}"]
    found = read_feed(body, f"{HERE}initiatives.fr.{suffix}")
    assert found.problems == ()
    assert found.version == {"atom": "atom", "json": "json 1.1"}[suffix]
    pages = {entry.url: entry.changed for entry in found.entries}
    assert [url.rpartition("/")[2] for url in pages] == ["ini-00000003.html", "ini-00000001.html", "ini-00000002.html"]
    assert list(pages.values()) == [day(5), day(4), DAY]
    assert all(url.startswith("https://donnees.example/releases/3/site/fr/") for url in pages)


def test_our_own_reader_of_feeds_finds_the_pages_that_initiatives_were_read_from(golden: View) -> None:
    found = read_feed(written(feed_files(golden))["initiatives.fr.atom"], HERE)
    assert {entry.url for entry in found.entries} <= {
        source.url for record in golden.initiatives for source in record.sources
    }
    assert found.entries
    assert found.problems == ()


@given(st.text(), st.text(min_size=1))
def test_no_text_breaks_a_feed(name: str, summary: str) -> None:
    record = full_initiative().model_copy(update={"name": LanguageMap(fr=name), "summary": LanguageMap(fr=summary)})
    record = record.model_copy(update={"slug": "escale"})
    files = written(feed_files(full_view(initiatives=(record,))))
    assert broken_rules(files["initiatives.fr.atom"]) == []
    assert json_problems(json.loads(files["initiatives.fr.json"])) == []


def test_a_feed_holds_the_newest_and_no_more() -> None:
    many = 3 * NEWEST
    ids = [f"ini-{number:08d}" for number in range(many)]
    changes = [
        Change(release=1 + place, at=DAY + timedelta(hours=place), change="added", id=one, type="initiative")
        for place, one in enumerate(ids)
    ]
    view = full_view(initiatives=[initiative(number) for number in range(many)], changes=changes)
    assert [item.record.id for item in newest(view).items] == ids[: -NEWEST - 1 : -1]


def test_the_list_of_records_is_not_read_for_a_feed(golden: View, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(line: bytes) -> Initiative:
        raise AssertionError(line)

    monkeypatch.setattr(golden.initiatives, "_read", refuse)
    assert len(newest(golden, most=2).items) == 2


def test_entries_that_are_known_are_not_made_again_and_give_the_same_bytes(
    golden: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Pieces()
    made = written(release_feeds(golden, first))
    known = Pieces(json.loads(json.dumps(first.used)))
    for name in ("_entry", "_json_item"):
        monkeypatch.setattr(f"passerelle.publishing.exports.feeds.{name}", pytest.fail)
    assert written(release_feeds(golden, known)) == made
    assert known.used == first.used


def test_a_release_of_nothing_has_feeds_too() -> None:
    view = full_view(initiatives=(), changes=())
    assert broken_rules(written(feed_files(view))["initiatives.en.atom"]) == []
    assert feed(view)["items"] == []


def test_the_same_release_gives_the_same_bytes(each: View) -> None:
    assert written(release_feeds(each)) == written(release_feeds(each))


def test_a_feed_says_where_it_and_the_data_set_are_at_home_only_where_that_is_known(view: View) -> None:
    path = "exports/feeds/initiatives.en.json"
    known = json.loads(written(release_feeds(view, address="https://donnees.example/latest/"))[path])
    assert known["feed_url"] == f"https://donnees.example/latest/{path}"
    assert known["home_page_url"] == "https://donnees.example/latest/site/en/index.html"
    assert json_problems(known) == []
    unknown = json.loads(written(release_feeds(view, address=None))[path])
    assert not {"feed_url", "home_page_url"} & unknown.keys()
    assert not any("url" in item for item in unknown["items"])


def test_a_text_in_the_other_language_stands_in_for_one_that_is_missing(view: View) -> None:
    english = LanguageMap(en="A drop-in by the river.")
    record = initiative(3, summary=None, description=english, lead_organization=None)
    shown = replace(view, initiatives=(*list(view.initiatives)[:2], record))
    entry = atom(shown, "fr").findall(f"{ATOM}entry")[0]
    assert (entry.findtext(f"{ATOM}content"), entry.find(f"{ATOM}content").get(LANG)) == (english.en, "en")
    item = feed(shown, "fr")["items"][0]
    assert (item["content_text"], item["language"]) == (english.en, "en")
    assert item["_passerelle"]["languages"]["content_text"] == "en"


def test_each_entry_says_the_terms_of_its_own_sources(view: View) -> None:
    closed = Licence(name="Tous droits réservés", attribution="Journal de la Rive")
    shown = replace(view, terms={"rive": closed})
    entries = atom(shown).findall(f"{ATOM}entry")
    assert {one.findtext(f"{ATOM}rights") for one in entries} == {"rive: Tous droits réservés (Journal de la Rive)"}
    told = {"source": "rive", "name": closed.name, "attribution": closed.attribution}
    assert feed(shown)["items"][0]["_passerelle"]["rights"] == [told]
    unknown = atom(replace(view, terms={})).findall(f"{ATOM}entry")
    assert all("ask the source" in one.findtext(f"{ATOM}rights") for one in unknown)

"""Releases change while clients ask."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from passerelle.publishing.api import serving as serving_module
from passerelle.publishing.api.app import ApiSettings, make_app
from passerelle.publishing.api.indexing import release_key
from passerelle.publishing.api.serving import KEPT, Serving
from passerelle.publishing.folder import rollback
from schemas.base import LanguageMap
from schemas.edition import Edition, TermEdit, trying
from schemas.working import Matched
from tests.publishing.api.client import Client, started
from tests.publishing.factories import Press, initiative, matched

PATIENCE = 120


def edition(number: int, records: int = 3) -> Matched:
    """Give records that all name their edition."""
    name = LanguageMap(fr=f"Édition {number}")
    return matched(*(initiative(place, name=name) for place in range(1, records + 1)))


@pytest.fixture
def watching(serving: Serving) -> Iterator[Client]:
    """Give a client of a server that looks for a new release all the time."""
    with started(make_app(serving, ApiSettings(rate=0, watch=0.01))) as asking:
        yield asking


def wait_for(client: Client, number: int) -> None:
    for _ in range(PATIENCE * 20):
        if client.get("/health").json().get("release") == number:
            return
        threading.Event().wait(0.05)
    pytest.fail(f"release {number} was not taken up")


def lead(press: Press, number: int) -> None:
    """Let ``current`` lead to a release, whatever there is."""
    link = press.curated / ".new-current"
    link.symlink_to(f"releases/{number}")
    link.replace(press.curated / "current")


def test_every_answer_is_of_one_release_while_releases_change(press: Press, watching: Client) -> None:
    press.publish(edition(1))
    wait_for(watching, 1)
    asked = 0
    failed: list[object] = []
    stop = threading.Event()

    def poll() -> None:
        nonlocal asked
        while not stop.is_set():
            asked += 1
            page = watching.get("/v1/initiatives?fields=name")
            number = page.headers.get("Passerelle-Release")
            names = {item["name"]["fr"] for item in page.json().get("items", ())}
            if page.status_code != 200 or str(page.json()["release"]) != number or names != {f"Édition {number}"}:
                failed.append((page.status_code, page.text))
            one = watching.get("/v1/initiatives/ini-00000001")
            if one.json()["name"]["fr"] != f"Édition {one.headers['Passerelle-Release']}":
                failed.append(one.text)
            lines = watching.get("/latest/initiatives.ndjson")
            if lines.text.count(f"Édition {lines.headers['Passerelle-Release']}") != 3:
                failed.append(lines.text)

    reader = threading.Thread(target=poll)
    reader.start()
    try:
        for number in range(2, 9):
            press.publish(edition(number), on=number)
            wait_for(watching, number)
    finally:
        stop.set()
        reader.join(PATIENCE)
    assert failed == []
    assert asked > 1


def test_a_cursor_stays_in_the_release_it_began_in(press: Press, client: Client) -> None:
    press.publish(edition(1))
    client.follow()
    following = client.json("/v1/initiatives?limit=1")["next"]
    press.publish(edition(2), on=2)
    client.follow()
    page = client.json(following)
    assert (page["release"], page["items"][0]["name"]["fr"]) == (1, "Édition 1")
    assert client.json(page["next"])["release"] == 1
    assert client.json("/v1/initiatives?limit=1")["release"] == 2


def test_a_cursor_of_a_release_long_gone_says_what_to_do(press: Press, client: Client) -> None:
    press.publish(edition(1))
    client.follow()
    following = client.json("/v1/initiatives?limit=1")["next"]
    for number in range(2, KEPT + 2):
        press.publish(edition(number), on=number)
        client.follow()
    gone = client.get(following)
    assert (gone.status_code, gone.json()["type"]) == (410, "/docs#cursor-expired")
    assert gone.json()["serving"] == KEPT + 1


def test_nothing_is_read_from_a_release_that_was_removed(press: Press, client: Client) -> None:
    press.publish(edition(1))
    client.follow()
    following = client.json("/v1/initiatives?limit=1")["next"]
    press.publish(edition(2), on=2)
    client.follow()
    shutil.rmtree(press.curated / "releases" / "1")
    client.follow()
    assert client.get(following).json()["type"] == "/docs#cursor-expired"
    assert client.get("/releases/1/initiatives.ndjson").json()["type"] == "/docs#release-gone"


def test_a_cursor_is_of_its_own_question_only(press: Press, client: Client) -> None:
    press.publish(edition(1))
    client.follow()
    cursor = client.json("/v1/initiatives?limit=1")["next"].partition("cursor=")[2]
    assert client.get(f"/v1/initiatives?cursor={cursor}&limit=2").status_code == 200
    for path in ("/v1/initiatives?kind=project&", "/v1/organizations?", "/v1/changes?"):
        refused = client.get(f"{path}cursor={cursor}")
        assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (422, "cursor")
    assert client.get("/v1/initiatives?cursor=nonsense").status_code == 422


def test_a_release_taken_back_is_followed_too(press: Press, client: Client) -> None:
    for number in (1, 2):
        press.publish(edition(number), on=number)
        client.follow()
    rollback(press.curated, 1)
    client.follow()
    assert client.json("/v1/initiatives")["release"] == 1
    assert client.get("/v1/changes?since=2").status_code == 409


def test_a_request_in_flight_ends_on_the_release_it_began_with(press: Press, serving: Serving) -> None:
    press.publish(edition(1))
    serving.start()
    with serving.lease() as held:
        assert held
        for number in range(2, KEPT + 3):
            press.publish(edition(number), on=number)
            serving.start()
        hit = held.index.find("ini-00000001", "initiatives")
        assert hit
        assert "Édition 1".encode() in held.read("initiatives", hit)
    with pytest.raises(OSError, match="Bad file descriptor"):
        held.read("initiatives", hit)
    serving.close()


def test_only_indexes_in_use_are_kept(press: Press, serving: Serving, tmp_path: Path) -> None:
    for number in range(1, KEPT + 3):
        press.publish(edition(number), on=number)
        serving.start()
    assert len(list((tmp_path / "api").glob("*.sqlite"))) == KEPT
    serving.close()


def test_a_broken_release_leaves_the_last_good_one_in_place(press: Press, watching: Client) -> None:
    press.publish(edition(1))
    wait_for(watching, 1)
    broken = press.curated / "releases" / "2"
    broken.mkdir()
    (broken / "index.json").write_text("{")
    lead(press, 2)
    for _ in range(PATIENCE * 20):
        if "trouble" in watching.get("/health").json():
            break
        threading.Event().wait(0.05)
    assert watching.json("/health")["release"] == 1
    assert watching.json("/health")["trouble"]
    assert watching.json("/v1/initiatives")["release"] == 1
    lead(press, 1)
    shutil.rmtree(broken)
    press.publish(edition(2), on=2)
    wait_for(watching, 2)
    assert "trouble" not in watching.json("/health")


def test_a_large_release_is_indexed_in_a_process_of_its_own(
    press: Press, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving_module, "SMALL", 0)
    press.publish(edition(1))
    client.follow()
    assert client.json("/v1/initiatives?q=atelier")["total"] == 0
    assert client.json("/v1/initiatives?q=edition")["total"] == 3


def test_no_server_removes_an_index_that_another_one_has_open(press: Press, database_url: str, tmp_path: Path) -> None:
    press.publish(edition(1))
    slow, quick = (Serving(press.curated, database_url, tmp_path / "api") for _ in range(2))
    slow.start()
    first = release_key((press.curated / "current").resolve())
    for number in range(2, KEPT + 3):
        press.publish(edition(number), on=number)
        quick.start()
    with slow.lease() as held:
        assert held
        assert held.index.find("ini-00000001", "initiatives")
    slow.close()
    press.publish(edition(KEPT + 3), on=KEPT + 3)
    quick.start()
    assert quick._indexes.open(first) is None
    quick.close()


def test_an_edition_of_the_vocabularies_has_an_index_of_its_own(press: Press) -> None:
    press.publish(edition(1))
    folder = (press.curated / "current").resolve()
    with trying(Edition({"themes": {"runaway": TermEdit(label=LanguageMap(fr="Fugues", en="Running away"))}})):
        changed = release_key(folder)
    assert changed != release_key(folder)


def test_an_app_that_was_stopped_serves_again_when_it_is_started_again(press: Press, serving: Serving) -> None:
    press.publish(edition(1))
    for _ in range(2):
        with started(make_app(serving, ApiSettings(rate=0, watch=3600))) as client:
            assert client.json("/v1/initiatives")["release"] == 1

"""Files of releases, byte for byte."""

from __future__ import annotations

import hashlib
import json
import shutil
from urllib.parse import urlsplit

import pytest

from passerelle.publishing.api import file_routes
from tests.publishing.api.client import Client
from tests.publishing.factories import Press, files_of, initiative, matched


@pytest.fixture
def asked(press: Press, client: Client) -> Client:
    press.publish(matched(initiative(1), initiative(2)))
    client.follow()
    return client


def test_every_file_of_a_release_is_given_byte_for_byte(asked: Client, press: Press) -> None:
    for path, body in files_of(press.current).items():
        answer = asked.get(f"/releases/1/{path}")
        assert (answer.status_code, answer.content) == (200, body), path
        assert asked.get(f"/latest/{path}").content == body
        assert answer.headers["Content-Type"] != "application/octet-stream", path


def test_a_numbered_file_may_be_kept_for_ever_and_the_latest_is_asked_for_again(asked: Client) -> None:
    numbered, latest = asked.get("/releases/1/index.json"), asked.get("/latest/index.json")
    assert "immutable" in numbered.headers["Cache-Control"]
    assert "immutable" not in latest.headers["Cache-Control"]
    assert latest.headers["Passerelle-Release"] == "1"


def test_a_record_that_did_not_change_keeps_its_tag_in_the_next_release(asked: Client, press: Press) -> None:
    paths = ("/latest/initiatives/ini-00000002.json", "/v1/initiatives/ini-00000002")
    tags = [asked.get(path).headers["ETag"] for path in paths]
    press.publish(matched(initiative(1, kind="service"), initiative(2)), on=2)
    asked.follow()
    for path, tag in zip(paths, tags, strict=True):
        assert asked.get(path, If_None_Match=tag).status_code == 304
    changed = asked.get("/latest/initiatives/ini-00000001.json", If_None_Match=tags[0])
    assert changed.json()["kind"] == "service"


@pytest.mark.parametrize("whole", [10, 10_000_000])
def test_a_part_of_a_file_can_be_asked_for(
    asked: Client, press: Press, whole: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_routes, "WHOLE", whole)
    body = (press.current / "initiatives.ndjson").read_bytes()
    part = asked.get("/latest/initiatives.ndjson", Range="bytes=10-19", Accept_Encoding="gzip")
    assert (part.status_code, part.content) == (206, body[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(body)}"
    for wrong in ("bytes=99999999-", "bytes=9-3"):
        none = asked.get("/latest/initiatives.ndjson", Range=wrong)
        assert (none.status_code, none.json()["type"]) == (416, "/docs#range-not-satisfiable")
        assert none.headers["Content-Type"] == "application/problem+json"
        assert none.headers["Cache-Control"] == "no-store"
        assert none.headers["Content-Range"] == f"bytes */{len(body)}"
        assert "ETag" not in none.headers
    large = asked.get("/latest/initiatives.ndjson")
    assert large.content == body
    assert asked.get("/latest/initiatives.ndjson", If_None_Match=large.headers["ETag"]).status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "/latest/nothing.json",
        "/latest/initiatives",
        "/latest/..%2f..%2f.lock",
        "/latest/%2e%2e/current",
        "/releases/1/..%2f2/index.json",
        "/releases/1//etc/passwd",
        "/latest/index.json%00",
        "/releases/2/index.json",
    ],
)
def test_nothing_else_can_be_had(asked: Client, path: str) -> None:
    answer = asked.get(path)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_one_small_file_leads_to_the_release_being_served(asked: Client, press: Press) -> None:
    assert asked.get("/latest.json").content == (press.curated / "latest.json").read_bytes()
    told = asked.json("/latest.json")
    manifest = asked.get(f"/{told['index']}").content
    assert (hashlib.sha256(manifest).hexdigest(), told["path"]) == (told["sha256"], "releases/1/")


def test_a_release_removed_with_what_it_held_is_gone_even_if_an_earlier_one_is_served(
    asked: Client, press: Press
) -> None:
    told = [{"release": 3, "at": "2026-03-01T12:00:00Z"}]
    (press.curated / "removed.json").write_text(json.dumps(told), "utf-8")
    for path in ("/releases/3/index.json", "/v1/releases/3"):
        gone = asked.get(path)
        assert (gone.status_code, gone.json().get("removed_at")) == (410, "2026-03-01T12:00:00Z")
    assert asked.get("/v1/releases/2").status_code == 410  # there was a third, so there was a second
    assert asked.get("/v1/releases/4").status_code == 404


def test_a_release_that_is_no_longer_kept_is_gone(asked: Client, press: Press) -> None:
    press.publish(matched(initiative(1)), on=2, accept_drop=True)
    asked.follow()
    shutil.rmtree(press.curated / "releases" / "1")
    gone = asked.get("/releases/1/index.json")
    assert (gone.status_code, gone.json()["type"]) == (410, "/docs#release-gone")
    assert asked.get("/v1/releases/1").status_code == 410


@pytest.mark.parametrize("path", ["/latest/", "/releases/1/"])
def test_the_folder_of_a_release_gives_its_manifest(asked: Client, path: str, press: Press) -> None:
    assert asked.get(path).content == (press.current / "index.json").read_bytes()
    assert asked.get(path.rstrip("/")).headers["Location"].endswith(path)


def test_every_schema_is_at_the_path_of_its_id(asked: Client, press: Press) -> None:
    paths = sorted((press.current / "schema").iterdir())
    assert paths
    for path in paths:
        answer = asked.get(urlsplit(json.loads(path.read_bytes())["$id"]).path)
        assert (answer.status_code, answer.content) == (200, path.read_bytes())
        assert answer.headers["Content-Type"] == "application/schema+json"
    assert asked.get(answer.request.url.path, If_None_Match=answer.headers["ETag"]).status_code == 304
    assert asked.get("/schema/1/nothing.schema.json").status_code == 404


def test_feeds_have_the_media_types_of_feeds(asked: Client) -> None:
    types = {
        suffix: asked.get(f"/latest/exports/feeds/initiatives.fr.{suffix}").headers["Content-Type"]
        for suffix in ("atom", "json")
    }
    assert types == {"atom": "application/atom+xml", "json": "application/feed+json"}
    listed = {file["path"]: file["media_type"] for file in asked.json("/latest/")["files"]}
    assert listed["exports/feeds/initiatives.fr.json"] == "application/feed+json"


def test_a_damaged_release_is_named_and_the_others_are_given(asked: Client, press: Press) -> None:
    press.publish(matched(initiative(1)), on=2, accept_drop=True)
    asked.follow()
    manifest = press.curated / "releases/1/index.json"
    manifest.write_bytes(manifest.read_bytes()[:200])
    told = asked.json("/v1/releases")
    assert ([item["number"] for item in told["items"]], told["damaged"]) == ([2], [1])
    for path in ("/v1/releases/1", "/releases/1/index.json", "/releases/1/initiatives.ndjson"):
        answer = asked.get(path)
        assert (answer.status_code, answer.json()["type"]) == (503, "/docs#release-damaged")
        assert "Release 1 " in answer.json()["detail"]
    manifest.unlink()
    assert asked.json("/v1/releases")["damaged"] == [1]
    assert asked.json("/v1/releases/latest")["number"] == 2

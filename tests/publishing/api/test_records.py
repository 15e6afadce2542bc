"""Single records, pages, languages and fields, and what clients may keep."""

from __future__ import annotations

import json

import pytest

from passerelle.publishing.folder import rollback
from schemas.base import LanguageMap
from tests.publishing.api.client import Client
from tests.publishing.factories import Press, filling, initiative, matched, news, provenance


@pytest.fixture
def asked(press: Press, client: Client) -> Client:
    name = LanguageMap(fr="L’atelier des marées")
    press.publish(
        matched(
            initiative(1, name=name),
            initiative(2),
            initiative(3),
            initiative(4),
            news=(news(1),),
            provenance=(provenance(),),
        ),
        filling("ini-00000001", "name.en", "The tide workshop", "L’atelier des marées"),
    )
    press.publish(
        matched(
            initiative(1, name=name),
            initiative(2),
            news=(news(1),),
            provenance=(provenance(),),
            redirects={"ini-00000003": "ini-00000001"},
            withdrawn={"ini-00000004": "à la demande de l’organisme"},
        ),
        filling("ini-00000001", "name.en", "The tide workshop", "L’atelier des marées"),
        on=2,
        accept_drop=True,
    )
    client.follow()
    return client


def test_a_record_is_given_as_the_release_has_it(asked: Client, press: Press) -> None:
    for kind, record in (("initiatives", "ini-00000002"), ("organizations", "org-00000001"), ("news", "news-00000001")):
        lines = (press.current / f"{kind}.ndjson").read_bytes().splitlines()
        assert asked.get(f"/v1/{kind}/{record}").content in lines
    whole = asked.json("/v1/initiatives")
    written = (press.current / "initiatives.ndjson").read_bytes().splitlines()
    assert whole["items"] == [json.loads(line) for line in written]
    assert (whole["release"], whole["total"], whole["next"]) == (2, 2, None)
    assert asked.json("/v1/provenance/ini-00000001")["id"] == "ini-00000001"


def test_a_merged_id_leads_to_the_one_that_lives_on(asked: Client) -> None:
    for path in ("/v1/initiatives", "/v1/provenance"):
        moved = asked.get(f"{path}/ini-00000003?")
        assert moved.status_code == 308
        assert moved.headers["Location"] == f"{path}/ini-00000001"
    assert asked.get("/v1/initiatives/ini-00000003?lang=fr").headers["Location"].endswith("/ini-00000001?lang=fr")


def test_a_withdrawn_id_tells_when_and_why(asked: Client) -> None:
    gone = asked.get("/v1/initiatives/ini-00000004")
    told = gone.json()
    assert gone.status_code == told["status"] == 410
    assert gone.headers["Content-Type"] == "application/problem+json"
    assert (told["reason"], told["withdrawn_at"]) == ("à la demande de l’organisme", "2026-03-02T12:00:00Z")


@pytest.mark.parametrize(
    "path",
    [
        "/v1/initiatives/ini-99999999",
        "/v1/initiatives/org-00000001",
        "/v1/initiatives/%00",
        "/v1/provenance/..%2f..%2findex",
        "/v1/vocabularies/nothing",
        "/v1/schema/nothing",
        "/v1/releases/99",
        "/nothing",
    ],
)
def test_what_never_was_is_a_problem_document(asked: Client, path: str) -> None:
    missing = asked.get(path)
    assert missing.status_code == 404
    assert missing.headers["Content-Type"] == "application/problem+json"
    assert missing.json().keys() >= {"type", "title", "status", "detail", "instance"}


def test_an_unknown_parameter_is_refused_and_the_known_ones_are_listed(asked: Client) -> None:
    refused = asked.get("/v1/initiatives?them=runaway")
    assert refused.status_code == 422
    assert refused.json()["type"] == "/docs#unknown-parameter"
    assert {"theme", "q", "cursor", "fields"} <= set(refused.json()["allowed"])
    assert asked.get("/v1/releases?x=1").json()["allowed"] == []


def test_a_wrong_value_is_refused_and_the_right_ones_are_listed(asked: Client) -> None:
    told = asked.get("/v1/initiatives?theme=rnaway&limit=0").json()
    assert told["type"] == "/docs#invalid-parameter"
    by_name = {error["parameter"]: error["detail"] for error in told["errors"]}
    assert "runaway" in by_name["theme"]
    assert "greater than or equal to 1" in by_name["limit"]


def test_fields_leave_out_the_rest(asked: Client) -> None:
    items = asked.json("/v1/initiatives?fields=name,kind&fields=themes")["items"]
    assert all(item.keys() == {"id", "name", "kind", "themes"} for item in items)
    assert asked.json("/v1/news/news-00000001?fields=title").keys() == {"id", "title"}


def test_a_language_flattens_texts_and_tells_where_each_is_from(asked: Client) -> None:
    one = asked.json("/v1/initiatives/ini-00000001?lang=en&fields=name,summary,benefits,impacts,sources")
    assert one["name"] == "The tide workshop"
    assert one["texts"]["name"] == {"language": "en", "origin": "machine", "fresh": True, "reviewed": False}
    assert one["benefits"][0]["text"] == "Un lieu à soi."  # no English yet
    assert one["texts"]["benefits.0.text"]["language"] == "fr"
    assert one["texts"]["impacts.0"] == {"language": "en", "origin": "source", "fresh": True, "reviewed": False}
    assert one["sources"][0]["language"] == "fr"


def test_without_fallback_a_missing_text_is_null_and_says_why(asked: Client) -> None:
    one = asked.json("/v1/initiatives/ini-00000001?lang=en&fallback=false&fields=benefits,awards,conclusion")
    assert one["benefits"][0]["text"] is None
    assert one["texts"]["benefits.0.text"]["language"] is None
    assert (one["awards"], one["conclusion"]) == ([], None)


PATHS = (
    "/v1/initiatives",
    "/v1/initiatives?q=marees&lang=fr",
    "/v1/initiatives/ini-00000001",
    "/v1/changes",
    "/v1/releases",
    "/v1/vocabularies",
    "/v1/schema/initiative",
    "/v1/provenance/ini-00000001",
    "/latest/index.json",
    "/releases/1/initiatives.ndjson",
    "/",
    "/docs",
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
def test_what_a_client_has_is_not_sent_again(asked: Client, path: str, encoding: str) -> None:
    whole = asked.get(path, Accept_Encoding=encoding)
    tag = whole.headers["ETag"]
    assert not tag.startswith("W/")
    for known in (tag, f'"x", {tag}', f"W/{tag}", "*"):
        again = asked.get(path, Accept_Encoding=encoding, If_None_Match=known)
        assert (again.status_code, again.content) == (304, b"")
    assert asked.get(path, If_None_Match='"x"').status_code == 200
    assert asked.get(path, If_Modified_Since=whole.headers["Last-Modified"]).status_code == 304
    assert asked.get(path, If_Modified_Since="Sat, 01 Jan 2000 00:00:00 GMT").status_code == 200


@pytest.mark.parametrize("path", [*PATHS, "/v1/initiatives/ini-99999999"])
def test_head_tells_what_get_would(asked: Client, path: str) -> None:
    whole, head = asked.get(path), asked.ask("HEAD", path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers == whole.headers


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_answers_are_compressed_with_a_tag_of_their_own(asked: Client, encoding: str) -> None:
    plain = asked.get("/v1/initiatives")
    packed = asked.get("/v1/initiatives", Accept_Encoding=encoding)
    assert packed.headers["Content-Encoding"] == encoding
    assert packed.headers["Vary"].lower().count("accept-encoding") == 1
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert packed.content == plain.content
    assert int(packed.headers["Content-Length"]) < len(plain.content)


def test_pages_of_other_sites_may_read_answers_and_nobody_may_frame_them(asked: Client) -> None:
    answer = asked.get("/v1/initiatives", Origin="https://app.example")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    wants = {"Origin": "https://app.example", "Access-Control-Request-Method": "GET"}
    before = asked.ask("OPTIONS", "/latest/index.json", **wants, Access_Control_Request_Headers="if-range, range")
    assert before.status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_written(asked: Client, method: str) -> None:
    refused = asked.ask(method, "/v1/initiatives")
    assert refused.status_code == 405
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert "GET" in refused.headers["Allow"]


def test_changes_are_those_after_the_release_one_has(asked: Client, press: Press) -> None:
    news_since = asked.json("/v1/changes?since=1")
    assert [(line["id"], line["change"]) for line in news_since["items"]] == [
        ("ini-00000003", "merged"),
        ("ini-00000004", "withdrawn"),
    ]
    everything, path = [], "/v1/changes?limit=3"
    while path:
        page = asked.json(path)
        everything += page["items"]
        path = page["next"]
    assert len(everything) == page["total"] == 9
    assert asked.json("/v1/changes?type=news")["total"] == 1
    assert asked.json("/v1/changes?since=2")["items"] == []
    assert asked.get("/v1/changes?since=3").status_code == 422
    rollback(press.curated, 1)
    asked.follow()
    ahead = asked.get("/v1/changes?since=2")
    assert (ahead.status_code, ahead.json()["serving"]) == (409, 1)


def test_releases_tell_of_themselves(asked: Client, press: Press) -> None:
    told = asked.json("/v1/releases")
    assert (told["serving"], [item["number"] for item in told["items"]]) == (2, [2, 1])
    assert asked.json("/v1/releases/latest") == asked.json("/v1/releases/2") == told["items"][0]
    manifest = json.loads((press.current / "index.json").read_bytes())
    assert {name: manifest[name] for name in ("version", "content", "counts")}.items() <= told["items"][0].items()


def test_vocabularies_give_codes_and_labels(asked: Client) -> None:
    names = [told["name"] for told in asked.json("/v1/vocabularies")["items"]]
    assert {"themes", "sectors", "regions"} <= set(names)
    regions = asked.json("/v1/vocabularies/regions")["terms"]
    assert {"code": "16", "label": {"fr": "Montérégie", "en": "Montérégie"}, "note": None} in regions


def test_people_find_a_page_in_both_languages(asked: Client) -> None:
    page = asked.get("/").text
    assert "Version 2" in page
    assert "Release 2" in page
    assert 'href="docs"' in page
    docs = asked.get("/docs").text
    assert "GET /v1/initiatives" in docs
    assert "language_offered" in docs
    assert 'id="withdrawn"' in docs


def test_health_tells_the_release(asked: Client) -> None:
    assert asked.json("/health") == {"status": "ok", "release": 2, "as_of": "2026-03-02T12:00:00Z"}


def test_before_anything_is_published_the_server_says_so(client: Client) -> None:
    assert client.get("/health").status_code == 503
    waiting = client.get("/v1/initiatives")
    assert (waiting.status_code, waiting.json()["type"]) == (503, "/docs#no-release")
    assert "Retry-After" in waiting.headers
    assert "Rien n’est encore publié" in client.get("/").text

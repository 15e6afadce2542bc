import json
import pickle
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from passerelle.translation.engines import make_engine
from passerelle.translation.errors import EngineChoiceError, EngineError
from passerelle.translation.libretranslate import ATTEMPTS, KEY, MOST_TEXTS, LibreTranslateEngine
from passerelle.translation.memory import Memory
from passerelle.translation.station import translate
from schemas.records import Initiative

HOME = "https://translate.example"
Handler = Callable[[httpx.Request], httpx.Response]


class Server:
    """A server of another program's protocol that shouts what it is sent."""

    def __init__(self) -> None:
        self.requests: list[dict[str, object]] = []
        self.trouble: list[httpx.Response] = []
        self.waits: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/languages":
            return httpx.Response(200, json=[{"code": "fr", "name": "French", "targets": ["en", "fr"]}])
        if request.url.path == "/spec":
            return httpx.Response(200, json={"info": {"version": "1.6.2"}})
        self.requests.append(json.loads(request.content))
        if self.trouble:
            return self.trouble.pop(0)
        return httpx.Response(200, json={"translatedText": [text.upper() for text in self.requests[-1]["q"]]})  # type: ignore[attr-defined]

    @property
    def engine(self) -> LibreTranslateEngine:
        return LibreTranslateEngine(HOME, transport=httpx.MockTransport(self), sleep=self.waits.append)


def test_a_server_says_what_it_can_and_translates_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "secret")
    server = Server()
    engine = server.engine
    assert (engine.available("fr", "en"), engine.available("en", "fr")) == (True, False)
    assert engine.label("fr", "en") == "libretranslate fr→en 1.6.2"
    texts = [f"texte {number}" for number in range(MOST_TEXTS + 3)]
    assert engine.translate(texts, "fr", "en") == [text.upper() for text in texts]
    assert [len(request["q"]) for request in server.requests] == [MOST_TEXTS, 3]  # type: ignore[arg-type]
    assert {request["api_key"] for request in server.requests} == {"secret"}
    assert "secret" not in repr(pickle.dumps(engine))


def test_a_busy_server_is_asked_again_later_and_later_and_when_it_says() -> None:
    server = Server()
    server.trouble = [httpx.Response(503), httpx.Response(429, headers={"Retry-After": "9"}), httpx.Response(502)]
    assert server.engine.translate(["oui"], "fr", "en") == ["OUI"]
    assert server.waits == [1.0, 9.0, 18.0]


def test_a_server_that_stays_down_leaves_texts_pending_and_is_not_asked_again(
    record: Callable[..., Initiative],
) -> None:
    server = Server()
    server.trouble = [httpx.Response(500)] * 99
    ours = record(summary="Un lieu.", conclusion="Une fin.")
    fillings, _, (issue,) = translate([ours], Memory(), server.engine)
    assert {(filling.text, filling.status.reason) for filling in fillings} == {(None, "engine-failed")}
    assert "HTTP 500" in issue.message
    assert len(server.requests) == ATTEMPTS


def test_a_refusal_is_told_in_the_servers_words_at_once() -> None:
    server = Server()
    server.trouble = [httpx.Response(403, json={"error": "Invalid API key"})]
    with pytest.raises(EngineError, match="HTTP 403 Invalid API key"):
        server.engine.translate(["oui"], "fr", "en")
    assert server.waits == []


@pytest.mark.parametrize("answer", [{"translatedText": "OUI"}, {"translatedText": []}, [], {"translatedText": [1]}])
def test_an_answer_that_is_not_one_text_each_is_an_error(answer: object) -> None:
    server = Server()
    server.trouble = [httpx.Response(200, json=answer)]
    with pytest.raises(EngineError, match="not one translation a text"):
        server.engine.translate(["oui"], "fr", "en")


def test_a_key_is_never_sent_in_the_open_and_an_address_is_needed(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("packages")
    with pytest.raises(EngineError, match="PASSERELLE_LIBRETRANSLATE_URL"):
        make_engine("libretranslate", folder)
    monkeypatch.setenv(KEY, "secret")
    with pytest.raises(EngineError, match="only sent over https"):
        make_engine("libretranslate", folder, address="http://translate.example")
    assert make_engine("libretranslate", folder, address="http://127.0.0.1:5000").name == "libretranslate"


@pytest.mark.parametrize("address", ["ftp://x.example", "notaurl", "http://", "http://[", ""])
def test_what_is_no_web_address_is_wrong_usage_in_both_languages(address: str, tmp_path: Path) -> None:
    with pytest.raises(EngineChoiceError, match="PASSERELLE_LIBRETRANSLATE_URL") as caught:
        make_engine("libretranslate", tmp_path, address=address)
    assert "adresse" in caught.value.french

"""The LibreTranslate engine: a server of one's own, asked over HTTP, with patience and then none at all.

After a few attempts further and further apart the server counts as down for the rest of the run: what it has not
translated stays pending, and the run goes on.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property
from typing import Any

import httpx

from passerelle.translation.downloads import check_address
from passerelle.translation.engines import Answer
from passerelle.translation.errors import EngineChoiceError, EngineError, ModelError
from schemas.base import Language

KEY = "PASSERELLE_LIBRETRANSLATE_KEY"
"""Environment variable of the server's key; read when the engine is used, and kept nowhere."""
ATTEMPTS = 4
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
"""Seconds before the second attempt, doubled each time, and the most that a server may ask for."""
TIMEOUT = httpx.Timeout(120.0, connect=10.0)
MOST_TEXTS, MOST_CHARACTERS = 50, 5000
"""Of one request: below the limits that servers usually set."""
_TRY_AGAIN = {408, 429, 500, 502, 503, 504}


class LibreTranslateEngine:
    """A LibreTranslate server as an engine."""

    name = "libretranslate"
    batch = MOST_TEXTS
    retry = None  # its interface has no choice of decoding

    def __init__(
        self, address: str, *, transport: httpx.BaseTransport | None = None, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """Take the server's address; a key is sent over HTTPS or within this machine only.

        Raises:
            EngineChoiceError: it is no web address, or there is a key and the address would send it in the open.
        """
        self._address = address.rstrip("/")
        self._transport = transport
        self._sleep = sleep
        self._down: EngineError | None = None
        if not _is_web_address(address):
            msg = f"{address}: no web address; set PASSERELLE_LIBRETRANSLATE_URL to https://… or http://localhost:5000"
            french = f"{address} : pas une adresse web; PASSERELLE_LIBRETRANSLATE_URL doit être https://…"
            raise EngineChoiceError(msg, french)
        if os.environ.get(KEY):
            try:
                check_address(address)
            except ModelError as error:
                msg = f"{address}: a key is only sent over https; change the address or unset {KEY}"
                french = f"{address} : une clé ne s’envoie qu’en https; changez l’adresse ou enlevez {KEY}"
                raise EngineChoiceError(msg, french) from error

    def __reduce__(self) -> tuple[type[LibreTranslateEngine], tuple[str]]:
        return LibreTranslateEngine, (self._address,)

    def available(self, source: Language, target: Language) -> bool:
        """Ask the server whether it knows both languages.

        Raises:
            EngineError: it does not answer.
        """
        return target in self._targets.get(source, ())

    def label(self, source: Language, target: Language) -> str:
        """Name engine, direction and the server's version."""
        return f"libretranslate {source}→{target} {self._version}"

    def placeholder(self, source: Language, target: Language) -> None:
        """None that its models are known to copy."""

    def translate(self, texts: Sequence[str], source: Language, target: Language) -> list[str]:
        """Translate texts, a few dozen a request.

        Raises:
            EngineError: the server does not answer, refuses, or gives something else than one text each.
        """
        outputs: list[str] = []
        for batch in _batches(texts):
            asked = {"q": batch, "source": source, "target": target, "format": "text"}
            key = os.environ.get(KEY)
            answer = self._ask("POST", "/translate", asked | ({"api_key": key} if key else {}))
            given = answer.get("translatedText") if isinstance(answer, dict) else None
            if not isinstance(given, list) or len(given) != len(batch) or not all(isinstance(t, str) for t in given):
                problem = "the server's answer is not one translation a text"
                raise self._failed(problem, "la réponse du serveur n’est pas une traduction par texte")
            outputs += given
        return outputs

    def answer(
        self, texts: Sequence[str], source: Language, target: Language, names: Collection[str] = ()
    ) -> list[Answer]:
        """Translate likewise; the server does not say how sure it is."""
        del names
        return [Answer(text) for text in self.translate(texts, source, target)]

    @cached_property
    def _targets(self) -> dict[str, tuple[str, ...]]:
        answer = self._ask("GET", "/languages")
        if not isinstance(answer, list):
            problem = "/languages is not a list: is this a LibreTranslate server?"
            raise self._failed(problem, "/languages n’est pas une liste : est-ce un serveur LibreTranslate?")
        known = [entry for entry in answer if isinstance(entry, dict) and isinstance(entry.get("targets"), list)]
        return {str(entry.get("code")): tuple(map(str, entry["targets"])) for entry in known}

    @cached_property
    def _version(self) -> str:
        answer = self._ask("GET", "/spec")
        about = answer.get("info") if isinstance(answer, dict) else None
        return str(about.get("version") or "unknown") if isinstance(about, dict) else "unknown"

    @cached_property
    def _client(self) -> httpx.Client:
        return httpx.Client(timeout=TIMEOUT, transport=self._transport)

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        """Ask, again after a pause where that may help."""
        if self._down:
            raise self._down
        wait, problem = FIRST_WAIT, ""
        for attempt in range(ATTEMPTS):
            if attempt:
                self._sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)
            try:
                answer = self._client.request(method, self._address + path, json=body)
                if answer.is_success:
                    return answer.json()
            except (httpx.TransportError, ValueError, RecursionError) as error:
                problem = str(error) or type(error).__name__
                continue
            problem = f"HTTP {answer.status_code} {_said(answer)}".strip()
            if answer.status_code not in _TRY_AGAIN:
                break
            wait = max(wait, _asked_wait(answer))
        raise self._failed(problem, problem)

    def _failed(self, problem: str, french: str) -> EngineError:
        self._down = EngineError(
            f"{self._address}: {problem}; check the server and {KEY}, then run `passerelle translate`",
            f"{self._address} : {french}; vérifiez le serveur et {KEY}, puis lancez passerelle translate",
        )
        return self._down


def _is_web_address(address: str) -> bool:
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        return False
    return url.scheme in {"http", "https"} and bool(re.fullmatch(r"[\w.:-]+", url.host))


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for text in texts:
        if batch and (len(batch) == MOST_TEXTS or sum(map(len, batch)) + len(text) > MOST_CHARACTERS):
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch


def _said(answer: httpx.Response) -> str:
    """Give the server's own explanation, in short."""
    try:
        said = answer.json()
    except ValueError:
        return ""
    return str(said.get("error", ""))[:200] if isinstance(said, dict) else ""


def _asked_wait(answer: httpx.Response) -> float:
    said = answer.headers.get("Retry-After", "")
    return min(float(said), LONGEST_WAIT) if said.isdigit() else 0.0

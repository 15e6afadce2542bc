"""What the translation tests share: no network, a tiny package, a record and an engine made to order.

Organisations and people here are fictional; places are real places of Québec.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

import pytest

from passerelle.translation.archives import unpack
from passerelle.translation.engines import Answer
from passerelle.translation.protect import Placeholder
from schemas.base import Language, LanguageMap
from schemas.records import Initiative, LeadRef
from tests.translation.tiny_package import build_package

WHEN = "2026-03-01T12:00:00Z"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing leave this machine."""

    def refuse(*_: object, **__: object) -> None:
        msg = "a test tried to reach the network"
        raise AssertionError(msg)

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny fr→en package, as it is downloaded."""
    return build_package(tmp_path_factory.mktemp("archives"), version="0.1")


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory, archive: Path) -> Path:
    """A folder with the tiny packages of both directions installed."""
    folder = tmp_path_factory.mktemp("home") / "packages"
    reverse = build_package(archive.parent, "en", "fr", "0.1")
    for path in (archive, reverse):
        unpack(path, folder / path.stem)
    return folder


@pytest.fixture
def record() -> Callable[..., Initiative]:
    """Make a record; texts are given as language maps or as French."""

    def make(number: int = 1, **fields: Any) -> Initiative:
        texts = {key: LanguageMap(fr=value) if isinstance(value, str) else value for key, value in fields.items()}
        base: dict[str, Any] = {
            "id": f"ini-{number:08d}",
            "slug": f"record-{number}",
            "kind": "project",
            "name": LanguageMap(fr="Projet Aurore", en="Projet Aurore"),
            "lead_organization": LeadRef(id="org-00000001", name="Maison des jeunes L’Éclaircie"),
            "sources": (),
            "first_seen": WHEN,
            "last_seen": WHEN,
            "last_changed": WHEN,
        }
        return Initiative(**base | texts)

    return make


class ScriptedEngine:
    """An engine that answers by a function, and remembers what it was asked."""

    name = "scripted"
    batch = 2
    copies: Placeholder | None = None
    retry: ScriptedEngine | None = None
    confidence: float | None = None

    def __init__(self, answer: Callable[[str], str], version: str = "1") -> None:
        self.says = answer
        self.asked: list[str] = []
        self._version = version

    def available(self, source: Language, target: Language) -> bool:
        return source != target

    def label(self, source: Language, target: Language) -> str:
        return f"scripted {source}→{target} {self._version}"

    def placeholder(self, source: Language, target: Language) -> Placeholder | None:
        return self.copies

    def translate(self, texts: Sequence[str], source: Language, target: Language) -> list[str]:
        del source, target
        self.asked += texts
        return [self.says(text) for text in texts]

    def answer(
        self, texts: Sequence[str], source: Language, target: Language, names: Collection[str] = ()
    ) -> list[Answer]:
        del names
        return [Answer(text, self.confidence) for text in self.translate(texts, source, target)]

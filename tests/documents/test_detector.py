"""The detector of languages answers alike from its model and from the tables that are kept of it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from extractors.documents.detector import detector_kept_at

TEXTS = (
    "Guten Tag, wie geht es Ihnen heute?",
    "Bonjour à toutes et à tous",
    "El centro abre sus puertas el lunes",
    "今日は晴れです",
    "12 / 24",
    "",
)


def test_kept_tables_answer_as_their_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    place = tmp_path / "tables"
    place.write_bytes(b"tables of another model" * 10)
    told = [detector_kept_at(place).classify(text) for text in TEXTS]
    kept = place.read_bytes()
    assert [detector_kept_at(place).classify(text) for text in TEXTS] == told
    assert place.read_bytes() == kept

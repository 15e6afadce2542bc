"""The five real pages, where they are at hand: what a careful reader finds is in the release."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from passerelle import pipeline
from passerelle.settings import PROJECT
from passerelle.workplace import open_workplace
from tests.way.conftest import take_in

SHARED = PROJECT.parent / "shared"
COMPLETE = ("both languages", "one record", "furniture", "no invented records")


@pytest.mark.skipif(not (SHARED / "acceptance/check.py").exists(), reason="the five real pages are not kept here")
def test_the_release_of_the_five_real_pages_holds_the_facts(tmp_path: Path) -> None:
    take_in(SHARED / "seeds/manifest.json", tmp_path)
    with open_workplace(tmp_path) as workplace:
        assert pipeline.run(workplace).outcome.status == "published"
    result = tmp_path / "result.json"
    checked = subprocess.run(
        [
            sys.executable,
            SHARED / "acceptance/check.py",
            tmp_path / "curated/current",
            "--json",
            result,
            "--need",
            "0.95",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout
    by_kind = json.loads(result.read_text())["by_kind"]
    assert {kind: by_kind[kind][0] for kind in COMPLETE} == {kind: by_kind[kind][1] for kind in COMPLETE}, (
        checked.stdout
    )

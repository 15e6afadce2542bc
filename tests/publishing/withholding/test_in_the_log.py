"""What is withheld when the pipeline publishes is told in the issue log, for as long as it is withheld."""

from __future__ import annotations

from pathlib import Path

import pytest

from passerelle import pipeline
from passerelle.store import log
from passerelle.store.records import save_matched
from passerelle.workplace import Workplace, open_workplace
from schemas import records
from schemas.base import LanguageMap
from tests.publishing import factories as make


def told(workplace: Workplace) -> list[tuple[str, str | None, str | None]]:
    with workplace.store.session() as session:
        return [(one.code, one.record, one.detail) for one in log.load_issues(session) if one.stage == "publish"]


def leave(workplace: Workplace, *initiatives: records.Initiative) -> None:
    with workplace.store.session() as session:
        save_matched(session, make.matched(*initiatives))


def test_lines_of_what_is_withheld_stand_in_the_log_until_it_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PASSERELLE_DATABASE_URL", raising=False)
    spoken = records.Testimonial(quote=LanguageMap(fr="Ici, on m’écoute."), author="Zéphirine, 15 ans")
    line = ("withheld-minor", "ini-00000001", "testimonials.0")
    with open_workplace(tmp_path) as workplace:
        leave(workplace, make.initiative(1, testimonials=(spoken,)), make.initiative(2))
        assert pipeline.publish(workplace).status == "published"
        assert told(workplace) == [line]
        assert pipeline.publish(workplace).status == "unchanged"
        assert told(workplace) == [line]
        leave(workplace, make.initiative(1, testimonials=(spoken,)), make.initiative(2, cost="free"))
        assert pipeline.publish(workplace).status == "published"
        assert told(workplace) == [line]
        leave(workplace, make.initiative(1), make.initiative(2, cost="free"))
        assert pipeline.publish(workplace).status == "published"
        assert told(workplace) == []

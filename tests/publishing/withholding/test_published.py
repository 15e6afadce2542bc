"""What is withheld is in no byte of a release, in no delta, and its trace stays while nothing changes."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from passerelle.publishing.contents import Rules
from passerelle.publishing.material import material_of
from passerelle.publishing.release import Order, PublishOutcome, publish_release
from passerelle.publishing.withholding.kept import removed
from passerelle.publishing.withholding.withdrawals import Withdrawals
from schemas import records
from schemas.base import LanguageMap
from schemas.decision import Decision
from schemas.issue import Issue
from schemas.working import Matched
from tests.publishing import factories as make

NAME = "Jules Ferron"


def decide(number: int, action: str, **told: object) -> Decision:
    fixed = {"id": f"{number:04}", "at": make.DAY, "by": "Maïté", "action": action, "record": "person"}
    return Decision.model_validate(fixed | told)


def publish(curated: Path, content: Matched, *decisions: Decision, on: int = 1, **source: object) -> PublishOutcome:
    rules = Rules({"rive": make.source(**source)}, withdrawals=Withdrawals.of(decisions))
    return publish_release(Order(material_of(content), curated, rules, {"rive": 4}, make.day(on), make.LICENCE))


def bytes_with(curated: Path, *words: str) -> list[str]:
    found = []
    for path in (path for path in curated.rglob("*") if path.is_file()):
        body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        if any(word.encode() in body for word in words):
            found.append(path.relative_to(curated).as_posix())
    return sorted(found)


def telling(number: int, text: str) -> records.Initiative:
    return make.initiative(number, description=LanguageMap(fr=text))


@pytest.fixture
def curated(tmp_path: Path) -> Path:
    return tmp_path / "curated"


def test_a_minor_is_in_no_byte_of_a_release_and_the_trace_stays(curated: Path) -> None:
    quote = "Ici, on m’écoute sans me juger."
    spoken = records.Testimonial(quote=LanguageMap(fr=quote), author="Zéphirine, 15 ans")
    record = make.initiative(1, testimonials=(spoken,), description=LanguageMap(fr=f"Zéphirine : « {quote} »"))
    for day, other in ((1, "Un."), (2, "Deux.")):
        outcome = publish(curated, make.matched(record, telling(2, other)), on=day)
        lines = (curated / "current" / "issues.ndjson").read_text("utf-8").splitlines()
        told = [json.loads(line) for line in lines]
        assert [(one["code"], one["record"], one["detail"]) for one in told] == [
            ("withheld-minor", "ini-00000001", "testimonials.0")
        ]
        assert [issue.model_dump(mode="json") for issue in outcome.withheld] == told
    assert bytes_with(curated, "Zéphirine", "écoute sans") == []
    assert bytes_with(curated, "[passage retiré]") != []


def test_a_field_that_a_source_withholds_leaves_with_the_next_release(curated: Path) -> None:
    content = make.matched(make.initiative(1, contact=records.Contact(phone="418 555-0199")))
    publish(curated, content)
    assert bytes_with(curated / "releases" / "1", "555-0199")
    publish(curated, content, withhold=("contact.phone",), on=2)
    assert bytes_with(curated / "releases" / "2", "555-0199") == []


def test_deltas_and_releases_that_name_a_withdrawn_person_are_gone_and_the_others_stay(curated: Path) -> None:
    texts = ("Rien.", "Encore rien.", f"{NAME} anime.", f"{NAME} anime encore.")
    for day, text in enumerate(texts, 1):
        publish(curated, make.matched(telling(1, text), telling(2, "Constant.")), on=day)
    assert len(bytes_with(curated, NAME)) > 6
    content = make.matched(telling(1, f"{NAME} anime toujours."), telling(2, "Constant."))
    outcome = publish(curated, content, decide(1, "withhold", value=NAME, reason="asked"), on=5)
    assert (outcome.status, outcome.removed) == ("published", (3, 4))
    assert bytes_with(curated, NAME, "Ferron", "Jules") == []
    assert [one["release"] for one in removed(curated)] == [3, 4]
    kept = sorted(path.name for path in (curated / "releases").iterdir())
    assert kept == ["1", "2", "5"]
    assert sorted(path.name for path in (curated / "current" / "changes").iterdir()) == ["1-2.ndjson", "4-5.ndjson"]


def test_a_reason_that_names_the_person_is_covered_too(curated: Path) -> None:
    content = make.matched(make.initiative(1))
    publish(curated, content.model_copy(update={"withdrawn": {"ini-00000009": f"{NAME} asked"}}))
    assert bytes_with(curated, NAME)
    again = content.model_copy(update={"withdrawn": {"ini-00000009": f"{NAME} asked"}})
    publish(curated, again, decide(1, "withhold", value=NAME), on=2)
    assert bytes_with(curated, NAME) == []
    changes = (curated / "current" / "changes.ndjson").read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in changes].count("ini-00000009") == 1


def test_a_record_withdrawn_the_ordinary_way_stays_in_the_releases_kept(curated: Path) -> None:
    publish(curated, make.matched(make.initiative(1), make.initiative(2)))
    content = make.matched(make.initiative(2), withdrawn={"ini-00000001": "a double"})
    outcome = publish(curated, content, decide(1, "withdraw", record="ini-00000001"), on=2)
    assert (outcome.status, outcome.removed) == ("published", ())
    outcome = publish(curated, content, decide(2, "withdraw", record="ini-00000001", everywhere=True), on=3)
    assert outcome.removed == (1,)


def test_a_release_tells_no_issue_of_a_record_withdrawn_from_everything(curated: Path) -> None:
    issues = [
        Issue(stage="match", severity="warning", code="conflict", message="Pages disagree.", record=id_, detail=words)
        for id_, words in (("ini-00000001", "La Halte"), ("ini-00000002", "Le Relais"))
    ]
    content = make.matched(make.initiative(2), withdrawn={"ini-00000001": "asked"}).model_copy(
        update={"issues": tuple(issues)}
    )
    publish(curated, content, decide(1, "withdraw", record="ini-00000001", everywhere=True))
    assert bytes_with(curated, "Le Relais") != []
    assert bytes_with(curated, "La Halte") == []


def test_a_release_that_the_gate_refuses_leaves_the_one_served_and_the_next_one_finishes(curated: Path) -> None:
    publish(curated, make.matched(telling(1, f"{NAME} anime."), telling(2, "Constant.")))
    decision = decide(1, "withhold", value=NAME)
    nothing = make.matched(organizations=(make.organization(1), make.organization(2))).model_copy(
        update={"initiatives": ()}
    )
    outcome = publish(curated, nothing, decision, on=2)
    assert (outcome.status, outcome.removed, outcome.number) == ("refused", (), 1)
    outcome = publish(curated, make.matched(telling(1, f"{NAME} anime."), telling(2, "Constant.")), decision, on=3)
    assert (outcome.status, outcome.removed) == ("published", (1,))
    assert bytes_with(curated, NAME) == []

"""Any sequence of decisions, undos, merges, splits and pipeline runs: no human value is lost, and releases repeat."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from passerelle.matching import match
from passerelle.publishing.release import publish
from passerelle.review.creating import organization_id
from passerelle.review.deciding import Act, InvalidAct, redo, undo
from passerelle.store.captures import page_states
from passerelle.store.database import open_store
from passerelle.store.records import load_decisions, load_identities, load_judgements, load_matched
from schemas.decision import NewOrganization, in_force
from schemas.paths import dumped
from schemas.records import Initiative
from schemas.working import Matched
from tests.publishing.factories import LICENCE, day, source
from tests.review.service.test_deciding import do, see
from tests.review.service.world import World, pages, put

FIELDS = ("audience.max_age", "name.fr", "description.en", "cost")


def value(path: str, number: int) -> object:
    """Give a value that no page says."""
    return {"audience.max_age": 60 + number, "cost": "free" if number % 2 else "paid"}.get(path, f"De ana {number}")


class AnyOrder(RuleBasedStateMachine):
    """What curators and the pipeline do, in any order."""

    template: ClassVar[Path]

    @initialize()
    def begin(self) -> None:
        """Open a copy of the small data set."""
        self.folder = TemporaryDirectory()
        home = Path(self.folder.name)
        shutil.copy(self.template, home)
        self.world = World(open_store(f"sqlite:///{home / self.template.name}"), home)
        self.ids = sorted(one.id for one in self.world.initiatives().values())
        self.day = 0

    def teardown(self) -> None:
        """Match and publish once more from nothing but pages, ids and decisions: the same release, to the byte."""
        if not hasattr(self, "world"):
            return
        self.world.match()
        with self.world.store.session() as session:
            stored = load_matched(session)
            anew = match(
                page_states(session),
                identities=load_identities(session),
                judgements=load_judgements(session),
                decisions=load_decisions(session),
            )
        assert stored.initiatives == anew.initiatives
        assert stored.organizations == anew.organizations
        assert stored.provenance == anew.provenance
        assert stored.redirects == anew.redirects
        assert self.release(stored, "first") == self.release(anew, "again")
        self.world.store.close()
        self.folder.cleanup()

    def release(self, matched: Matched, name: str) -> dict[str, bytes]:
        """Publish a first release into a folder of its own; give its files. The store keeps issues in their own log."""
        told = matched.model_copy(update={"issues": ()})
        curated = Path(self.folder.name) / name
        sources = {page.source: source(page.source) for page in pages()}
        outcome = publish(
            told, (), curated=curated, sources=sources, captures={}, issues=(), as_of=day(28), licence=LICENCE
        )
        current = curated / "current"
        assert current.is_dir() == (outcome.status == "published"), outcome.reasons
        return {str(path.relative_to(current)): path.read_bytes() for path in current.rglob("*") if path.is_file()}

    def alive(self, number: int) -> str | None:
        """Choose a record that is there."""
        there = sorted(one.id for one in self.world.initiatives().values())
        return there[number % len(there)] if there else None

    @rule(number=st.integers(0, 9), path=st.sampled_from(FIELDS), said=st.integers(0, 9))
    def edit(self, number: int, path: str, said: int) -> None:
        """Edit a field."""
        record = self.alive(number)
        if record:
            do(self.world, Act("edit", record, path, value(path, said)))  # type: ignore[arg-type]

    @rule(number=st.integers(0, 9), which=st.integers(0, 2))
    def led_by_a_new_organisation(self, number: int, which: int) -> None:
        """Let an organisation that no page names lead a record; it is created where it is not there."""
        record, said = self.alive(number), NewOrganization(name=f"Atelier sans page {which}", sector="community")
        if record:
            with self.world.store.session() as session:
                house = organization_id(session, said, self.world.help)
            lead = Act("edit", record, "lead_organization", {"id": house, "name": said.name})
            try:
                do(self.world, Act("create", house, value=said.model_dump(mode="json")), lead)
            except InvalidAct as refused:
                assert refused.key == "organization-there"  # noqa: PT017
                do(self.world, lead)

    @rule(number=st.integers(0, 9))
    def approve(self, number: int) -> None:
        """Approve a record."""
        record = self.alive(number)
        if record:
            do(self.world, Act("approve", record))

    @rule(number=st.integers(0, 9))
    def reject(self, number: int) -> None:
        """Reject a record."""
        record = self.alive(number)
        if record:
            do(self.world, Act("reject", record, reason="essai"))

    @rule(one=st.integers(0, 9), other=st.integers(0, 9), action=st.sampled_from(["merge", "split"]))
    def join_or_part(self, one: int, other: int, action: str) -> None:
        """Merge two records or part them; what cannot be is refused."""
        record, second = self.alive(one), self.ids[other % len(self.ids)]
        try:
            do(self.world, Act(action, record or "", value=second))  # type: ignore[arg-type]
        except InvalidAct as refused:
            assert refused.key in ("no-record", "one-already", "no-part")  # noqa: PT017

    @precondition(lambda self: self.decided())
    @rule(data=st.data(), back=st.booleans())
    def undo_or_redo(self, data: st.DataObject, back: bool) -> None:
        """Undo or redo any decision; what cannot be is refused."""
        chosen = data.draw(st.sampled_from(self.decided()))
        way = redo if back else undo
        try:
            with self.world.store.session() as session:
                way(session, chosen, by="ben", help=self.world.help)
        except InvalidAct as refused:
            assert refused.key in ("undone-already", "not-undone")  # noqa: PT017

    @rule()
    def run(self) -> None:
        """Run the pipeline."""
        self.world.match()

    @rule(top=st.integers(20, 30))
    def source_changes(self, top: int) -> None:
        """Have a page say something else, and run the pipeline."""
        self.day = min(self.day + 1, 25)
        put(self.world.store, [pages(ages=(14, top), seen=(self.day,))[0]])
        self.world.match()

    def decided(self) -> list[str]:
        """Give the ids of all decisions."""
        with self.world.store.session() as session:
            return [one.id for one in load_decisions(session)]

    @invariant()
    def no_human_value_is_lost(self) -> None:
        """Check that each record says the last word of its edits in force, in the store and at the desk."""
        if not hasattr(self, "world"):
            return
        with self.world.store.session() as session:
            told = load_decisions(session)
            redirects = load_matched(session).redirects
        last: dict[tuple[str, str], object] = {}
        for one in in_force(told):
            if one.action == "edit" and one.path:
                last[redirects.get(one.record, one.record), one.path] = one.value
        records = {one.id: one for one in self.world.initiatives().values()}
        for (record, path), said in last.items():
            if record in records:
                for shown in (records[record], see(self.world, record).record):
                    assert isinstance(shown, Initiative)
                    assert dumped(shown, path) == said


def test_any_order_keeps_every_human_value_and_rebuilds_the_same_release(
    small_sqlite: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AnyOrder, "template", small_sqlite, raising=False)
    run_state_machine_as_test(AnyOrder, settings=settings(max_examples=6, stateful_step_count=12))

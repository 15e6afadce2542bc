"""Imports into the translation memory can be taken back, in any order."""

from __future__ import annotations

from passerelle.store.database import Store
from passerelle.store.texts import import_memory, load_memory, take_back
from schemas.texts import text_digest
from schemas.working import MemoryEntry


def entry(source: str, target: str) -> MemoryEntry:
    return MemoryEntry(
        source_language="fr", target_language="en", source_hash=text_digest(source), source=source, target=target,
        origin="human",
    )  # fmt: skip


def test_what_an_import_gave_is_taken_back_and_what_it_replaced_is_there_again(store: Store) -> None:
    def pairs() -> dict[str, str]:
        with store.session() as session:
            return {one.source: one.target for one in load_memory(session)}

    with store.session() as session:
        import_memory(session, [entry("fugue", "runaway"), entry("milieu", "setting")], "sha256:a")
        import_memory(session, [entry("fugue", "running away"), entry("répit", "respite")], "sha256:b")
    with store.session() as session:
        assert take_back(session, "sha256:b") == 2
    assert pairs() == {"fugue": "runaway", "milieu": "setting"}
    with store.session() as session:
        import_memory(session, [entry("fugue", "running away")], "sha256:b")
        assert take_back(session, "sha256:a") == 2, "also what was replaced since"
    assert pairs() == {"fugue": "running away"}
    with store.session() as session:
        assert take_back(session, "sha256:b") == 1
        assert take_back(session, "sha256:b") == 0
    assert pairs() == {}

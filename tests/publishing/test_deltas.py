"""A reader who has one release comes to any other by its deltas, to the byte."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import jsonpatch
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from passerelle.publishing.apply import DeltaError, apply_delta
from passerelle.publishing.deltas import delta_between
from passerelle.publishing.folder import Release, release_folder
from passerelle.publishing.patches import patch_of, patched
from passerelle.publishing.registry import LIST_FILES
from schemas.base import LanguageMap
from schemas.capture import digest_of
from schemas.records import Award, TextStatus
from schemas.working import Matched
from tests.publishing.factories import (
    Press,
    day,
    files_of,
    initiative,
    matched,
    news,
    organization,
    provenance,
    reference,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("a~/0", max_size=3), inner, max_size=4),
    max_leaves=12,
)


@given(JSON, JSON)
def test_a_patch_makes_of_the_old_value_the_new_one(old: Any, new: Any) -> None:
    operations = list(patch_of(old, new))
    assert json.dumps(patched(old, operations), sort_keys=True) == json.dumps(new, sort_keys=True)
    assert (operations == []) == (json.dumps(old, sort_keys=True) == json.dumps(new, sort_keys=True))
    jsonpatch.JsonPatch(operations)


def test_a_patch_says_only_what_changed() -> None:
    old = {"name": {"fr": "a", "en": None}, "themes": ["x", "y", "z"], "cost": None}
    new = {"name": {"fr": "a", "en": "b"}, "themes": ["x", "z"], "cost": None}
    assert list(patch_of(old, new)) == [
        {"op": "replace", "path": "/name/en", "value": "b"},
        {"op": "replace", "path": "/themes/1", "value": "z"},
        {"op": "remove", "path": "/themes/2"},
    ] or list(patch_of(old, new)) == [
        {"op": "replace", "path": "/name/en", "value": "b"},
        {"op": "remove", "path": "/themes/1"},
    ]


def made_of_records(release: Path) -> dict[str, bytes]:
    """Give the files that depend on records alone."""
    lists = [listed.path for some in LIST_FILES.values() for listed in some]
    lists += [f"{listed.path}.gz" for some in LIST_FILES.values() for listed in some if listed.gzip]
    of_records = (json.loads(line)["path"] for line in (release / "files.ndjson").read_bytes().splitlines())
    return {path: (release / path).read_bytes() for path in (*lists, *of_records)}


def applied(before: Release, deltas: Iterable[list[bytes]], out: Path) -> dict[str, bytes]:
    paths = []
    for number, lines in enumerate(deltas):
        paths.append(out.with_name(f"{out.name}-{number}.ndjson"))
        paths[-1].write_bytes(b"".join(lines))
    apply_delta(before.folder, paths, out)
    return files_of(out)


def releases(press: Press) -> list[Release]:
    numbers = sorted(int(path.name) for path in (press.curated / "releases").iterdir())
    return [Release(release_folder(press.curated, number)) for number in numbers]


def test_a_record_that_was_only_seen_again_is_marked_as_such(press: Press) -> None:
    def seen(on: int, **changes: Any) -> Matched:
        again = {"last_seen": day(on), "sources": (reference(captured_at=day(on)),)}
        told = [initiative(1, **again), initiative(2, **again, **changes)]
        evidence = (provenance(digest=digest_of(b"%d" % on)),)
        return matched(*told, organizations=(organization(1, last_seen=day(on)), organization(2)), provenance=evidence)

    press.publish(seen(1), on=1)
    press.publish(seen(2, cost="free"), on=2)
    before, after = releases(press)
    told = {(line["type"], line["id"]): line for line in map(json.loads, delta_between(before, after))}
    marked = {key: line.get("content", True) for key, line in told.items()}
    assert marked == {
        ("initiative", "ini-00000001"): False,
        ("initiative", "ini-00000002"): True,
        ("organization", "org-00000001"): False,
        ("provenance", "ini-00000001"): False,
    }
    listed = [json.loads(line) for line in (press.current / "changes.ndjson").read_bytes().splitlines()]
    assert [line["id"] for line in listed if line["release"] == 2] == ["ini-00000002"]


def test_a_delta_tells_additions_changes_merges_and_withdrawals(press: Press) -> None:
    press.publish(matched(*(initiative(n) for n in range(1, 6))), on=1)
    second = matched(
        initiative(1, cost="free"),
        initiative(2),
        initiative(6),
        initiative(5),
        redirects={"ini-00000003": "ini-00000002"},
        withdrawn={"ini-00000004": "asked by its organisation"},
    )
    press.publish(second, on=2, accept_drop=True)
    one, two = releases(press)
    told = [json.loads(line) for line in delta_between(one, two)]
    assert [(line["id"][-1], line["change"]) for line in told] == [
        ("1", "change"),
        ("3", "merge"),
        ("4", "withdraw"),
        ("6", "add"),
    ]
    changed, merged, withdrawn, added = told
    assert {"op": "replace", "path": "/cost", "value": "free"} in changed["patch"]
    assert (merged["into"], merged["at"]) == ("ini-00000002", "2026-03-02T12:00:00Z")
    assert (withdrawn["reason"], withdrawn["at"]) == ("asked by its organisation", "2026-03-02T12:00:00Z")
    assert added["record"] == json.loads((two.folder / "initiatives/ini-00000006.json").read_bytes())


def test_a_delta_that_does_not_fit_says_so(press: Press, tmp_path: Path) -> None:
    press.publish(matched(initiative(1), initiative(2)), on=1)
    press.publish(matched(initiative(1, cost="free"), initiative(2), initiative(3)), on=2)
    press.publish(matched(initiative(1, cost="free"), initiative(2), initiative(3, cost="paid")), on=3)
    one, two, three = releases(press)
    with pytest.raises(DeltaError, match="changes ini-00000003, which is not there"):
        applied(one, [list(delta_between(two, three))], tmp_path / "out")
    with pytest.raises(DeltaError, match="line 1 is no delta"):
        applied(one, [[b"{}\n"]], tmp_path / "out")


TEXTS = st.sampled_from([None, "Une soirée.", "An evening.", "« Oui »\u202f!"])
RECORDS = st.builds(
    lambda number, cost, summary, awards, status: initiative(
        number,
        cost=cost,
        summary=LanguageMap(fr=summary),
        awards=tuple(Award(name=LanguageMap(fr=name)) for name in awards),
        text_status={"summary.fr": TextStatus(origin="human")} if status and summary else {},
    ),
    st.integers(1, 6),
    st.sampled_from([None, "free"]),
    TEXTS,
    st.lists(st.sampled_from("abc"), max_size=3),
    st.booleans(),
)


@st.composite
def states(draw: st.DrawFn) -> Matched:
    """Draw what matching might have made at one time: records come, change, merge, go and come back."""
    records = {record.id: record for record in draw(st.lists(RECORDS, min_size=1, max_size=6))}
    gone = sorted({f"ini-{n:08d}" for n in range(1, 7)} - set(records))
    fates = {id_: draw(st.sampled_from(["merged", "withdrawn", "lost"])) for id_ in gone}
    there = set(records)
    return matched(
        *records.values(),
        organizations=(organization(1), organization(2, name=draw(st.sampled_from(["Relais", "Relais du Fleuve"])))),
        news=tuple(news(n, mentions=()) for n in draw(st.sets(st.integers(1, 2)))),
        provenance=tuple(
            provenance(id_, quote=draw(st.sampled_from(["L’atelier", "Une soirée"])))
            for id_ in sorted(draw(st.sets(st.sampled_from(sorted(there)))))
        ),
        redirects={id_: draw(st.sampled_from(sorted(there))) for id_, fate in fates.items() if fate == "merged"},
        withdrawn={id_: "closed" for id_, fate in fates.items() if fate == "withdrawn"},
    )


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(states(), min_size=2, max_size=3))
def test_deltas_lead_from_any_release_to_any_other_byte_for_byte(history: list[Matched]) -> None:
    with TemporaryDirectory() as place, patch("passerelle.publishing.release.whole_files", return_value=()):
        press = Press(Path(place) / "curated")
        for day, content in enumerate(history, 1):
            assert press.publish(content, on=day, accept_drop=True).status != "refused"
        kept = releases(press)
        for start, before in enumerate(kept):
            for end, after in enumerate(kept):
                wanted = made_of_records(after.folder)
                out = Path(place) / f"{start}-{end}"
                assert applied(before, [list(delta_between(before, after))], out) == wanted
        steps = [list(delta_between(one, two)) for one, two in pairwise(kept)]
        assert applied(kept[0], steps, Path(place) / "steps") == made_of_records(kept[-1].folder)

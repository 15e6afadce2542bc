"""Schema 1 keeps what it promised: fields may come, none goes or changes."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from schemas.json_schema import PUBLISHED
from schemas.stability import BASELINE, BrokenPromiseError, baseline, breaks, renew, signatures

FIELD = {"type": "string"}


def test_no_published_field_is_gone_renamed_or_of_another_type() -> None:
    assert list(breaks(baseline(), signatures())) == []


def test_every_published_field_is_promised() -> None:
    assert baseline() == signatures(), "run: python -m schemas.renew"
    assert set(PUBLISHED) < set(baseline())


def test_a_shape_may_gain_a_field_and_a_code() -> None:
    now = signatures()
    now["Audience"]["fields"]["note"] = FIELD
    now["change"]["fields"]["change"]["enum"].append("corrected")
    assert list(breaks(signatures(), now)) == []


def gone(now: dict[str, Any]) -> None:
    del now["Audience"]["fields"]["min_age"]


def renamed(now: dict[str, Any]) -> None:
    now["Audience"]["fields"]["lowest_age"] = now["Audience"]["fields"].pop("min_age")


def narrowed(now: dict[str, Any]) -> None:
    now["Audience"]["fields"]["min_age"]["anyOf"][0]["minimum"] = 12


def without_null(now: dict[str, Any]) -> None:
    now["Audience"]["fields"]["min_age"] = now["Audience"]["fields"]["min_age"]["anyOf"][0]


def may_be_null(now: dict[str, Any]) -> None:
    now["initiative"]["fields"]["slug"] = {"anyOf": [FIELD, {"type": "null"}]}


def fewer_codes(now: dict[str, Any]) -> None:
    now["change"]["fields"]["change"]["enum"].remove("merged")


def another_pattern(now: dict[str, Any]) -> None:
    now["initiative"]["fields"]["id"]["pattern"] = "^ini-[0-9]+$"


def left_out(now: dict[str, Any]) -> None:
    now["initiative"]["required"].remove("slug")


def no_shape(now: dict[str, Any]) -> None:
    del now["organization"]


@pytest.mark.parametrize(
    "harm",
    [gone, renamed, narrowed, without_null, may_be_null, fewer_codes, another_pattern, left_out, no_shape],
)
def test_a_change_that_breaks_a_reader_is_noticed(harm: Any) -> None:
    now = copy.deepcopy(signatures())
    harm(now)
    assert len(list(breaks(signatures(), now))) == 1


def test_what_was_promised_cannot_be_taken_back_by_renewing(tmp_path: Path) -> None:
    promised = signatures()
    promised["Audience"]["fields"]["note"] = FIELD
    path = tmp_path / BASELINE.name
    path.write_text(json.dumps(promised), "utf-8")
    with pytest.raises(BrokenPromiseError, match=r"Audience\.note"):
        renew(path)
    assert json.loads(path.read_text("utf-8")) == promised


def test_renewing_promises_what_is_new(tmp_path: Path) -> None:
    promised = signatures()
    del promised["Audience"]["fields"]["groups"]
    path = tmp_path / BASELINE.name
    path.write_text(json.dumps(promised), "utf-8")
    renew(path)
    assert json.loads(path.read_text("utf-8")) == signatures()

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from schemas.base import Digest, EdtfDate, LanguageMap, RegionCode, Time
from schemas.capture import Capture, digest_of

EDTF = TypeAdapter(EdtfDate)
TIME = TypeAdapter(Time)


@given(st.dates())
def test_a_date_may_be_known_to_the_year_the_month_or_the_day(known: date) -> None:
    day = known.isoformat()
    for text in (day, day[:7], day[:4]):
        assert EDTF.validate_python(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20",
        "2020-7",
        "2020-13",
        "2020-00",
        "2021-02-29",
        "2020-07-32",
        "2020/07",
        "2020-07-14T00:00",
        "juillet 2020",
        "٢٠٢٠",
    ],
)
def test_anything_else_is_no_date(text: str) -> None:
    with pytest.raises(ValidationError):
        EDTF.validate_python(text)


@given(
    st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001
    st.integers(-12 * 60, 14 * 60),
)
def test_a_time_of_any_zone_is_written_in_utc_to_the_second_and_read_back(naive: datetime, minutes: int) -> None:
    moment = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    for given_as in (moment, moment.isoformat()):
        time = TIME.validate_python(given_as)
        assert time == moment.replace(microsecond=0)
        assert time.tzinfo is UTC
        assert TIME.validate_json(TIME.dump_json(time)) == time


def test_a_time_is_written_with_a_z() -> None:
    assert TIME.dump_json(TIME.validate_python("2026-11-21T03:30:00.25-05:00")) == b'"2026-11-21T08:30:00Z"'


def test_a_time_without_its_zone_is_refused_with_an_example() -> None:
    with pytest.raises(ValidationError, match="needs its zone, for instance 2026-11-21T08:30:00Z"):
        TIME.validate_python("2026-11-21T08:30:00")


@pytest.mark.parametrize("code", ["00", "18", "1", "QC", "016"])
def test_only_the_seventeen_codes_are_regions(code: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(RegionCode).validate_python(code)


@given(st.binary())
def test_a_digest_has_the_form_that_captures_ask_for(body: bytes) -> None:
    assert TypeAdapter(Digest).validate_python(digest_of(body)) == digest_of(body)


def test_one_side_of_a_text_is_replaced_without_touching_the_other() -> None:
    text = LanguageMap.of("fr", "Bonjour")
    assert text.with_text("en", "Hello") == LanguageMap(fr="Bonjour", en="Hello")
    assert text == LanguageMap(fr="Bonjour")
    assert text.get("en") is None


def test_a_shape_refuses_unknown_fields_and_later_changes() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        LanguageMap.model_validate({"fr": "Bonjour", "es": "Hola"})
    with pytest.raises(ValidationError, match="frozen"):
        LanguageMap(fr="Bonjour").fr = "Salut"  # type: ignore[misc]


def test_a_capture_without_url_is_known_by_its_digest() -> None:
    capture = Capture.model_validate(
        {
            "source": "exemple",
            "url": None,
            "captured_at": "2026-11-21T08:30:00Z",
            "digest": digest_of(b"page"),
            "size": 4,
            "place": {"path": "a.warc.gz", "offset": 0, "length": 10},
            "via": "ingest",
        }
    )
    assert capture.page == f"urn:{digest_of(b'page')}"
    assert capture.model_copy(update={"url": "https://example.org/"}).page == "https://example.org/"

import pytest
from pydantic import ValidationError

from schemas.base import LanguageMap
from schemas.paths import language_maps, value_at, with_value
from tests.schemas.samples import initiative


def test_every_language_map_is_found_in_field_order_with_its_dotted_path() -> None:
    assert [path for path, _ in language_maps(initiative())] == [
        "name",
        "summary",
        "benefits.0.text",
        "impacts.0",
        "impacts.1",
        "testimonials.0.quote",
        "testimonials.0.role",
    ]


def test_each_path_leads_back_to_its_map() -> None:
    record = initiative()
    for path, text in language_maps(record):
        assert value_at(record, path) == text


def test_replacing_a_value_leaves_the_original_and_the_other_fields_alone() -> None:
    record = initiative()
    changed = with_value(record, "benefits.0.text.en", "More ties.")
    assert value_at(changed, "benefits.0.text") == LanguageMap(fr="Plus de liens.", en="More ties.")
    assert record == initiative()
    assert with_value(changed, "benefits.0.text.en", None) == record


def test_a_shape_is_a_value_too() -> None:
    changed = with_value(initiative(), "impacts.1", LanguageMap(fr="Mieux orienté.", en=None))
    assert value_at(changed, "impacts.1.fr") == "Mieux orienté."


def test_a_new_value_is_validated() -> None:
    with pytest.raises(ValidationError):
        with_value(initiative(), "start", "juillet 2020")


@pytest.mark.parametrize("path", ["nothing", "impacts.7", "impacts.first", "benefits.0.nothing", "start.0.fr", ""])
def test_a_path_that_leads_nowhere_is_named(path: str) -> None:
    with pytest.raises(KeyError) as caught:
        value_at(initiative(), path)
    assert caught.value.args == (path,)
    with pytest.raises(KeyError) as caught:
        with_value(initiative(), path, "x")
    assert caught.value.args == (path,)

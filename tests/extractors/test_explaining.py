"""What a page says and a record does not hold is told with its reason and its sentence."""

from extractors.explaining import refusals, sentence_at
from tests.recognizers.passages import passage

TEXT = (
    "Le projet offre des ateliers aux familles. Il ne s'adresse pas aux étudiants. "
    "La Maison d'hébergement La Brise prête un local, et la Caisse Desjardins du Lac a versé un don."
)


def test_each_refusal_names_its_reason_and_its_sentence() -> None:
    found = {one.value: one for one in refusals(passage(TEXT), {"groups": ["families"], "activities": ["workshops"]})}
    assert (found["students"].reason, found["students"].sentence) == (
        "denied", "Il ne s'adresse pas aux étudiants.",
    )  # fmt: skip
    assert found["Maison d'hébergement La Brise"].reason == "no-part"
    assert "workshops" not in found


def test_what_a_record_holds_is_not_refused() -> None:
    kept = {"organizations": ["Maison d'hébergement La Brise", "Caisse Desjardins du Lac"]}
    assert not [one for one in refusals(passage(TEXT), kept) if one.reason == "no-part"]


def test_a_value_stands_in_one_sentence_and_metadata_in_none() -> None:
    document = passage(TEXT).document
    assert sentence_at(document, 0, TEXT.index("étudiants")) == "Il ne s'adresse pas aux étudiants."
    assert sentence_at(document, -1, 0) == ""

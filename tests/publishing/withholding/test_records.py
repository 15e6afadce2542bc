"""What is withheld leaves a record, its evidence and its texts, and leaves a trace. All people are fictional."""

from __future__ import annotations

from typing import Any

import pytest

from passerelle.publishing.withholding.names import People
from passerelle.publishing.withholding.records import Rules, Trace, issue_of, withheld, without_people
from passerelle.publishing.withholding.released import Released
from schemas import records
from schemas.base import LanguageMap
from schemas.issue import Issue
from schemas.paths import value_at
from schemas.source import Source
from tests.publishing import factories as make

ARIANE = Rules(People.of(["Ariane Côté-Okpara"]))
QUOTE = "Ici, on m’écoute sans me juger. Je reviens tous les jeudis avec mes amies."


def testimonial(**told: Any) -> records.Testimonial:
    return records.Testimonial(**{"quote": LanguageMap(fr=QUOTE), **told})


testimonial.__test__ = False  # type: ignore[attr-defined]  # no test: it makes one


def evidence(**quotes: str) -> records.Provenance:
    (place,) = make.provenance().fields["name.fr"]
    fields = {path.replace("__", "."): (place.model_copy(update={"quote": quote}),) for path, quote in quotes.items()}
    return records.Provenance(id="ini-00000001", fields=fields)


def machine(text: str) -> records.TextStatus:
    return records.TextStatus(origin="machine", engine="toy", source_language="fr", source_hash=make.text_digest(text))


def test_a_record_that_nothing_concerns_stays_the_same_object() -> None:
    record, proof = make.initiative(), make.provenance()
    kept = withheld(record, proof, ARIANE)
    assert kept.record is record
    assert kept.evidence is proof
    assert kept.traces == ()


@pytest.mark.parametrize(
    ("field", "kept"),
    [
        ("contact.email", None),
        ("contact", records.Contact()),
        ("testimonials", ()),
        ("links", ()),
        ("summary", None),
        ("benefits", ()),
    ],
)
def test_a_source_withholds_a_field_of_its_pages_and_only_of_its_pages(field: Any, kept: Any) -> None:
    record = make.initiative(
        contact={"email": "info@rive.example", "phone": "418 555-0143", "url": "https://rive.example/"},
        testimonials=(testimonial(author="Jules Ferron", role=LanguageMap(fr="directeur")),),
        links=("https://rive.example/a",),
    )
    rules = Rules.of({"rive": make.source(withhold=(field,)), "autre": make.source("autre")}, People())
    done = withheld(record, None, rules)
    assert value_at(done.record, field) == kept
    assert done.traces == (Trace(field, "withheld-by-source"),)
    others = Rules.of({"autre": make.source("autre", withhold=(field,)), "rive": make.source()}, People())
    assert withheld(record, None, others).record == record


def test_what_is_withheld_of_every_item_leaves_its_evidence_too() -> None:
    both = (testimonial(author="Jules Ferron", role=LanguageMap(fr="directeur")), testimonial(organization="Relais"))
    record = make.initiative(testimonials=both)
    rules = Rules.of({"rive": make.source(withhold=("testimonials.author",))}, People())
    proof = evidence(testimonials__0__author="Jules Ferron", name__fr="L’atelier")
    done = withheld(record, proof, rules)
    assert [one.author for one in done.record.testimonials] == [None, None]
    assert done.evidence
    assert list(done.evidence.fields) == ["name.fr"]


def test_a_source_file_may_only_withhold_what_may_be_missing() -> None:
    with pytest.raises(ValueError, match="withhold"):
        Source.model_validate(make.source().model_dump() | {"withhold": ["id"]})


def test_the_testimonial_of_a_minor_leaves_the_record_its_texts_and_its_evidence() -> None:
    record = make.initiative(
        testimonials=(
            testimonial(author="Jade, 15 ans"),
            testimonial(quote=LanguageMap(fr="Un beau projet."), author="Jules Ferron", role=LanguageMap(fr="maire")),
        ),
        description=LanguageMap(fr=f"Le jeudi, Jade vient.\n\n> {QUOTE}\n\nUn atelier.", en="Jade comes. Here, I am."),
        text_status={
            "description.en": machine("x"),
            "testimonials.1.quote.en": records.TextStatus(origin="pending", reason="no-engine"),
        },
    )
    proof = evidence(testimonials__0__quote__fr=QUOTE[:40], testimonials__1__quote__fr="Un beau", name__fr="L’atelier")
    done = withheld(record, proof, Rules())
    written = done.record.model_dump_json() + str(done.evidence)
    assert "Jade" not in written
    assert "écoute" not in written
    assert "jeudis" not in written
    assert [one.author for one in done.record.testimonials] == ["Jules Ferron"]
    assert done.record.description == LanguageMap(fr="[passage retiré]\n\n> [témoignage retiré]\n\nUn atelier.")
    assert done.record.text_status["description.en"].reason == "withheld"
    assert done.record.text_status["testimonials.0.quote.en"].reason == "no-engine"
    assert done.evidence
    assert sorted(done.evidence.fields) == ["name.fr", "testimonials.0.quote.fr"]
    assert done.traces == (Trace("testimonials.0", "withheld-minor"),)


def test_every_sentence_that_names_a_minor_leaves_the_texts_but_not_the_name_of_the_initiative() -> None:
    told = "## Au parc\n\n- Jade Roy, 15 ans, a fui Verdun. Elle chante.\n- Mme Roy rit! Jade dort. Un atelier."
    record = make.initiative(name=LanguageMap(fr="Bourse Jade"), description=LanguageMap(fr=told))
    proof = evidence(description__fr="Jade Roy, 15 ans, a fui Verdun.", name__fr="Bourse Jade")
    done = withheld(record, proof, Rules())
    left = "## Au parc\n\n- [passage retiré]. Elle chante.\n- [passage retiré]. Un atelier."
    assert done.record.description == LanguageMap(fr=left)
    assert done.record.name.fr == "Bourse [nom retiré]"
    assert "Verdun" not in str(done.evidence)
    assert {trace.code for trace in done.traces} == {"withheld-minor"}


def test_the_words_of_news_that_lost_a_name_have_no_status_since_they_are_in_one_language() -> None:
    item = make.news(title="Jade Roy chante", text="Jade Roy, 15 ans, chante. Un beau soir.")
    done = withheld(item, None, Rules()).record
    assert (done.title, done.text) == ("[passage retiré]", "[passage retiré]. Un beau soir.")
    assert done.text_status == {}


def test_a_translation_of_a_text_that_lost_a_testimonial_waits_for_a_new_one() -> None:
    record = make.initiative(
        testimonials=(testimonial(author="une élève"),),
        description=LanguageMap(fr=f"Un atelier. {QUOTE}", en="A workshop. Here people listen to me without judging."),
        text_status={"description.en": machine("x")},
    )
    done = withheld(record, None, Rules()).record
    assert done.description == LanguageMap(fr="Un atelier. [témoignage retiré]")
    assert (done.text_status["description.en"].origin, done.text_status["description.en"].reason) == (
        "pending",
        "withheld",
    )
    assert (done.text_status["description.fr"].origin, done.text_status["description.fr"].reason) == (
        "source",
        "withheld",
    )


def test_a_speaker_without_public_standing_is_not_named() -> None:
    record = make.initiative(
        testimonials=(
            testimonial(author="Ariane Côté-Okpara", role=LanguageMap(fr="participante")),
            testimonial(author="Jules Ferron"),
            testimonial(author="Rosa Lindqvist", role=LanguageMap(fr="coordonnatrice")),
            testimonial(author="Omer Dallaire", organization="Relais du Fleuve"),
            testimonial(author="Relais du Fleuve"),
        ),
        description=LanguageMap(fr="« Bravo! » – Ariane Côté-Okpara"),
    )
    done = withheld(record, None, Rules())
    authors = [one.author for one in done.record.testimonials]
    assert authors == [None, None, "Rosa Lindqvist", "Omer Dallaire", "Relais du Fleuve"]
    assert done.record.testimonials[0].quote.fr == QUOTE
    assert done.record.description == LanguageMap(fr="« Bravo! » – [nom retiré]")


def test_a_news_item_does_not_name_those_it_presents_as_private() -> None:
    people = (
        records.Person(name="Rosa Lindqvist", role="directrice générale"),
        records.Person(name="Ariane Côté-Okpara", role="mère de trois enfants"),
        records.Person(name="Jules Ferron"),
        records.Person(name="Omer Dallaire", role="mère et présidente du comité"),
    )
    item = make.news(people=people, text="Ariane Côté-Okpara sourit. Mme Côté-Okpara revient. Rosa Lindqvist aussi.")
    done = withheld(item, None, Rules())
    assert [one.name for one in done.record.people] == ["Rosa Lindqvist", "Omer Dallaire"]
    assert done.record.text == "[nom retiré] sourit. Mme [nom retiré] revient. Rosa Lindqvist aussi."
    assert done.traces == (Trace("people.1", "withheld-private"), Trace("people.2", "withheld-private"))


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("Pour vous inscrire : jules@rive.example", True),
        ("Renseignements : Rosa Lindqvist, r.l@rive.example", True),
        ("Contact us at jules@rive.example.", True),
        ("Jules a reçu une lettre de ariane@rive.example hier.", False),
        ("info@rive.example", True),
    ],
)
def test_an_address_in_a_text_is_published_where_it_is_a_contact(text: str, public: bool) -> None:
    record = make.initiative(
        description=LanguageMap(fr=text, en=text), contact=records.Contact(email="info@rive.example")
    )
    done = withheld(record, None, Rules()).record
    assert done.description
    assert done.description.fr
    assert done.description.en
    assert ("@" in done.description.fr) is public
    if not public:
        assert done.description.fr == "Jules a reçu une lettre de [courriel retiré] hier."
        assert "[e-mail withheld]" in done.description.en


def full_of_ariane() -> records.Initiative:
    name = "Ariane Côté-Okpara"
    return make.initiative(
        slug="fonds-ariane-cote-okpara",
        name=LanguageMap(fr=f"Fonds {name}", en=f"{name} Fund"),
        description=LanguageMap(fr=f"{name} anime. Mme Côté-Okpara rit.", en="A. Côté-Okpara leads; Ariane laughs."),
        testimonials=(testimonial(author=name, role=LanguageMap(fr="directrice")),),
        benefits=(records.Benefit(text=LanguageMap(fr="Selon **Ariane** Côté‑Okpara, tout va.", en="All is well.")),),
        contact=records.Contact(email="acote-okpara@rive.example", url="https://rive.example/ariane-cote-okpara"),
        links=("https://rive.example/ariane-c%C3%B4t%C3%A9-okpara", "https://rive.example/ailleurs"),
        partners=(records.OrganizationRef(id="org-00000002", name=f"Fondation {name}", role=f"avec {name}"),),
        sources=(make.reference(page="portrait-ariane-cote-okpara"),),
        text_status={"benefits.0.text.en": machine("x")},
    )


def test_a_withdrawn_person_is_nowhere_in_a_record_nor_in_its_evidence() -> None:
    proof = evidence(name__fr="Fonds Ariane Côté-Okpara", description__en="Ariane laughs")
    done = withheld(full_of_ariane(), proof, ARIANE)
    written = f"{done.record.model_dump_json()}{done.evidence}".casefold()
    assert not [part for part in ("ariane", "okpara", "côté", "cote", "c%c3") if part in written]
    assert done.record.slug == done.record.id
    assert done.record.links == ("https://rive.example/ailleurs",)
    assert done.record.contact == records.Contact()
    assert done.record.partners[0].name == "Fondation [nom retiré]"
    assert done.record.benefits[0].text == LanguageMap(fr="Selon **[nom retiré], tout va.", en=None)
    assert done.record.sources[0].url is None
    assert {trace.code for trace in done.traces} == {"withheld-person"}


def test_a_withdrawn_person_leaves_news_and_organisations_too() -> None:
    item = make.news(title="Ariane Côté-Okpara honorée", authors=("Ariane Côté-Okpara", "La rédaction"))
    done = withheld(item, None, ARIANE).record
    assert (done.title, done.people, done.authors) == ("[nom retiré] honorée", (), ("La rédaction",))
    house = make.organization(other_names=("Maison Ariane-Côté-Okpara",))
    assert withheld(house, None, ARIANE).record.other_names == ("Maison [nom retiré]",)


def test_what_was_withheld_is_told_and_its_value_is_not() -> None:
    done = withheld(full_of_ariane(), None, ARIANE)
    lines = [issue_of(done.record.id, "rive", trace).model_dump_json() for trace in done.traces]
    assert lines
    assert not [line for line in lines if "Ariane" in line or "Okpara" in line]
    assert done.record.text_status["description.fr"].reason == "withheld"


def test_an_issue_names_no_withdrawn_person() -> None:
    issue = Issue(
        stage="extract",
        severity="warning",
        code="x",
        message="On Ariane Côté-Okpara",
        message_fr="Sur Ariane Côté-Okpara",
        detail="A. Côté-Okpara",
    )
    line = without_people(issue.model_dump_json(), ARIANE.people)
    assert Issue.model_validate_json(line).message == "On [name withheld]"
    assert Issue.model_validate_json(line).message_fr == "Sur [nom retiré]"
    assert "Okpara" not in line
    assert without_people(issue.model_dump_json(), People()) == issue.model_dump_json()


def test_withholding_twice_changes_nothing_more() -> None:
    once = withheld(full_of_ariane(), None, ARIANE).record
    assert withheld(once, None, ARIANE).record == once


def test_a_curator_who_gives_a_person_in_news_a_role_publishes_the_name() -> None:
    people = (records.Person(name="Ariane Côté-Okpara", role="participante"),)
    item = make.news(people=people, text="Ariane Côté-Okpara, une participante, sourit.")
    assert withheld(item, None, Rules()).record.people == ()
    edits: dict[str, Any] = {item.id: (("people.0.role", "participante"),)}
    assert withheld(item, None, Rules(released=Released(edits))).record == item
    moved: dict[str, Any] = {item.id: (("people.0.role", "bénévole"),)}
    assert withheld(item, None, Rules(released=Released(moved))).record.people == ()


def test_a_text_that_a_curator_wrote_is_published_as_written_and_a_withdrawal_still_holds() -> None:
    text = "Ariane Côté-Okpara, une participante, sourit."
    record = make.initiative(description=LanguageMap(fr=text), summary=LanguageMap(fr=text))
    released = Released({record.id: (("description.fr", text),)})
    done = withheld(record, None, Rules(released=released)).record
    assert done.description == LanguageMap(fr=text)
    assert done.summary == LanguageMap(fr="[nom retiré], une participante, sourit.")
    asked = withheld(record, None, Rules(ARIANE.people, released=released)).record
    assert "Ariane" not in asked.model_dump_json()

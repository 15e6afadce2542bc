"""Every page of the desk says what it should, in both languages, and does what its forms ask."""

from __future__ import annotations

from html import unescape

import pytest
from bs4 import BeautifulSoup

from passerelle.review.deciding import Act
from tests.review.browsing import Browser
from tests.review.web.place import ALIKE, DIRECTORY, TRANSLATED, Place, send


def test_the_queue_filters_counts_and_searches_without_accents(browser: Browser) -> None:
    page = browser.get("/queue")
    assert page.status_code == 200
    assert "La Tournée des frigos" in page.text
    found = browser.get("/queue?q=tournee+DES&type=initiative").text
    assert "La Tournée des frigos" in found
    assert "Réseau Tisserand" not in found
    assert "1 fiche<" in found
    assert 'href="/records/' in found
    assert "q=tournee+DES" in found
    assert "Aucune fiche" in browser.get("/queue?q=zzzz").text
    assert browser.get("/queue?region=xx&sort=nothing&after=%00").status_code == 200


def test_pages_speak_both_languages_and_keep_the_choice(place: Place) -> None:
    browser = place.browser(accept_language="de, en;q=0.9, fr;q=0.8")
    assert '<html lang="en">' in browser.get("/queue").text
    assert '<html lang="fr">' in browser.get("/queue?lang=fr").text
    assert '<html lang="fr">' in browser.get("/queue").text
    assert "lang=en" in browser.get("/queue?q=frigos").text


def test_a_record_stands_beside_its_page(place: Place, browser: Browser) -> None:
    record = place.ids["Réseau Tisserand"]
    page = browser.get(f"/records/{record}").text
    assert '<iframe id="frame" sandbox ' in page
    assert "Réseau Tisserand" in page
    assert browser.get("/records/ini-00000000").status_code == 404


def test_a_number_is_edited_and_undone_without_javascript(place: Place, browser: Browser) -> None:
    record = place.ids["Projet Relais Trottoir"]
    here = f"/records/{record}"
    assert 'name="value" inputmode="numeric"' in browser.get(f"{here}?edit=audience.min_age").text
    version = place.view(record).version
    done = send(browser, f"{here}/edit", path="audience.min_age", value=" 12 ", version=version)
    assert done.status_code == 303
    assert done.headers["location"] == f"{here}?done=saved#f-audience-min_age"
    assert place.initiative(record).audience.min_age == 12
    (decision,) = place.view(record).history
    assert (decision.by, decision.source_value) == ("Ariane", 13)
    for _ in range(2):  # a key pressed twice, or a button
        assert send(browser, "/undo", decision=decision.id, next=here).headers["location"] == f"{here}?done=undone"
    assert place.initiative(record).audience.min_age == 13
    send(browser, "/redo", decision=decision.id)
    assert place.initiative(record).audience.min_age == 12
    told = " ".join(BeautifulSoup(browser.get(here).text, "html.parser").select(".history")[0].get_text(" ").split())
    assert "Ariane a rétabli un geste sur « Public visé · Âge minimal » Ariane a mis" in told.replace("\u202f", " ")


def test_what_cannot_be_saved_comes_back_as_it_was_typed(place: Place, browser: Browser) -> None:
    here = f"/records/{place.ids[TRANSLATED]}"
    for path, typed, said in (
        ("audience.min_age", "douze", "Écrivez un nombre entier"),
        ("audience.max_age", "121", "de 0 à 120"),
        ("start", "hier soir", "Écrivez la date 2021, 2021-09"),
        ("contact.url", "javascript:alert(1)", "Une adresse commence par"),
        ("lead_organization", "Personne Connue", "Aucune organisation connue"),
    ):
        refused = send(browser, f"{here}/edit", path=path, value=typed)
        assert refused.status_code == 422, path
        assert said in refused.text
        assert typed in refused.text
        part = browser.post(
            f"{here}/edit", data={"path": path, "value": typed, "csrf": browser.token()}, headers={"HX-Request": "true"}
        )
        assert part.status_code == 422
        assert "<html" not in part.text
        assert typed in part.text


def test_codes_lists_and_organisations_are_edited(place: Place, browser: Browser) -> None:
    record = place.ids[TRANSLATED]
    here = f"/records/{record}"
    send(browser, f"{here}/edit", path="themes", value=["poverty", "homelessness"])
    send(browser, f"{here}/edit", path="territory.municipalities", value="Joliette\r\n\r\n Berthierville \nJoliette")
    name = place.initiative(place.ids["Réseau Tisserand"]).lead_organization.name
    send(browser, f"{here}/edit", path="lead_organization", value=name)
    send(browser, f"{here}/entries", path="impacts", **{"value.fr": "Trente frigos pleins.", "value.en": ""})
    send(browser, f"{here}/entries", path="awards", **{"name.fr": "Prix du Large", "year": "2024", "awarded_by": ""})
    now = place.initiative(record)
    assert now.themes == ("poverty", "homelessness")
    assert now.territory.municipalities == ("Joliette", "Berthierville")
    assert now.lead_organization.name == name
    assert now.impacts[-1].fr == "Trente frigos pleins."
    assert now.awards[-1].year == 2024
    last = str(len(now.impacts) - 1)
    send(browser, f"{here}/entries", path="impacts", remove=last)
    assert "Trente frigos pleins." not in browser.get(here).text.split('id="history"')[0]
    assert send(browser, f"{here}/entries", path="awards", **{"name.fr": " "}).status_code == 422


def test_an_organisation_in_no_list_is_created_where_it_is_named(place: Place, browser: Browser) -> None:
    record = place.ids[TRANSLATED]
    here, name = f"/records/{record}", "Regroupement des Îles"
    assert 'name="new" value="1"' in browser.get(f"{here}?edit=lead_organization").text
    more = {"new": "1", "new.acronym": "RDI", "new.sector": "community", "version": place.view(record).version}
    done = send(browser, f"{here}/edit", path="lead_organization", value=name, **more)
    assert done.status_code == 303
    lead = place.initiative(record).lead_organization
    assert lead.name == name
    shown = browser.get(f"/records/{lead.id}").text
    assert "RDI" in shown
    assert f"a créé l’organisation {name}" in shown
    refused = send(browser, f"{here}/entries", path="partners", name="Atelier du Large")
    assert refused.status_code == 422
    assert 'value="Atelier du Large"' in refused.text
    send(browser, f"{here}/entries", path="partners", name="Atelier du Large", sector="education", new="1")
    send(browser, f"{here}/entries", path="partners", name="REGROUPEMENT des îles", new="1")
    partners = place.initiative(record).partners
    assert [one.name for one in partners[-2:]] == ["Atelier du Large", name]
    assert partners[-1].id == lead.id
    send(browser, "/apply")
    assert place.initiative(record).partners == partners


def test_a_machine_translation_is_approved_or_written_anew(place: Place, browser: Browser) -> None:
    record = place.ids[TRANSLATED]
    here = f"/records/{record}"
    assert "badge b-machine" in browser.get(here).text
    opened = browser.get(f"{here}?edit=summary.en").text
    assert "A tour of fridges to share.</textarea>" in opened
    send(browser, f"{here}/say", action="approve", path="name.en", value="The fridge tour")
    assert place.view(record).texts["name.en"].reviewed
    send(browser, f"{here}/edit", path="summary.en", value="A tour of shared fridges.")
    text = place.view(record).texts["summary.en"]
    assert (text.badge, text.text) == ("person", "A tour of shared fridges.")
    assert place.view(record).history[0].translated_from == place.view(record).texts["summary.fr"].text


def test_two_people_on_one_field_see_each_other(place: Place, browser: Browser) -> None:
    record = place.ids[TRANSLATED]
    here, version = f"/records/{record}", place.view(record).version
    place.decide(Act("edit", record, "cost", "free"), Act("edit", record, "name.fr", "La Tournée de Bruno"))
    refused = send(browser, f"{here}/edit", path="name.fr", value="La Tournée d’Ariane", version=version)
    assert refused.status_code == 409
    assert "La Tournée d’Ariane</textarea>" in refused.text
    assert "La Tournée de Bruno" in refused.text
    assert place.initiative(record).name.fr == "La Tournée de Bruno"
    again = send(
        browser, f"{here}/edit", path="name.fr", value="La Tournée d’Ariane", version=place.view(record).version
    )
    assert again.status_code == 303
    assert place.initiative(record).name.fr == "La Tournée d’Ariane"


def test_a_form_sent_twice_is_done_once(place: Place, browser: Browser) -> None:
    record = place.ids[TRANSLATED]
    for _ in range(2):
        send(browser, f"/records/{record}/say", action="comment", reason="À revoir.", act="one-act")
    assert [one.value for one in place.view(record).comments] == ["À revoir."]


def test_an_approval_keeps_the_filter_and_takes_no_reason_of_it(place: Place, browser: Browser) -> None:
    record = place.ids[TRANSLATED]
    done = send(browser, f"/records/{record}/say", action="approve", reason="new", type="initiative")
    assert done.headers["location"] == f"/records/{record}?type=initiative&reason=new&done=approve"
    assert place.view(record).history[0].reason is None


def test_a_changed_source_is_shown_word_by_word_and_answered(place: Place, browser: Browser) -> None:
    record = place.ids["Projet Relais Trottoir"]
    here = f"/records/{record}"
    send(browser, f"{here}/say", action="approve", version=place.view(record).version)
    place.reread(DIRECTORY, "deux travailleuses de rue", "trois travailleuses de rue")
    page = browser.get(here).text
    assert "<del>" in page
    assert "trois" in page.split("<ins>")[1].split("</ins>")[0]
    paths = [one.path for one in place.view(record).proposals]
    assert paths
    send(browser, f"{here}/proposals", path=paths[:1], do="keep", version=place.view(record).version)
    send(browser, f"{here}/proposals", path=paths[1:], do="accept", version=place.view(record).version)
    assert not place.view(record).proposals


def test_records_are_claimed_skipped_and_handed_out_once(place: Place, browser: Browser) -> None:
    first = send(browser, "/queue/next", type="initiative").headers["location"]
    other = place.browser("Bruno")
    second = send(other, "/queue/next", type="initiative").headers["location"]
    assert first != second
    assert "Ariane y travaille" in other.get(first, headers={"Accept-Language": "fr"}).text
    record = first.split("/")[2].split("?")[0]
    third = send(browser, f"/records/{record}/skip", type="initiative").headers["location"]
    assert third.split("?")[0] not in (first.split("?")[0], second.split("?")[0])
    assert send(browser, "/queue/next", q="zzzz").headers["location"].endswith("done=nothing-left")


def test_duplicates_are_compared_merged_and_split_again(place: Place, browser: Browser) -> None:
    one, other = (place.ids[name] for name in ALIKE)
    left, right = sorted((one, other))
    assert f"/duplicates/{left}/{right}" in browser.get("/duplicates").text
    gains = [
        {"sector": "community", "text": {"fr": "Un local gratuit", "en": "A free room"}},
        {"sector": "education", "text": {"fr": "Des bras", "en": None}},
    ]
    place.decide(Act("edit", one, "benefits", gains))  # type: ignore[arg-type]  # JSON, as a form sends it
    page = browser.get(f"/duplicates/{one}/{other}").text
    assert "Le sort de chaque champ" in page
    assert "leurs noms se ressemblent, mêmes lieux" in page
    said = unescape(page)
    assert "anglais" in said.split("Langues offertes")[1].split("</tr>")[0], "called by its name"
    for words in ("Un local gratuit", "A free room", "Des bras", "Communautaire"):
        assert words in said, "every text of a gain, in both languages, and its sector"
    assert "<del" in page.split("Nom, français")[1].split("</tr>")[0], "one of the two names does not stay"
    assert send(browser, f"/duplicates/{one}/{other}", do="merge").headers["location"] == "/duplicates?done=merged"
    send(browser, "/apply", next="/duplicates")
    views = place.view(one), place.view(other)
    assert views[0].id == views[1].id
    kept = views[0]
    for page in ("/history", f"/records/{other}/history", f"/records/{one}/history", "/duplicates"):
        told = BeautifulSoup(browser.get(page).text, "html.parser").select_one("main")
        assert told
        said = " ".join(told.get_text(" ").split())
        assert one not in said
        assert other not in said
        assert "Ariane a réuni" in said
        assert f"« {ALIKE[1]} »" in said or "« Relais Trottoir »" in said, "as their own pages call them"
    assert browser.get(f"/records/{kept.id}/split").status_code == 200
    part = other if kept.id == one else one
    preview = browser.get(f"/records/{kept.id}/split", params={"part": part}).text
    assert "Cela ferait 2 fiches" in preview
    assert (preview.count("(cette fiche)"), preview.count("(fiche à part)")) == (1, 1)
    send(browser, f"/records/{kept.id}/split", part=part)
    send(browser, "/apply")
    assert place.view(one).id != place.view(other).id


def test_a_pair_kept_apart_is_not_proposed_again(place: Place, browser: Browser) -> None:
    one, other = (place.ids[name] for name in ALIKE)
    assert "ressemblance 81\u00a0%" in browser.get("/duplicates").text
    send(browser, f"/duplicates/{one}/{other}", do="apart")
    assert "Aucun doublon" in browser.get("/duplicates").text


def test_many_are_approved_after_a_look_and_undone_at_once(place: Place, browser: Browser) -> None:
    listed = browser.get("/bulk?type=initiative").text
    chosen = [place.ids[name] for name in ALIKE]
    boxes = BeautifulSoup(listed, "html.parser").select('input[name="chosen"][checked]')
    assert not {*chosen} & {str(one["value"]) for one in boxes}, "what may be a duplicate is looked at first"
    asked = send(browser, "/bulk/confirm", do="approve", chosen=chosen)
    assert "Approuver 2 fiches?" in asked.text
    versions = {f"version:{one}": place.view(one).version for one in chosen}
    assert send(browser, "/bulk", do="approve", chosen=chosen, **versions).headers["location"] == "/queue?done=bulk"
    assert {place.view(one).status for one in chosen} == {"approved"}
    send(browser, "/undo", decision=place.view(chosen[0]).history[0].id)
    assert {place.view(one).status for one in chosen} == {"unreviewed"}
    assert send(browser, "/bulk/confirm", do="approve").status_code == 422


@pytest.mark.parametrize("do", ["bulk", "merge"])
def test_what_another_person_changed_meanwhile_is_told_and_the_act_can_be_done_all_the_same(
    place: Place, browser: Browser, do: str
) -> None:
    one, other = (place.ids[name] for name in ALIKE)
    to = "/bulk" if do == "bulk" else f"/duplicates/{one}/{other}"
    told = {f"version:{id_}": place.view(id_).version for id_ in (one, other)}
    told |= {"do": "approve"} if do == "bulk" else {"do": "merge", "judged": ""}
    place.decide(Act("edit", other, "audience.min_age", 5) if do == "bulk" else Act("split", other, value=one))
    refused = send(browser, to, **told, chosen=[one, other])
    assert refused.status_code == 409
    assert "Bruno" in refused.text
    form = BeautifulSoup(refused.text, "html.parser").select_one(".conflict form")
    assert form
    again: dict[str, list[str]] = {}
    for box in form.select("input[name]"):
        again.setdefault(str(box["name"]), []).append(str(box["value"]))
    assert browser.post(str(form["action"]), data=again).status_code == 303
    assert [len(place.view(id_).history) for id_ in (one, other)] == ([1, 2] if do == "bulk" else [1, 1])


def test_histories_tell_who_did_what(place: Place, browser: Browser) -> None:
    record = place.ids[TRANSLATED]
    place.decide(Act("edit", record, "audience.min_age", 5), by="Zoé <b>")
    for path in (f"/records/{record}/history", "/history", "/people/Zo%C3%A9%20%3Cb%3E"):
        page = browser.get(path)
        assert page.status_code == 200
        assert "Zoé &lt;b&gt; a mis «\u00a0Public visé · Âge minimal\u00a0» à\u00a0: 5" in page.text


def test_readers_read_and_change_nothing(place: Place) -> None:
    reader = place.browser("Lou", "reader")
    here = f"/records/{place.ids[TRANSLATED]}"
    page = reader.get(here)
    assert page.status_code == 200
    assert 'action="/records/' not in page.text
    for path, fields in (
        (f"{here}/edit", {"path": "cost", "value": "free"}),
        ("/undo", {"decision": "x"}),
        ("/bulk", {}),
    ):
        assert send(reader, path, **fields).status_code == 403
    assert reader.get("/bulk").status_code == 403


@pytest.mark.parametrize(
    "place_to", ["https://evil.example/", "//evil.example", "/\\evil.example", "/a\nb", "javascript:x"]
)
def test_a_form_leads_nowhere_else(place: Place, browser: Browser, place_to: str) -> None:
    record = place.ids[TRANSLATED]
    done = send(browser, f"/records/{record}/say", action="comment", reason="Oui.", next=place_to)
    assert done.headers["location"] == f"/records/{record}?done=comment"


def test_a_record_is_merged_with_one_that_the_curator_looks_for(place: Place, browser: Browser) -> None:
    one, other = (place.ids[name] for name in ALIKE)
    here = f"/records/{one}/merge"
    assert f'href="{here}"' in browser.get(f"/records/{one}").text
    found = browser.get(here, params={"q": ALIKE[1]}).text
    assert f'href="/duplicates/{one}/{other}"' in found
    assert f"/duplicates/{one}/{one}" not in found
    assert "Aucune autre fiche" in browser.get(here, params={"q": "zzzz"}).text

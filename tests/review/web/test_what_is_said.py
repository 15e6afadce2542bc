"""What the desk says of what it refuses, of what waits and of what went wrong: plainly, in the language of the page."""

from __future__ import annotations

import json

from passerelle.cli.issue_codes import issue_codes
from passerelle.review.deciding import Act
from passerelle.review.making import COMMENT
from passerelle.review.web.words import has_words
from passerelle.store.log import add_issues
from passerelle.store.tables import RecordRow
from passerelle.store.texts import save_filling
from passerelle.translation.checks import CHECKS
from passerelle.translation.reasons import REASONS
from schemas.issue import Issue
from schemas.records import TextStatus
from schemas.texts import text_digest
from schemas.working import Filling
from tests.review.browsing import Browser
from tests.review.web.place import ALIKE, Place, send


def test_a_comment_too_long_is_refused_with_its_words_kept_and_long_ones_are_folded(
    place: Place, browser: Browser
) -> None:
    here = f"/records/{place.ids[ALIKE[0]]}"
    assert "maxlength" not in browser.get(here).text.split('<textarea id="comment"')[1].split(">")[0]
    typed = "Je les ai appelés. " * (COMMENT // 19 + 1)
    refused = send(browser, f"{here}/say", action="comment", reason=typed)
    assert refused.status_code == 422
    assert "caractères au plus" in refused.text
    assert typed.strip() in refused.text
    assert not place.view(place.ids[ALIKE[0]]).comments
    assert send(browser, f"{here}/say", action="comment", reason="Court.").status_code == 303
    send(browser, f"{here}/say", action="comment", reason=typed[:3000])
    for page in (here, f"{here}/history", "/history"):
        shown = browser.get(page).text
        assert "<p>Court.</p>" in shown
        assert f"<p>{typed[:3000].strip()}</p></details>" in shown


def test_a_rejected_record_is_looked_at_and_reopened_and_nothing_else(place: Place, browser: Browser) -> None:
    record = place.ids[ALIKE[0]]
    here = f"/records/{record}"
    send(browser, f"{here}/say", action="reject", reason="ce n’en est pas une")
    send(browser, "/apply")
    shown = browser.get(here).text
    assert "Écartée" in shown
    assert 'value="approve"' not in shown
    assert "data-edit" not in shown
    assert 'value="reopen"' in shown
    assert send(browser, f"{here}/say", action="reopen", reason="c’en est une").status_code == 303
    shown = browser.get(here).text
    assert "Écartée" not in shown.split("<main")[1].split('id="history"')[0]
    assert "Appliquer maintenant" in shown
    assert record in browser.get(f"/queue?q={record}").text
    send(browser, "/apply")
    assert 'value="approve"' in browser.get(here).text


def test_the_duplicates_say_what_waits_until_when_and_apply_it(place: Place, browser: Browser) -> None:
    one, other = sorted(place.ids[name] for name in ALIKE)
    assert "Appliquer maintenant" not in browser.get("/duplicates").text
    send(browser, f"/duplicates/{one}/{other}", do="apart")
    assert "Appliquer maintenant" not in browser.get("/duplicates").text, "they are two already"
    send(browser, f"/duplicates/{one}/{other}", do="merge")
    for words in ("1 décision attend", "restent comme elles étaient", "Appliquer maintenant"):
        assert words in browser.get("/duplicates").text.replace("\xa0", " "), words
    assert "They will change here at the next run" in browser.get("/duplicates?lang=en").text
    (merge,) = place.view(one).waiting
    send(browser, "/apply")
    assert "Apply now" not in browser.get("/duplicates").text
    send(browser, "/undo", decision=merge.decision.id)
    assert "To be taken back" in browser.get("/duplicates").text
    send(browser, "/redo", decision=merge.decision.id)
    assert "Apply now" not in browser.get("/duplicates").text


def test_every_act_of_the_history_names_its_record_and_a_merge_both(place: Place, browser: Browser) -> None:
    one, other = (place.ids[name] for name in ALIKE)
    for number in range(7):
        send(browser, f"/records/{one}/say", action="comment", reason=f"Appel {number}.")
    send(browser, f"/duplicates/{one}/{other}", do="merge")
    for page in ("/history", "/people/Ariane"):
        acts = browser.get(page).text.split('<ol class="decisions">')[1].split("<li ")[1:]
        assert len(acts) == 8
        assert all(f'<a href="/records/{one}">{ALIKE[0]}</a>' in act for act in acts)
        assert f'<a href="/records/{other}">{ALIKE[1]}</a>' in acts[0]
    for here, there in ((one, ALIKE[1]), (other, ALIKE[0])):
        told = browser.get(f"/records/{here}?lang=en").text
        assert "merged this record and" in told or "and this record" in told
        assert f"“{there}”" in told


def test_undo_says_which_other_record_it_is_about(place: Place, browser: Browser) -> None:
    one, other = (place.ids[name] for name in ALIKE)
    send(browser, f"/records/{one}/say", action="approve")
    button = browser.get(f"/records/{other}").text.split('data-key="u"')[1].split("</button>")[0]
    assert f"(fiche « {ALIKE[0]} »)" in button.replace(" ", " ")
    assert ALIKE[0] not in browser.get(f"/records/{one}").text.split('data-key="u"')[1].split("</button>")[0]


def test_an_empty_box_saved_over_nothing_is_no_decision_and_says_so(place: Place, browser: Browser) -> None:
    record = place.ids[ALIKE[0]]
    fields = {"path": "name.en", "value": " ", "before": "null", "version": place.view(record).version}
    done = send(browser, f"/records/{record}/edit", **fields)
    assert "done=unchanged" in done.headers["location"]
    assert "rien à enregistrer" in browser.get(done.headers["location"]).text
    told = {"HX-Request": "true"}
    part = browser.post(f"/records/{record}/edit", data=fields | {"csrf": browser.token()}, headers=told)
    assert "Rien à enregistrer" in part.text
    assert place.view(record).history == ()


def test_a_stale_approval_offers_to_approve_and_no_version_of_anybodys(place: Place, browser: Browser) -> None:
    record = place.ids[ALIKE[0]]
    version = place.view(record).version
    place.decide(Act("edit", record, "audience.max_age", 99))
    refused = send(browser, f"/records/{record}/say", action="approve", then="next", version=version)
    assert refused.status_code == 409
    assert "Approuver la fiche telle" in refused.text
    assert "Enregistrer ma version" not in refused.text
    assert "tapé" not in refused.text.split("<main")[1].split("</main>")[0]


def test_what_can_be_read_can_be_asked_for_without_its_body(browser: Browser) -> None:
    for path, status in (("/", 303), ("/queue", 200), ("/records/ini-00000000", 404)):
        asked = browser.head(path)
        assert (asked.status_code, asked.content) == (status, b"")


def test_a_record_is_not_compared_with_itself(place: Place, browser: Browser) -> None:
    record = place.ids[ALIKE[0]]
    refused = browser.get(f"/duplicates/{record}/{record}")
    assert refused.status_code == 404
    assert "ne se compare pas à elle-même" in refused.text


def test_issues_are_told_in_the_language_of_the_page(place: Place, browser: Browser) -> None:
    record, code = place.ids[ALIKE[0]], issue_codes()["conflict"]
    with place.workplace.store.session() as session:
        add_issues(
            session, [Issue(stage="match", severity="info", code="conflict", message="Raw words.", record=record)]
        )
    said = {"fr": (code.meaning.fr, code.remedy.fr), "en": (code.meaning.en, code.remedy.en)}
    for language, texts in said.items():
        shown = browser.get(f"/records/{record}?lang={language}").text
        assert all(str(text) in shown for text in texts)
        assert ("Raw words." in shown) == (language == "en"), "its own words are English"
    assert str(code.meaning.fr) not in shown


def test_a_page_that_is_gone_is_named_with_its_day_and_what_can_be_done(place: Place, browser: Browser) -> None:
    record = next(id_ for id_ in place.ids.values() if len({one.digest for one in place.initiative(id_).sources}) > 1)
    with place.workplace.store.session() as session:
        row = session.get_one(RecordRow, record)
        payload = json.loads(row.payload)
        payload["sources"][0]["gone_at"] = "2026-11-18T08:30:00Z"
        row.payload = json.dumps(payload)
    gone, there = (one["digest"] for one in payload["sources"][:2])
    shown = browser.get(f"/records/{record}", params={"page": gone}).text
    assert "depuis le 2026-11-18" in shown
    assert "approuvez" in shown
    tabs = shown.split('class="tabs"')[1].split("</ul>")[0]
    assert tabs.count("disparue") == 1
    assert "depuis le 2026-11-18" not in browser.get(f"/records/{record}", params={"page": there}).text


def test_all_that_is_wrong_with_a_machines_text_is_named_beside_its_place(place: Place, browser: Browser) -> None:
    record, path = place.ids[ALIKE[0]], "description.en"
    failed = "numbers-changed", "termbase"
    source = text_digest(place.view(record).texts[path].source or "")
    words = {"fr": ("un nombre a changé", "la terminologie n’est pas suivie"), "en": ("a number has changed",)}
    for checks in (failed, failed[:1]):
        status = TextStatus(origin="pending", source_language="fr", source_hash=source, reason=checks[0], checks=checks)
        with place.workplace.store.session() as session:
            save_filling(session, Filling(record=record, path=path, text=None, status=status))
        for language, told in words.items():
            shown = browser.get(f"/records/{record}?lang={language}").text.split('id="f-description-en"')[1]
            assert [word in shown.split("</section>")[0] for word in told] == [checks == failed] * len(told)
    assert "the machine translation changed a number" in shown


def test_every_check_and_every_reason_to_wait_has_its_words() -> None:
    assert [check for check in CHECKS if not has_words(f"check.{check}")] == []
    elsewhere = {"unexpected-answer", "not-utf-8"}  # at an installation, and of a file of texts
    assert [reason for reason in REASONS.keys() - elsewhere if not has_words(f"pending.{reason}")] == []

"""What the desk says of what it refuses, of what waits and of what went wrong: plainly, in the language of the page."""

from __future__ import annotations

from passerelle.cli.issue_codes import issue_codes
from passerelle.review.making import COMMENT
from passerelle.store.log import add_issues
from schemas.issue import Issue
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
    send(browser, "/undo", decision=merge.id)
    assert "To be taken back" in browser.get("/duplicates").text
    send(browser, "/redo", decision=merge.id)
    assert "Apply now" not in browser.get("/duplicates").text


def test_issues_are_told_in_the_language_of_the_page_with_their_own_words_beneath(
    place: Place, browser: Browser
) -> None:
    record, code = place.ids[ALIKE[0]], issue_codes()["conflict"]
    with place.workplace.store.session() as session:
        add_issues(
            session, [Issue(stage="match", severity="info", code="conflict", message="Raw words.", record=record)]
        )
    for language in ("fr", "en"):
        shown = browser.get(f"/records/{record}?lang={language}").text
        assert code.meaning.get(language) in shown
        assert code.remedy.get(language) in shown
        assert '<p lang="en">Raw words.</p></details>' in shown
    other = "fr" if language == "en" else "en"
    assert code.meaning.get(other) not in shown

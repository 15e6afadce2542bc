"""Where the desk leads after an act: on to what was not seen yet, and never back to what was just done."""

from __future__ import annotations

from tests.review.browsing import Browser
from tests.review.web.place import Place, send


def test_approving_ten_records_visits_ten_that_differ(place: Place, browser: Browser) -> None:
    wanted = {"type": "initiative"}
    here = send(browser, "/queue/next", **wanted).headers["location"]
    visited = []
    for _ in range(10):
        record = here.split("?")[0].rsplit("/", 1)[1]
        visited.append(record)
        if len(visited) == 1:  # its translation still waits, and what it waits with is made anew at the next run
            send(browser, f"/records/{record}/edit", path="summary.fr", value="Une maison de jour.")
        version = place.view(record).version
        done = send(
            browser, f"/records/{record}/say", action="approve", then="next", act=record, version=version, **wanted
        )
        here = done.headers["location"]
        assert not place.view(record).claim
        if here.startswith("/queue"):
            break
    assert len(set(visited)) == len(visited) == min(10, len(place.ids))


def test_a_filter_that_does_not_exist_is_said_to_be_none(browser: Browser) -> None:
    page = browser.get("/queue?reason=zzz").text
    assert "n’a pas la valeur «\u202fzzz\u202f»" in page.replace("\xa0", "\u202f")
    assert "n’a pas la valeur" not in browser.get("/queue?reason=new").text


def test_the_queue_leaves_out_what_was_seen_and_leads_to_it(place: Place, browser: Browser) -> None:
    organization = next(line for line in browser.get("/queue?type=organization").text.split('"/records/')[1:])
    record = organization.split("?")[0].split('"')[0]
    send(browser, f"/records/{record}/say", action="approve")
    assert place.view(record).reasons == ()
    assert f"/records/{record}" not in browser.get("/queue?type=organization").text
    assert f"/records/{record}" in browser.get("/queue?type=organization&reason=all").text
    send(browser, f"/records/{record}/say", action="reopen", reason="à revoir")
    assert f"/records/{record}" in browser.get("/queue?type=organization").text

"""No route of the desk is open by oversight: all are walked, those of other rooms too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant

from passerelle.review.web.people import current_person
from passerelle.review.web.security.forms import check_token
from passerelle.review.web.security.guard import PUBLIC, is_own
from tests.review.accounts.conftest import PHRASE, House
from tests.review.browsing import Browser

FOR_NOBODY = {*PUBLIC, "/sign-out", "/"}
"""Routes that ask for no person: the door, the way out of it, and the way to the queue, which asks."""


@dataclass(frozen=True)
class Way:
    """A route of the desk, as requests find it."""

    path: str
    method: str
    calls: frozenset[object]
    """Everything that is called before it, and on its behalf."""


def routes_of(app: FastAPI) -> list[Way]:
    found = []
    for router in app.routes:
        for one in router.effective_route_contexts() if hasattr(router, "effective_route_contexts") else ():
            (method,) = one.methods
            path = re.sub(r"\{[^}]*\}", "x", one.path)
            found.append(Way(path, method, frozenset(calls(one.dependant))))
    assert len(found) > 30
    return found


def calls(dependant: Dependant) -> Iterator[object]:
    for one in dependant.dependencies:
        yield one.call
        yield from calls(one)


@pytest.fixture
def team(house: House) -> House:
    house.add("boss", "admin")
    house.add("lea", "reader")
    return house


def test_every_route_asks_who_it_is_or_is_for_everybody(team: House) -> None:
    assert {way.path for way in routes_of(team.app()) if current_person not in way.calls} == FOR_NOBODY


def test_every_route_looks_or_changes_and_what_changes_asks_for_the_token(team: House) -> None:
    for way in routes_of(team.app()):
        assert way.method in {"GET", "POST"}, way.path
        assert check_token in way.calls, way.path


def test_nothing_else_answers_than_routes_and_the_desks_own_files(team: House) -> None:
    others = {getattr(route, "path", None) for route in team.app().routes}
    assert others == {None, "/static", "/openapi.json"}


def test_nobody_gets_past_the_door_without_signing_in(team: House) -> None:
    app = team.app()
    stranger = Browser(app)
    token = stranger.token("/sign-in")
    for way in [*routes_of(app), Way("/openapi.json", "GET", frozenset())]:
        if way.path in PUBLIC:
            continue
        if way.method == "GET":
            assert stranger.get(way.path).headers["location"].startswith("/sign-in?"), way.path
        else:
            assert stranger.post(way.path, data={"csrf": token}).status_code == 401, way.path


def test_nothing_is_changed_without_the_token_nor_by_a_reader(team: House) -> None:
    app = team.app()
    boss, lea = Browser(app), Browser(app)
    boss.sign_in("boss", PHRASE)
    lea.sign_in("lea", PHRASE)
    tokens = {one: one.token() for one in (boss, lea)}
    changing = [way.path for way in routes_of(app) if way.method == "POST"]
    assert len(changing) > 15
    for path in changing:
        assert boss.post(path, data={"x": "y"}).status_code == 403, path
        if not is_own(path) and path not in PUBLIC:
            assert lea.post(path, data={"csrf": tokens[lea]}).status_code == 403, path
            foreign = boss.post(path, data={"csrf": tokens[boss]}, headers={"Origin": "https://evil.test"})
            assert foreign.status_code == 403, path


@pytest.mark.parametrize("name", ["%2e%2e/%2e%2e/app.py", "..%2f..%2fapp.py", "vendor/../../words.yml"])
def test_files_of_the_desk_are_those_in_its_folder_only(team: House, name: str) -> None:
    assert Browser(team.app()).get(f"/static/{name}").status_code in {303, 404}

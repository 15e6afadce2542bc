"""The data files of the search page and of names."""

from __future__ import annotations

import json
from typing import Any

from passerelle.publishing.site import SITE_LISTS, site_files
from passerelle.publishing.site.data import SUMMARY, fold, row, search_words
from passerelle.publishing.view import View
from schemas.base import LanguageMap
from schemas.records import TextStatus
from tests.publishing.factories import DAY, LICENCE, initiative, organization
from tests.publishing.site.building import whole
from tests.publishing.site.synthetic import Synthetic, full


def value(body: bytes, name: str) -> Any:
    return json.loads(body.decode().removeprefix(f'passerelle.put("{name}",').removesuffix(");\n"))


def files(view: View) -> dict[str, bytes]:
    return {file.path: b"".join(file.chunks) for file in site_files(view)}


def test_a_row_says_what_the_list_shows() -> None:
    pending = {"name.en": TextStatus(origin="pending", source_language="fr")}
    record = initiative(summary=LanguageMap(fr="mot " * 100), text_status=pending)
    fields = json.loads(row(record, "en"))
    assert fields[:3] == ["ini-00000001", "L’atelier des marées n° 1", 1]
    assert fields[3].endswith("mot…")
    assert len(fields[3]) <= SUMMARY
    assert fields[13] == "org-00000001 org-00000002"
    assert fields[14] == "source pending"


def test_search_words_are_folded_and_in_both_languages() -> None:
    said = json.loads(search_words(full()))[1].split()
    assert {"complet1", "traversee", "crossing", "rimouski", "maison", "fugue", "running", "bas", "ecoutee"} <= set(
        said
    )
    assert said == sorted(set(said))


def test_folding_leaves_words() -> None:
    assert fold("L’Écoute à CŒUR — intervenant·es, «Sept-Îles» (2)") == "l ecoute a coeur intervenant es sept iles 2"


def test_a_list_of_no_record_or_many_is_one_script() -> None:
    rows = SITE_LISTS["initiative"][0]
    assert rows.path == "site/data/list-fr.js"
    assert value(whole(rows, []), "list-fr") == []
    many = [initiative(n) for n in range(3)]
    assert [fields[0] for fields in value(whole(rows, many), "list-fr")] == [one.id for one in many]


def test_names_and_members_are_where_their_ids_say() -> None:
    made = files(Synthetic(40).view)
    assert value(made["site/data/names-1.js"], "names-1")["ini-complet1"] == [
        "La Grande Traversée",
        "The Great Crossing",
    ]
    assert value(made["site/data/names-1.js"], "names-1")["news-00000001"][0] == "Un prix pour l’atelier"
    members = value(made["site/data/members-1.js"], "members-1")["org-00000001"]
    assert ["ini-complet1", "La Grande Traversée", "The Great Crossing", 1] in members
    assert value(made["site/data/release.js"], "release") == {"number": 2, "as_of": "2026-03-01"}


def test_lists_run_from_a_to_z_whatever_the_accents() -> None:
    records = [initiative(n, name=LanguageMap(fr=name)) for n, name in enumerate(("Zone", "Été", "eau", "Étang"))]
    view = View(1, DAY, LICENCE, {}, tuple(records), (organization(),), (), ())
    page = files(view)["site/en/initiatives-1.html"].decode()
    assert sorted(("Zone", "Été", "eau", "Étang"), key=page.index) == ["eau", "Étang", "Été", "Zone"]
    assert 'lang="fr">Zone' in page


def test_ids_that_are_gone_have_a_page_in_each_language() -> None:
    made = files(Synthetic(5).view)
    assert b"url=ini-00000001.html" in made["site/fr/initiatives/ini-00009000.html"]
    assert "withdrawn on March\u00a01, 2026" in made["site/en/initiatives/ini-00009001.html"].decode()


def test_the_same_view_gives_the_same_bytes() -> None:
    assert files(Synthetic(60).view) == files(Synthetic(60).view)

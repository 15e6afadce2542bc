"""Who may reuse what, and whom to name: for programs in the manifest, for people in LICENCE.md."""

from __future__ import annotations

from passerelle.publishing.folder import Release
from passerelle.publishing.licences import METADATA, licence_file
from passerelle.publishing.streams import records_of
from passerelle.settings import PROJECT
from schemas.release import Licence
from schemas.source import load_sources
from tests.publishing.factories import LICENCE, Press, initiative, matched, organization, reference, source


def test_the_manifest_tells_the_terms_of_the_whole_of_metadata_and_of_every_source(press: Press) -> None:
    press.publish(matched())
    manifest = Release(press.current).manifest
    assert manifest.licence == LICENCE
    assert manifest.metadata_licence == METADATA
    assert manifest.sources == {"rive": source().licence}


def test_every_source_that_a_record_names_has_terms_even_one_without_a_file(press: Press) -> None:
    press.captures = {"rive": 4, "ailleurs": 1}
    elsewhere = initiative(2, sources=(reference("ailleurs"),))
    press.publish(matched(initiative(1), elsewhere, organizations=(organization(1), organization(2))))
    release = Release(press.current)
    named = {ref["source"] for _, record in records_of(press.current, "initiative") for ref in record["sources"]}
    assert named == set(release.manifest.sources) == {"rive", "ailleurs"}
    assert "inconnues" in release.manifest.sources["ailleurs"].name
    assert release.manifest.sources["ailleurs"].spdx is None


def test_a_release_says_its_terms_to_people_in_both_languages(press: Press) -> None:
    press.publish(matched())
    text = (press.current / "LICENCE.md").read_text("utf-8")
    assert METADATA.url
    for said in ("# Conditions de réutilisation", "# Terms of reuse", LICENCE.name, METADATA.url, "Tous droits"):
        assert said in text
    assert text.count("| `rive` |") == 2


def test_a_name_with_a_bar_keeps_the_table_whole() -> None:
    file = licence_file(LICENCE, {"rive": Licence(name="A | B", url="https://rive.example/a b", attribution="C | D")})
    rows = [row for row in b"".join(file.chunks).decode().splitlines() if row.startswith("| `rive`")]
    assert rows == [r"| `rive` | [A \| B](<https://rive.example/a b>) | – | C \| D |"] * 2


def test_sources_and_the_whole_name_their_terms_for_machines_where_there_is_a_name() -> None:
    sources = load_sources(PROJECT / "sources")
    enabled = [one.licence for one in sources.values() if one.enabled]
    assert enabled
    for licence in (*enabled, METADATA):
        assert licence.spdx
        assert licence.url
        assert licence.attribution

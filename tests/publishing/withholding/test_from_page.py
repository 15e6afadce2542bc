"""From a page to every file of a release: the names of minors and private people are in none. All is fictional.

The towns are real places of Québec; organisations and people are invented.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from passerelle import pipeline
from passerelle.crawling.ingest import ingest_manifest
from passerelle.publishing import folder
from passerelle.publishing.exports.formats import FORMATS
from passerelle.publishing.view import view_of
from passerelle.store.records import add_decision, load_matched
from passerelle.workplace import Workplace, open_workplace
from schemas.decision import Decision
from tests.publishing import factories as make
from tests.publishing.withholding.test_published import bytes_with

WITHHELD = (
    "Jonathan", "Ricard", "Sabrina", "Lessard", "Coralie", "Dubé-Paré", "Pronovost", "Mélissa", "Océane", "Zacharie",
    "Brianna", "Mulcahy", "Shawn", "Kowalczyk", "n.ricard1979@gmail.example", "nricard1979@gmail.com",
    "restais dans ma chambre", "personne ne le faisait", "Avant, je",
)  # fmt: skip
PUBLISHED = ("Rosa Lindqvist", "Josée Lamarre", "info@relaisdespres.example")

NEWS_FR = """<!DOCTYPE html><html lang="fr"><head><title>Un refuge pour les jeunes ouvre à Joliette</title>
<meta property="article:published_time" content="2026-03-02"></head><body><article>
<h1>Un refuge pour les jeunes ouvre à Joliette</h1><p>Par Élise Montambault</p>
<p>Le Relais des Prés inaugure à Joliette le projet Rivage, un refuge qui accueille les jeunes de 12 à 17 ans avec le
CISSS de Lanaudière et le Service de police de Joliette.</p>
<p>«Nous voulions un lieu ouvert la nuit», explique Rosa Lindqvist, directrice générale du Relais des Prés.</p>
<p>Jonathan Ricard, 16 ans, victime d’exploitation, vit chez sa tante.</p>
<p>«J’ai dormi dehors deux mois», raconte Sabrina Lessard, 15 ans. Jonathan dit la même chose.</p>
<p>Le projet Rivage, à Joliette, offre aussi un atelier de cuisine que Jonathan Ricard anime le jeudi.</p>
<p>«Le projet Rivage m’a aidée», se souvient Coralie Dubé-Paré, élève de secondaire 3.</p>
<p>Pour joindre l’équipe : info@relaisdespres.example, ou la mère de Jonathan, nricard1979@gmail.com.</p>
</article></body></html>"""
NEWS_EN = """<!DOCTYPE html><html lang="en"><head><title>A night shelter for youth opens in Gatineau</title>
<meta property="article:published_time" content="2026-03-03"></head><body><article>
<h1>A night shelter for youth opens in Gatineau</h1><p>By Elise Montambault</p>
<p>The Harbourlight Centre opened the Lantern project in Gatineau this week with the police service, a shelter for young
people aged 12 to 17.</p>
<p>“We wanted a place that is open at night,” says Rosa Lindqvist, executive director of the Harbourlight Centre.</p>
<p>“I slept outside for two months,” says Brianna Mulcahy, 15. Shawn Kowalczyk, a Grade 9 student, agrees.</p>
</article></body></html>"""
PROJECT_FR = """<!DOCTYPE html><html lang="fr"><head><title>Projet Sillage – Relais des Prés</title></head><body><main>
<h1>Projet Sillage</h1>
<p>Le projet Sillage, porté par le Relais des Prés à Joliette, offre des ateliers de théâtre aux 12 à 17 ans. Il réunit
l’école, la police et le milieu communautaire.</p>
<h2>Description</h2><p>Chaque semaine, un intervenant anime un atelier gratuit avec les jeunes.</p>
<h2>Témoignages</h2>
<div class="elementor-testimonial-wrapper"><div class="elementor-testimonial-content">Avant, je restais dans ma chambre.
Maintenant j’ai une gang et je joue sur scène.</div><div class="elementor-testimonial-meta">
<div class="elementor-testimonial-name">Kevin Pronovost</div>
<div class="elementor-testimonial-job">Élève de secondaire 4</div></div></div>
<div class="elementor-testimonial-wrapper"><div class="elementor-testimonial-content">Les intervenantes m’ont écoutée
quand personne ne le faisait.</div><div class="elementor-testimonial-meta">
<div class="elementor-testimonial-name">Mélissa</div><div class="elementor-testimonial-job">15 ans</div></div></div>
<blockquote>J’ai appris à dire non quand ça va mal chez nous.<cite>Zacharie, 17 ans</cite></blockquote>
<figure><blockquote>On se sent chez nous ici, même l’hiver.</blockquote>
<figcaption>Océane Thériault, résidente</figcaption></figure>
<div class="elementor-testimonial-wrapper"><div class="elementor-testimonial-content">Ce projet a changé la façon dont
notre équipe travaille.</div><div class="elementor-testimonial-meta">
<div class="elementor-testimonial-name">Josée Lamarre</div>
<div class="elementor-testimonial-job">Directrice, Relais des Prés</div></div></div>
<h2>Contact</h2><p>Écrivez-nous : info@relaisdespres.example</p></main></body></html>"""
PAGES = {"refuge": NEWS_FR, "shelter": NEWS_EN, "sillage": PROJECT_FR}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    captures = []
    for name, page in PAGES.items():
        (home / f"{name}.html").write_text(page, "utf-8")
        captures.append({"path": f"{name}.html", "url": f"https://rive.example/{name}/", "media_type": "text/html",
                         "source": "rive", "captured_at": "2026-04-01T12:00:00Z"})  # fmt: skip
    (home / "manifest.json").write_text(json.dumps({"captures": captures}), "utf-8")
    source = make.source().model_dump_json(exclude_defaults=True)
    (home / "sources").mkdir()
    (home / "sources" / "rive.yml").write_text(source, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PASSERELLE_DATABASE_URL", raising=False)
        with open_workplace(home) as workplace:
            ingest_manifest(home / "manifest.json", store=workplace.store, raw=workplace.raw, sources=workplace.sources)
            assert pipeline.run(workplace).outcome.status == "published"
    return home


def lines(home: Path, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (home / "curated/current" / name).read_text("utf-8").splitlines()]


def test_no_published_file_names_them_and_officials_stay(home: Path) -> None:
    assert bytes_with(home / "curated", *WITHHELD) == []
    for name in PUBLISHED:
        assert bytes_with(home / "curated" / "releases", name), name


def test_no_export_names_them(home: Path, tmp_path: Path) -> None:
    release = folder.current_release(home / "curated")
    assert release
    for form in FORMATS.values():
        for file in form.files(view_of(release), ("fr", "en")):
            path = tmp_path / form.name / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"".join(file.chunks))
            if zipfile.is_zipfile(path):
                zipfile.ZipFile(path).extractall(tmp_path / f"{form.name}-unpacked")
    assert bytes_with(tmp_path, *WITHHELD) == []
    assert bytes_with(tmp_path, "Josée Lamarre")


def test_each_has_a_line_in_the_issue_log_without_a_name(home: Path) -> None:
    told = [one for one in lines(home, "issues.ndjson") if str(one["code"]).startswith("withheld-")]
    minors = [one for one in told if one["code"] == "withheld-minor"]
    assert len(minors) == 9  # eight people, one of them in news and in the initiative that it tells of
    assert len({(one["record"], one["detail"]) for one in told}) == len(told)
    assert not any(name in json.dumps(told, ensure_ascii=False) for name in WITHHELD)


def test_people_are_those_in_an_office_and_testimonials_those_of_adults(home: Path) -> None:
    people = [one for news in lines(home, "news.ndjson") for one in news["people"]]  # type: ignore[attr-defined]
    assert {one["name"] for one in people} == {"Rosa Lindqvist"}
    (sillage,) = (one for one in lines(home, "initiatives.ndjson") if "Sillage" in str(one["name"]))
    assert [one["author"] for one in sillage["testimonials"]] == [None, "Josée Lamarre"]  # type: ignore[attr-defined]
    assert not {"students", "parents"} & set(sillage["audience"]["groups"])  # type: ignore[index]


def decide(workplace: Workplace, path: str, value: object, record: str) -> None:
    with workplace.store.session() as session:
        told = {"id": "0001", "at": make.DAY, "by": "Maïté", "action": "edit", "record": record}
        add_decision(session, Decision.model_validate({**told, "path": path, "value": value}))


def test_a_curator_s_decision_for_the_field_publishes_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PASSERELLE_DATABASE_URL", raising=False)
    with open_workplace(home) as workplace:
        with workplace.store.session() as session:
            (record,) = (one for one in load_matched(session).initiatives if "Sillage" in str(one.name))
        place = next(n for n, one in enumerate(record.testimonials) if one.author == "Kevin Pronovost")
        decide(workplace, f"testimonials.{place}.author", "Kevin Pronovost", record.id)
        assert pipeline.run(workplace).outcome.status == "published"
    (sillage,) = (one for one in lines(home, "initiatives.ndjson") if one["id"] == record.id)
    assert "Kevin Pronovost" in [one["author"] for one in sillage["testimonials"]]  # type: ignore[attr-defined]
    assert bytes_with(home / "curated/current", "Mélissa", "Zacharie", "Sabrina") == []

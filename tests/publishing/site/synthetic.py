"""Two thousand records of fictional organisations in real Québec places, the same on every run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from passerelle.publishing.view import View
from schemas.base import LanguageMap
from schemas.gazetteer import regions
from schemas.records import (
    Audience,
    Award,
    Benefit,
    Contact,
    Initiative,
    LeadRef,
    Organization,
    OrganizationRef,
    Related,
    Review,
    Territory,
    Testimonial,
    TextStatus,
)
from schemas.release import Change, Licence
from schemas.vocabulary import vocabulary
from tests.publishing.factories import DAY, LICENCE, initiative, news, organization, reference

THINGS = (
    ("L’atelier", "The workshop"),
    ("La halte", "The drop-in"),
    ("Le réseau", "The network"),
    ("La clinique", "The clinic"),
)
OF = (
    ("des marées", "of tides"),
    ("du fleuve", "of the river"),
    ("des érables", "of maples"),
    ("de l’aube", "of dawn"),
    ("à cœur ouvert", "with an open heart"),
)
TOWNS = (
    *("Rimouski", "Saguenay", "Québec", "Trois-Rivières", "Sherbrooke", "Montréal", "Gatineau", "Rouyn-Noranda"),
    *("Sept-Îles", "Chibougamau", "Gaspé", "Lévis", "Laval", "Joliette", "Saint-Jérôme", "Longueuil", "Drummondville"),
)
MACHINE = TextStatus(origin="machine", engine="argos fr→en 1.9", source_language="fr", source_hash=f"sha256:{'0' * 64}")
HUMAN = TextStatus(origin="human", source_language="fr")
PENDING = TextStatus(origin="pending", source_language="fr", reason="no-engine")

HOSTILE_ID = "ini-hostile1"
HOSTILE = (
    "Nom </script><script>document.title='pwned'</script> \" ' & \u2028 \u202egauche\u202c <img src=x onerror=alert(1)>"
)
FULL_ID = "ini-complet1"


def _codes(name: str, *places: int) -> tuple[str, ...]:
    codes = vocabulary(name).codes
    return tuple(dict.fromkeys(codes[place % len(codes)] for place in places))


def one(n: int) -> Initiative:
    """Give the n-th of many initiatives."""
    thing, of = THINGS[n % 4], OF[n % 5]
    region = 5 if n % 11 == 0 else n % 17
    lead = n % 300
    status: dict[str, TextStatus] = {}
    name = LanguageMap(fr=f"{thing[0]} {of[0]} {n}", en=f"{thing[1]} {of[1]} {n}")
    summary = LanguageMap(
        fr=f"À {TOWNS[region]}, des intervenant·es accueillent les jeunes {n % 6 + 1} soirs, sans rendez-vous.",
        en=f"In {TOWNS[region]}, workers welcome young people {n % 6 + 1} evenings, without an appointment.",
    )
    if n % 3 == 0:
        status["summary.en"] = MACHINE
    if n % 7 == 0:
        summary, status["summary.en"] = LanguageMap(fr=summary.fr), PENDING
    low = (None, 6, 12, 18)[n % 4]
    return initiative(
        n,
        id=f"ini-{n:08d}",
        kind=_codes("kinds", n)[0],
        name=name,
        summary=summary,
        description=LanguageMap(fr=f"## Le projet\n\nOn est **{n % 9 + 2}** à l’écoute.\n\n- café\n- repas\n"),
        lead_organization=LeadRef(id=f"org-{lead:08d}", name=f"Maison {lead}"),
        partners=(OrganizationRef(id=f"org-{(n * 7) % 300:08d}", name=f"Maison {(n * 7) % 300}", sector="community"),),
        sectors=_codes("sectors", n, n + 3),
        themes=_codes("themes", n, n * 5 + 1),
        activities=_codes("activities", n * 3),
        audience=Audience(min_age=low, max_age=low and low + 6, groups=("youth",)),
        territory=Territory(regions=(regions()[region].code,), municipalities=(TOWNS[region],)),
        benefits=(),
        impacts=(),
        text_status=status,
        last_changed=DAY + timedelta(days=n % 200),
    )  # fmt: skip


def _facts() -> dict[str, Any]:
    return dict(  # noqa: C408 - reads as the call that it goes into
        sectors=("community", "police"),
        collaboration=("intersectoral",),
        audience=Audience(min_age=16, max_age=24, genders=("female",), groups=("youth", "youth-in-care")),
        themes=("runaway", "violence"),
        activities=("street-work", "workshops"),
        languages_offered=("fr", "en"),
        cost="free",
        territory=Territory(regions=("01", "11"), municipalities=("Rimouski",), neighbourhoods=("Saint-Germain",)),
        start="2020-07",
        contact=Contact(email="info@rive.example", phone="418 555-0199", url="https://rive.example/"),
        links=("https://rive.example/plus", "javascript:alert(1)"),
        mentions=("news-00000001",),
        related=(Related(id="ini-00000001", relation="same-organization"),),
        review=Review(status="approved", by="c", at=DAY),
    )


def full() -> Initiative:
    """Give an initiative with every field, and a text of every origin."""
    return initiative(
        id=FULL_ID,
        kind="service",
        name=LanguageMap(fr="La Grande Traversée", en="The Great Crossing"),
        summary=LanguageMap(fr="Un passage accompagné vers la vie adulte.", en="An accompanied passage to adult life."),
        description=LanguageMap(
            fr="# Le service\n\nÀ **Rimouski**, on marche *ensemble*.\n\n### Comment\n\n- le soir\n- la nuit\n\n"
            "Voir [la page](https://rive.example/x).",
            en="In Rimouski, people walk together.",
        ),
        **_facts(),
        partners=(
            OrganizationRef(id="org-00000002", name="Maison 2", sector="community", role="Accueil de nuit"),
            OrganizationRef(id="org-00000003", name="Maison 3", sector="police"),
        ),
        benefits=(
            Benefit(sector="community", text=LanguageMap(fr="Un lieu à soi.", en="A place of one’s own.")),
            Benefit(sector="police", text=LanguageMap(fr="Moins d’appels de nuit.")),
        ),
        impacts=(LanguageMap(fr="Quarante jeunes rencontrés.", en="Forty young people met."),),
        conclusion=LanguageMap(en="It goes on."),
        testimonials=(
            Testimonial(
                quote=LanguageMap(fr="On m’a écoutée.", en="They listened to me."),
                author="A. B.",
                role=LanguageMap(fr="participante", en="participant"),
                organization="Maison 2",
            ),
        ),
        awards=(Award(name=LanguageMap(fr="Prix du Large"), awarded_by="Ville de Rimouski", year=2024),),
        sources=(reference(page="traversee"), reference(page="crossing", language="en")),
        text_status={
            "summary.en": MACHINE,
            "description.en": HUMAN,
            "benefits.0.text.en": TextStatus(origin="memory", source_language="fr"),
            "benefits.1.text.en": PENDING,
            "impacts.0.en": MACHINE.model_copy(update={"fresh": False}),
            "conclusion.fr": PENDING.model_copy(update={"source_language": "en"}),
        },
    )


def hostile() -> Initiative:
    """Give an initiative whose every text tries to be more than a text."""
    text = LanguageMap(fr=HOSTILE, en=HOSTILE)
    links = "[x](javascript:alert(1)) ![i](https://rive.example/i.png) <javascript:alert(2)>"
    rich = f"{HOSTILE}\n\n{links}\n\n<svg onload=alert(3)>"
    return initiative(
        id=HOSTILE_ID,
        name=text,
        summary=text,
        description=LanguageMap(fr=rich, en=rich),
        lead_organization=LeadRef(id="org-hostile1", name=HOSTILE),
        partners=(OrganizationRef(id="org-00000002", name=HOSTILE, role=HOSTILE),),
        kind='"><script>alert(4)</script>',
        themes=('"><b>',),
        contact=Contact(email='a@b.c" onclick="alert(5)', phone='<b>418 555-0199', url="javascript:alert(6)"),
        links=("data:text/html,<script>alert(7)</script>", 'https://rive.example/" onmouseover="alert(8)'),
        territory=Territory(regions=("06",), municipalities=(HOSTILE,)),
        sources=(reference(url="javascript:alert(9)"),),
    )  # fmt: skip


@dataclass
class Synthetic:
    """How many records, and what came before them."""

    count: int = 2_000

    @property
    def view(self) -> View:
        """The view of a release of them."""
        initiatives = sorted((full(), hostile(), *map(one, range(1, self.count - 1))), key=lambda i: i.id)
        organizations = [organization(n, name=f"Maison {n}", sector="community", regions=("06",)) for n in range(300)]
        organizations.append(
            Organization(id="org-hostile1", name=HOSTILE, url="javascript:alert(1)", first_seen=DAY, last_seen=DAY)
        )
        gone = (
            Change(release=1, at=DAY, change="added", id="ini-00009000", type="initiative"),
            Change(release=2, at=DAY, change="merged", id="ini-00009000", type="initiative", into="ini-00000001"),
            Change(release=2, at=DAY, change="withdrawn", id="ini-00009001", type="initiative", reason="twice"),
        )
        terms = {"rive": Licence(name="Tous droits réservés", attribution="Rive", url="javascript:alert(1)")}
        item = news(1, url="https://rive.example/nouvelle", published="2024-05-01", publisher="La Rive")
        return View(2, DAY, LICENCE, terms, tuple(initiatives), tuple(organizations), (item,), gone)

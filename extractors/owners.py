"""Whose site a page stands on: an organisation that speaks of its own work need not name itself in every entry."""

from __future__ import annotations

import re

from extractors.entries import find_listing
from extractors.leads import Mention
from extractors.once import once_a_page
from extractors.passage import Passage
from extractors.recognizers.fold import fold_text
from extractors.recognizers.org_sectors import sector_of
from extractors.recognizers.organizations import read_organizations
from extractors.recognizers.places import PlacesFound, read_places
from schemas.base import Language
from schemas.document import Document
from schemas.drafts import Evidence, Found, OrganizationMention

OWNER_RULE = "leads.owner"
"""Evidence rule of an organisation that leads because its own site speaks of its work."""

_LONGEST = 12
"""Words that the name of an organisation has at most; a longer site name is a slogan."""
_FIRST_PERSON = re.compile(
    r"\b(?:nous|notre (?:organisme|association|organisation|equipe|centre|maison|cooperative|fondation|coop)|"
    r"nos (?:intervenant|travailleu|benevoles|bureaux|locaux|services|programmes|chauffeu|accompagnat|partenaires|"
    r"membres|animat|educat|infirmi|participant)\w*|"
    r"we|us|our (?:association|organi[sz]ation|team|cent(?:re|er)|staff|volunteers|workers|society|foundation|"
    r"co-?op|charity|services|programs|offices?|partners|members|drivers?|participants|social workers?|"
    r"counsell?ors?|nurses?|coordinators?|educators?|facilitators?))\b"
)
_OWN_WORK = re.compile(
    r"(?:(?:nos|les|notre|our|the) )?(?:services?|programmes?|programs?|activites|activities|projets|projects)"
    r"(?: (?:et|and|&) (?:services?|programmes?|programs?|activites|activities|projets|projects))?"
    r"(?: (?:offerts|jeunesse|et interventions|communautaires|a[ -]z|a to z|de a a z))?|"
    r"(?:nos|our) (?:projets|projects|programmes|programs|services|initiatives)\b.{0,40}|"
    r"(?:ce que|what) (?:nous|on|we) (?:faisons|fait|offrons|offre|do|offer)|nos (?:interventions|volets|actions)"
)
"""The title of a page on which an organisation lists what it does itself."""
_ALL_RUN_BY = re.compile(
    r"\b(?:all|every|each|these|tou(?:s|tes) (?:les|nos|ces)|ces|chacune?)\b[^.;]{0,60}\b(?:run|offered|led|managed|"
    r"delivered|provided|coordinated|offert|mene|porte|gere|anime|realise|coordonne)(?:e?s)? (?:by|par) "
    r"(?:the |la |les? |l')?$"
)
"""Words before whoever runs all that a page lists."""
_RUNS_SEVERAL = re.compile(
    r" (?:mene|offre|propose|anime|coordonne|porte|pilote|gere|realise|runs|offers|leads|manages|coordinates|delivers|"
    r"operates)\b[^.;:]{0,50}? (?:plusieurs|divers(?:es)?|(?:ces|les|these|the following|several|many|various|\w+)) "
    r"(?:[a-z]+ )?(?:projets|programmes|services|initiatives|activites|projects|programs)\b"
)
"""Words after whoever runs the several things that a page lists."""
_PUBLISHERS = re.compile(
    r"\b(?:repertoire|directory|bottin|maillage|journal|radio|tele|news|gazette|courrier|quotidien|hebdo|magazine|"
    r"courier|beacon|herald|times|post|chronicle|tribune|record|press|observer|reporter|examiner|nouvelliste|"
    r"media|blogue?|portail|portal|table|reseau|network|concertation|regroupement|coalition|federation|conseil|"
    r"fonds|fund|fondation|foundation|centraide|ville|city|municipalite|mrc|ministere|gouvernement|government)\b"
)
"""Words in the name of a site that most often tells of the work of others."""


@once_a_page
def owner_of(document: Document) -> Mention | None:
    """Give the organisation whose site a page stands on, where the page speaks as it or of it.

    ``None`` where the site has no name, where its name says that it tells of others' work, and where the page says
    nothing of it.
    """
    name = (document.metadata.site_name or "").strip()
    folded = fold_text(name)
    if not 1 <= len(name.split()) <= _LONGEST or not name[:1].isupper() or _PUBLISHERS.search(folded):
        return None
    text = fold_text(document.text)
    if folded not in text and not _FIRST_PERSON.search(text):
        return None
    place = Evidence(digest=document.digest, block=-1, start=0, end=len(name), quote=name[:160], rule=OWNER_RULE)
    sector = sector_of(name) or "community"
    return Found(value=OrganizationMention(name=name, written=name, sector=sector), evidence=(place,))


@once_a_page
def lists_own_work(document: Document) -> bool:
    """Say whether a page is an organisation's list of its own services: its title says so, or its first lines."""
    first = next((block for block in document.blocks if block.kind == "heading"), None)
    titles = [text for text in (document.metadata.title, first.text if first else None) if text]
    return any(_OWN_WORK.fullmatch(fold_text(text).strip(" .:!")) for text in titles)


@once_a_page
def runs_all(document: Document) -> Mention | None:
    """Give the organisation that a page says above its list to run all that it lists: 'All programs are run by'."""
    listing = find_listing(document)
    language: Language = "en" if document.language == "en" else "fr"
    for mention in read_organizations(Passage(document, listing.intro, language)) if listing else ():
        place = mention.evidence[0]
        text = document.blocks[place.block].text
        if _ALL_RUN_BY.search(fold_text(text[: place.start])) or _RUNS_SEVERAL.match(fold_text(text[place.end :])):
            return mention
    return None


def places_above(document: Document, language: Language) -> PlacesFound:
    """Give the places that a page names above its list."""
    listing = find_listing(document)
    return read_places(Passage(document, listing.intro if listing else (), language))

"""The record of each organisation, from everything that pages and the gazetteer say of it."""

from __future__ import annotations

from passerelle.matching.gathering import Mention
from passerelle.matching.names import compact, gazetteer_body, name_words
from passerelle.matching.organizations import OrganizationBook, best_name, most_said
from passerelle.matching.text import is_acronym, parenthesised, without_parentheses
from schemas.gazetteer import Body
from schemas.records import FieldEvidence, Organization, Provenance

SHOWN_EVIDENCE = 20
"""Places kept as evidence of a name: a public body is named on hundreds of pages."""


def organization_record(record_id: str, leader: str, book: OrganizationBook) -> Organization:
    """Make the record of the organisation whose group a source key leads."""
    mentions = book.mentions(leader)
    said = [mention.organization for mention in mentions]
    body = next((found for one in said if one.gazetteer_id and (found := gazetteer_body(one.gazetteer_id))), None)
    name = best_name(mentions)
    acronyms = _acronyms(mentions, body, name)
    written = {_plain(without_parentheses(form)) for one in said for form in (one.name, one.written)}
    plain = _plain(without_parentheses(name))
    spoken_for = {compact("-".join(name_words(form))) for form in acronyms}
    first_seen, last_seen = book.seen(leader)
    return Organization(
        id=record_id,
        name=name,
        acronyms=acronyms,
        other_names=tuple(
            sorted(w for w in written if w and w != plain and compact("-".join(name_words(w))) not in spoken_for)
        ),
        sector=body.sector if body else most_said(one.sector for one in said),
        municipality=(body.municipality if body else None) or most_said(one.municipality for one in said),
        regions=body.regions
        if body and body.regions
        else tuple(sorted({code for one in said for code in one.regions})),
        url=most_said(one.url for one in said),
        first_seen=first_seen,
        last_seen=last_seen,
    )


def organization_provenance(record_id: str, leader: str, book: OrganizationBook) -> Provenance:
    """Give the places where an organisation is named, the first ones in the order of pages."""
    places = dict.fromkeys(
        FieldEvidence(url=mention.page.url, extractor=mention.extractor, **evidence.model_dump())
        for mention in book.mentions(leader)
        for evidence in mention.evidence
    )
    return Provenance(id=record_id, fields={"name": tuple(places)[:SHOWN_EVIDENCE]} if places else {})


def _plain(name: str) -> str:
    """Give a name in one typography: the curved apostrophe and plain spaces make no other spelling."""
    return " ".join(name.replace("'", "’").split())


def _acronyms(mentions: list[Mention], body: Body | None, name: str) -> tuple[str, ...]:
    told = {m.organization.acronym for m in mentions} | {
        form
        for m in mentions
        for whole in (m.organization.name, m.organization.written)
        for form in (*parenthesised(whole), *([whole] if is_acronym(whole) else []))
    }
    forms = (form.strip() for form in (*(body.acronyms[:1] if body else ()), *sorted(filter(None, told))))
    # The gazetteer's other acronyms are there to recognise slips; here only what pages write joins its first.
    # C.I.J.M. and CIJM are one acronym: the gazetteer's spelling first, else the first in the alphabet.
    by_letters = {compact("-".join(name_words(form))): form for form in reversed([*forms]) if form and form != name}
    return tuple(sorted(by_letters.values()))

"""Precision and recall of an extraction, field by field, against the complete list of facts of a saved page.

A complete expected JSON (``"complete": true``) says all there is to find: what is found besides is wrong. A value that
ends in ``?`` may be found or not: careful readers differ. Names are compared without case, accents, articles and the
word for what they name ("projet", "prix"); ``|`` parts two forms of one name, and an organisation may bear its official
one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractors.recognizers.fold import fold_text
from schemas.drafts import Extraction, Found, InitiativeDraft, OrganizationMention

_LISTS = (
    *("sectors", "collaboration", "genders", "groups", "themes", "activities", "languages_offered"),
    *("regions", "municipalities", "neighbourhoods"),
)
_SCALARS = ("kind", "cost", "start", "email", "phone")
_COUNTED = ("benefits", "impacts", "testimonials")
_OUTER = re.compile(
    r"^(?:(?:le|la|les|l|the|projet|project|programme|program|prix) )+|(?: (?:project|program|programme|award|prize))+$"
)
"""What a page may add to a name: an article, and the word for what it names."""
_MAY = "?"


@dataclass
class Tally:
    """Facts of one field: right, found though the page does not say them, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, other: Tally) -> None:
        """Add another tally to this one."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where there is nothing to find and nothing was found."""
        whole = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / whole if whole else 1.0


@dataclass
class Scores:
    """Tallies by field, and a line for each thing wrong or missed."""

    fields: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    lines: list[str] = field(default_factory=list)

    def add(self, other: Scores) -> None:
        """Add the scores of another page."""
        for name, tally in other.fields.items():
            self.fields[name].add(tally)
        self.lines += other.lines

    @property
    def total(self) -> Tally:
        """All fields but the count of records together."""
        total = Tally()
        for name, tally in self.fields.items():
            if name != "records":
                total.add(tally)
        return total

    def weigh(self, who: str, name: str, wanted: Iterable[str], found: Iterable[str]) -> None:
        """Count one field of one record; values are compared as they stand."""
        sure, may = split_may(wanted)
        got = set(found)
        wrong, missed = got - sure - may, sure - got
        self.fields[name].add(Tally(len(got & sure), len(wrong), len(missed)))
        self.lines += [f"{who}: {name}: {value!r} is wrong" for value in sorted(wrong)]
        self.lines += [f"{who}: {name}: {value!r} is missed" for value in sorted(missed)]


def split_may(values: Iterable[str]) -> tuple[set[str], set[str]]:
    """Part the values that must be found from those that may be."""
    values = list(values)
    return {value for value in values if not value.endswith(_MAY)}, {
        value[:-1] for value in values if value.endswith(_MAY)
    }


def score(expected: dict[str, Any], extraction: Extraction) -> Scores:
    """Hold an extraction against a page's complete facts."""
    scores = Scores()
    free = list(extraction.initiatives)
    for entry in expected["initiatives"]:
        name = _first(entry["name"])
        draft = _match(name, entry.get("lead"), free)
        if draft is None:
            scores.fields["records"].missed += 1
            scores.lines.append(f"{name}: the record is missed")
        else:
            free.remove(draft)
            scores.fields["records"].right += 1
        _weigh_record(scores, name, entry, draft)
    for draft in free:
        scores.fields["records"].wrong += 1
        scores.lines.append(f"{draft.name.value}: the record is invented")
    return scores


def _match(name: str, lead: str | None, drafts: Sequence[InitiativeDraft]) -> InitiativeDraft | None:
    """Find the draft of a record: by name, else by a form of it, else by its lead where one alone has it."""
    wanted = plain_name(name)
    for draft in drafts:
        if plain_name(draft.name.value) == wanted:
            return draft
    for draft in drafts:
        forms = [plain_name(form.value) for form in (draft.name, *draft.other_names)]
        if any(wanted in form or form in wanted for form in forms if form):
            return draft
    led = [draft for draft in drafts if lead and draft.lead_organization and _named(draft.lead_organization, lead)]
    return led[0] if len(led) == 1 else None


def _weigh_record(scores: Scores, who: str, wanted: dict[str, Any], draft: InitiativeDraft | None) -> None:
    found = [plain_name(draft.name.value)] if draft else []
    scores.weigh(who, "name", [plain_name(who)], found)
    for name in _SCALARS:
        value = wanted.get(name)
        may = [f"project{_MAY}"] if value and value.endswith(_MAY) and name == "kind" else []
        scores.weigh(who, name, [*([value] if value else []), *may], _scalar(draft, name))
    for name in _LISTS:
        scores.weigh(who, name, wanted.get(name, ()), _list(draft, name))
    for name, value in zip(("min_age", "max_age"), wanted.get("ages") or (None, None), strict=True):
        scores.weigh(who, name, [] if value is None else [str(value)], _scalar(draft, name))
    lead = [draft.lead_organization] if draft and draft.lead_organization else []
    _weigh_organizations(scores, who, "lead", [wanted["lead"]] if wanted.get("lead") else [], lead)
    _weigh_organizations(scores, who, "partners", wanted.get("partners", ()), draft.partners if draft else ())
    awards = [plain_name(award.value.name) for award in draft.awards] if draft else []
    scores.weigh(who, "awards", map(plain_name, wanted.get("awards", ())), awards)
    for name in _COUNTED:
        count = len(getattr(draft, name)) if draft else 0
        scores.weigh(who, name, map(str, range(wanted.get(name, 0))), map(str, range(count)))
    text = draft.description.value if draft and draft.description else ""
    said = wanted.get("said", ())
    scores.weigh(who, "description", said, (words for words in said if words in text))
    scores.weigh(who, "furniture", (), (words for words in wanted.get("absent", ()) if words in text))


def _weigh_organizations(
    scores: Scores, who: str, name: str, wanted: Iterable[str], found: Iterable[Found[OrganizationMention]]
) -> None:
    """Count organisations: one found under its official name or the page's is given its expected name."""
    wanted = list(wanted)
    told = []
    for mention in found:
        known = next((one for one in wanted if _named(mention, one)), None)
        told.append(known.removesuffix(_MAY) if known else mention.value.name)
    scores.weigh(who, name, wanted, told)


def _named(mention: Found[OrganizationMention], name: str) -> bool:
    forms = (mention.value.name, mention.value.written, f"{mention.value.name} ({mention.value.acronym})")
    wanted = [plain_name(form) for form in name.removesuffix(_MAY).split("|")]
    return any(plain_name(form) in wanted for form in forms)


def plain_name(text: str) -> str:
    """Fold a name: only its letters and digits, without article and kind; a final ``?`` stays."""
    words = " ".join(re.findall(r"[a-z0-9]+", fold_text(text)))
    return (_OUTER.sub("", words) or words) + (_MAY if text.endswith(_MAY) else "")


def _scalar(draft: InitiativeDraft | None, name: str) -> Iterator[str]:
    value = getattr(draft, name) if draft else None
    if value is not None:
        yield str(value.value)


def _list(draft: InitiativeDraft | None, name: str) -> Iterator[str]:
    yield from (found.value for found in (getattr(draft, name) if draft else ()))


def _first(names: dict[str, str]) -> str:
    return next(iter(names.values()))


def describe_complete(extraction: Extraction, old: dict[str, Any]) -> dict[str, Any]:
    """Write all facts of an extraction as complete expected JSON, for a person to correct; ``old`` is the one before.

    What the old one says of the page, and of its records what is tricky, told or absent, is kept, record by record.
    """
    before = {plain_name(_first(entry["name"])): entry for entry in old.get("initiatives", [])}
    described = [_describe(draft) for draft in extraction.initiatives]
    kept = ("said", "absent", "tricky")
    for entry in described:
        known = before.get(plain_name(_first(entry["name"])), {})
        entry |= {name: known[name] for name in kept if name in known}
    page = {name: old[name] for name in ("url", "family", "about") if name in old}
    return page | {"complete": True, "initiatives": described, "news": old.get("news", [])}


def _describe(draft: InitiativeDraft) -> dict[str, Any]:
    lead = draft.lead_organization
    return {
        "name": {draft.language: draft.name.value},
        "lead": lead.value.name if lead else None,
        "partners": [found.value.name for found in draft.partners],
        "ages": [end.value if end else None for end in (draft.min_age, draft.max_age)],
        "awards": [found.value.name for found in draft.awards],
        **{name: next(_scalar(draft, name), None) for name in _SCALARS},
        **{name: list(_list(draft, name)) for name in _LISTS},
        **{name: len(getattr(draft, name)) for name in _COUNTED},
    }

"""Where an initiative is whose text names no place: where its organisations are at home."""

from __future__ import annotations

from extractors.leads import Mention, Parts
from extractors.recognizers.place_names import Entry, place_entries
from schemas.drafts import Found

_LOCAL = ("municipal", "police")
_MOST_WORDS = 3
_LEAST_REST = 2
"""Words of a name that must follow the town: 'Exemple Roy' is a person, 'Exemple House' may be anywhere."""


def regions_of(parts: Parts) -> tuple[Found[str], ...]:
    """Give the regions of an initiative's organisations that have only one each, else that of the lead's town."""
    found: dict[str, Found[str]] = {}
    for mention in (*((parts.lead,) if parts.lead else ()), *parts.partners):
        if len(mention.value.regions) == 1:
            code = mention.value.regions[0]
            found.setdefault(code, Found(value=code, evidence=mention.evidence[:1]))
    town = _town_in(parts.lead)
    if parts.lead and town and not found:
        return (_seated(town.regions[0], parts.lead),)
    return tuple(found.values())


def towns_of(parts: Parts) -> tuple[Found[str], ...]:
    """Give the lead's municipality, else that of a town's own service that takes part."""
    lead = parts.lead
    local = [mention for mention in parts.partners if lead is None or mention.value.sector in _LOCAL]
    for mention in (*((lead,) if lead else ()), *local):
        if mention.value.municipality:
            return (Found(value=mention.value.municipality, evidence=mention.evidence[:1]),)
    town = _town_in(lead)
    return (_seated(town.name, lead),) if lead and town else ()


def _town_in(lead: Mention | None) -> Entry | None:
    """Give the one town with which the name of an organisation begins: 'Exemple Youth Centre'."""
    words = lead.value.written.split() if lead and not lead.value.gazetteer_id else []
    for count in range(min(_MOST_WORDS, len(words) - _LEAST_REST), 0, -1):
        named = place_entries(" ".join(words[:count]))
        towns = [entry for entry in named if entry.kind == "municipality" and len(entry.regions) == 1]
        if len(towns) == 1:
            return towns[0]
    return None


def _seated(value: str, lead: Mention) -> Found[str]:
    place = lead.evidence[0].model_copy(update={"rule": "places.seat"})
    return Found(value=value, evidence=(place,))

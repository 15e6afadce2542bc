"""Fields, values and decisions in words, in the language of a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fastapi import Request
from markupsafe import Markup, escape
from pydantic import BaseModel

from passerelle.review.web.desk import the_desk
from passerelle.review.web.fields import SHAPES, Field, field_at, fields_of
from passerelle.review.web.rendering import language_of
from passerelle.review.web.showing import anchor
from passerelle.review.web.words import has_words, label, translator
from schemas.base import LANGUAGES, Language
from schemas.decision import Decision
from schemas.wording import shortened

BETWEEN = " · "
"""Between the steps of a path in words."""
SHOWN = 240
"""Characters of a value shown in a line."""
_PREFIXES = {"ini": "initiative", "news": "news", "org": "organization"}


def speech(request: Request, markdown: Callable[[str], str] | None = None) -> dict[str, Any]:
    """Give what templates say records with: ``path_title``, ``plain``, ``decision_words``, ``what`` and the like.

    ``of`` tells the record that a path is of, by its id; ``markdown`` makes a description HTML.
    """
    language = language_of(request)
    t = translator(language)
    return {
        "path_title": lambda path, of="ini-": path_title(path, of, language),
        "plain": lambda path, value, of="ini-": plain(path, value, of, language),
        "decision_words": lambda decision: decision_words(decision, language),
        "what": lambda group: group_words(group, language),
        "check_words": lambda code: t(f"check.{code}") if has_words(f"check.{code}") else code,
        "alike_words": lambda code: t(f"alike.{code}") if has_words(f"alike.{code}") else code,
        "pending_words": lambda code: t(f"pending.{code}") if has_words(f"pending.{code}") else code,
        "linked": linked,
        "anchor": anchor,
        "issue_words": the_desk(request).codes.get,
        "markdown": lambda text: Markup(markdown(text)) if markdown else text,  # noqa: S704 - made safe there
    }


def shape_of(record: str) -> type[BaseModel]:
    """Give the shape of a record by its id."""
    return SHAPES[_PREFIXES.get(record.partition("-")[0], "initiative")]


def path_title(path: str, record: str, language: Language) -> str:
    """Name a field: ``Public visé · Âge minimal``, ``Gains 2 · Texte, français``."""
    steps, said = path.split("."), list[str]()
    here: tuple[Field, ...] = fields_of(shape_of(record))
    for place, step in enumerate(steps):
        found = next((field for field in here if field.name == step), None)
        if found:
            said.append(found.title(language))
            here = found.parts
        elif step.isdigit() and said:
            said[-1] += f" {int(step) + 1}"
        elif step in LANGUAGES and place == len(steps) - 1 and said:
            said[-1] += f", {translator(language)(f'language.{step}')}"
        else:
            return path
    return BETWEEN.join(said)


def plain(path: str, value: Any, record: str, language: Language) -> str:
    """Say a value as text: labels for codes, names for organisations."""
    if value is None or value in ("", [], {}):
        return translator(language)("field.empty")
    try:
        vocabulary = field_at(shape_of(record), path).vocabulary if path else None
    except KeyError:
        vocabulary = None
    return _say(value, vocabulary, language)


def decision_words(decision: Decision, language: Language) -> Markup:
    """Say a decision in one sentence."""
    t = translator(language)
    field = path_title(decision.path, decision.record, language) if decision.path else ""
    told = (f"did.{decision.action}-field" if field else "", f"did.{decision.action}")
    key = next((one for one in told if has_words(one)), "did.other")
    value = plain(decision.path or "", decision.value, decision.record, language)
    said = t(key, name=decision.by, field=field, value=shortened(value, SHOWN), action=decision.action)
    if decision.reason:
        said = f"{said} {t('did.reason', text=shortened(decision.reason, SHOWN))}"
    return escape(said)


def group_words(group: Sequence[Decision], language: Language) -> str:
    """Say what undoing a group of decisions would undo."""
    first = str(decision_words(group[0], language).unescape())
    return first if len(group) == 1 else translator(language)("did.and-more", what=first, n=len(group) - 1)


def linked(text: str) -> Markup:
    """Make a web address a link that tells the site nothing; leave anything else as it is."""
    if text.startswith(("https://", "http://")) and not any(ord(letter) < 33 for letter in text):
        return Markup(
            '<a class="address" href="{0}" rel="noopener noreferrer nofollow" target="_blank">{0}</a>'
        ).format(text)
    return escape(text)


def _say(value: Any, vocabulary: str | None, language: Language) -> str:
    if isinstance(value, list):
        return ", ".join(_say(one, vocabulary, language) for one in value)
    if isinstance(value, dict):
        named = value.get("name") or value.get(language) or next((one for one in value.values() if one), "")
        return _say(named, None, language)
    return label(vocabulary, str(value), language) if vocabulary else str(value)

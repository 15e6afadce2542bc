"""Fields, values and decisions in words, in the language of a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from fastapi import Request
from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from passerelle.review.duplicates import names_of_records
from passerelle.review.help import Help
from passerelle.review.history import origins_of
from passerelle.review.records import pages_named
from passerelle.review.searching import names_of
from passerelle.review.web.desk import the_desk
from passerelle.review.web.fields import Field, field_at
from passerelle.review.web.issues import issue_about
from passerelle.review.web.paths import is_record, path_title, shape_of
from passerelle.review.web.rendering import language_of
from passerelle.review.web.showing import anchor
from passerelle.review.web.words import has_words, label, translator
from passerelle.store.decisions import decisions_with
from passerelle.store.records import load_outcome
from schemas.base import LANGUAGES, Language
from schemas.decision import Decision
from schemas.wording import shortened

SHOWN = 240
"""Characters of a value shown in a line."""
CALLED = 80
"""Characters of a name by which a record is called."""


Called = Callable[[str], str]
"""What a record is called in a sentence, by its id."""


def speech(
    request: Request,
    session: Session | None = None,
    *,
    here: str = "",
    markdown: Callable[[str], str] | None = None,
) -> dict[str, Any]:
    """Give what templates say records with: ``path_title``, ``plain``, ``decision_words``, ``what`` and the like.

    ``of`` tells the record that a path is of, by its id.

    Args:
        request: what was asked.
        session: where the names of records are looked up; without it they are called by their ids.
        here: the record that the page is about.
        markdown: makes a description HTML.
    """
    language = language_of(request)
    t = translator(language)
    named = namer(language, the_desk(request).help, session)
    called = caller(language, named, here)
    judged = caller(language, namer(language, the_desk(request).help, session, own=True), here)
    return {
        "path_title": lambda path, of="ini-": path_title(path, of, language),
        "plain": lambda path, value, of="ini-": plain(path, value, of, language),
        "records_of": records_of,
        "decision_words": lambda decision: decision_words(decision, language, judged),
        "what": lambda group, again=False: group_words(group, language, judged, again=again),
        "undo_words": lambda undo, told: undo_words(undo, told, language, judged),
        "say": {
            "what": lambda group: group_words(_told_by(group, session), language, judged),
            "called": called,
            "named": lambda record: named(record) or record,
            "elsewhere": lambda group: elsewhere(group, here),
            "page_of": here,
        },
        "check_words": lambda code: t(f"check.{code}") if has_words(f"check.{code}") else code,
        "alike_words": lambda code: t(f"alike.{code}") if has_words(f"alike.{code}") else code,
        "pending_words": lambda code, checks=(): t(_pending(code, checks)),
        "linked": linked,
        "anchor": anchor,
        "issue_words": the_desk(request).codes.get,
        "issue_about": lambda issue: issue_about(issue, language),
        "markdown": lambda text: Markup(markdown(text)) if markdown else text,  # noqa: S704 - made safe there
    }


def _pending(code: str, checks: Sequence[str]) -> str:
    """Give the key of the words for why a text waits; where several checks failed, these are named one by one."""
    return f"pending.{code}" if len(checks) < 2 and has_words(f"pending.{code}") else "pending.other"


def plain(path: str, value: Any, record: str, language: Language) -> str:
    """Say a value as text: labels for codes, names for organisations."""
    if value is None or value in ("", [], {}):
        return translator(language)("field.empty")
    try:
        field = field_at(shape_of(record), path) if path else None
    except KeyError:
        field = None
    return _say(value, field, language)


def namer(language: Language, help: Help, session: Session | None = None, *, own: bool = False) -> Called:  # noqa: A002
    """Give the function that names a record; one that was merged away is called as its own page calls it.

    Args:
        language: of the name, where the record has one in it.
        help: what other stations do.
        session: where names are looked up; without it records have none.
        own: also call the record that another one went into as its own page calls it.
    """

    @cache
    def named(record: str) -> str:
        if session is None:
            return ""
        redirects = load_outcome(session, "match").get("redirects", {})
        called = redirects.get(record, record)
        recalled = help.recall(session, record) if called != record or (own and record in redirects.values()) else None
        names = names_of(recalled[0]) if recalled else names_of_records(session, [called]).get(called)
        french, english = names or ("", "")
        return (french or english) if language == "fr" else (english or french)

    return named


def caller(language: Language, named: Called, here: str = "") -> Called:
    """Give the function that says which record is meant: this one, one by its name, or the page of a part."""
    t = translator(language)

    def called(record: str) -> str:
        if record == here:
            return t("this-record")
        name, pages = named(record), pages_named([record]) if "|" in record else set[str]()
        return t("quote", text=shortened(name, CALLED)) if name else next(iter(pages), record)

    return called


def records_of(decisions: Sequence[Decision]) -> tuple[str, ...]:
    """Give the records that decisions name, each once; words of the lists are none."""
    named = (id_ for one in decisions for id_ in (one.record, one.value if one.action in ("merge", "split") else ""))
    told = (str(id_) for id_ in named if isinstance(id_, str) and is_record(id_))
    return tuple(dict.fromkeys(told))


def elsewhere(group: Sequence[Decision], here: str) -> str:
    """Give the record that an act is about, where that is not the one that the page is about."""
    named = records_of(group)
    return named[0] if named and here not in named else ""


def decision_words(decision: Decision, language: Language, called: Called = str, *, again: bool = False) -> Markup:
    """Say a decision in one sentence; ``again``: an undo that brings back what was undone."""
    t = translator(language)
    field = path_title(decision.path, decision.record, language) if decision.path else ""
    action = "redo" if again and decision.action == "undo" else decision.action
    told = (f"did.{action}-field" if field else "", f"did.{action}")
    key = next((one for one in told if has_words(one)), "did.other")
    said_value = plain(decision.path or "", decision.value, decision.record, language)
    pair = (called(decision.record), called(str(decision.value))) if decision.action in ("merge", "split") else None
    record, value = pair or ("", shortened(said_value, SHOWN))
    said = t(key, name=decision.by, field=field, value=value, record=record, action=decision.action)
    if decision.reason:
        said = f"{said} {t('did.reason', text=shortened(decision.reason, SHOWN))}"
    return escape(said)


def undo_words(decision: Decision, told: Sequence[Decision], language: Language, called: Called) -> Markup:
    """Say a decision in one sentence, and of an undo what it took back or brought back, found among ``told``."""
    origin, again = origins_of([decision], {one.id: one for one in told}).get(decision.id, (None, False))
    said = decision_words(decision, language, called, again=again)
    more = Markup(' <span class="soft">{}</span>').format(decision_words(origin, language, called)) if origin else ""
    return said + more


def group_words(group: Sequence[Decision], language: Language, called: Called = str, *, again: bool = False) -> str:
    """Say what a group of decisions did, and so what undoing it would undo."""
    first = str(decision_words(group[0], language, called, again=again).unescape())
    return first if len(group) == 1 else translator(language)("did.and-more", what=first, n=len(group) - 1)


def _told_by(group: Sequence[Decision], session: Session | None) -> Sequence[Decision]:
    """Give the decisions that an act says something of: of undos, those that were undone."""
    undone = [one.undoes for one in group if one.undoes]
    return decisions_with(session, undone) or group if session and undone else group


def linked(text: str) -> Markup:
    """Make a web address a link that tells the site nothing; leave anything else as it is."""
    if text.startswith(("https://", "http://")) and not any(ord(letter) < 33 for letter in text):
        return Markup(
            '<a class="address" href="{0}" rel="noopener noreferrer nofollow" target="_blank">{0}</a>'
        ).format(text)
    return escape(text)


def _say(value: Any, field: Field | None, language: Language) -> str:
    """Say a value: a list entry by entry, an entry by its name, else by all its parts."""
    if isinstance(value, list):
        between = "; " if any(isinstance(one, dict) for one in value) else ", "
        return between.join(_say(one, field, language) for one in value)
    if not isinstance(value, dict):
        return label(field.called_by, str(value), language) if field and field.called_by else str(value)
    if value.keys() <= set(LANGUAGES):
        return str(value.get(language) or next((one for one in value.values() if one), ""))
    if isinstance(value.get("name"), str):
        return str(value["name"])
    parts = {part.name: part for part in field.parts} if field else {}
    return " – ".join(_say(one, parts.get(name), language) for name, one in value.items() if one and name != "id")

"""Proposing and making changes of words, on the same log and under the same lock as all decisions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pydantic import JsonValue
from sqlalchemy.orm import Session

from passerelle.review.deciding import Act, decide
from passerelle.review.errors import InvalidAct
from passerelle.review.help import Help
from passerelle.store.decisions import lock_decisions
from passerelle.store.editions import changes_of_word, load_edition, standing_words
from schemas.base import LANGUAGES, LanguageMap
from schemas.decision import Decision
from schemas.edition import TERMBASE, VOCABULARY, Synonyms, TermEdit, use
from schemas.vocabulary import NAMES, Term, own_vocabulary, vocabulary

ADDED_TO = frozenset(NAMES) - {"relations"}
"""Lists to which curators may add terms."""
_CODE = re.compile(r"[a-z][a-z0-9-]{1,39}")
LONGEST = 120
"""Characters of a label or a synonym."""


def refresh_edition(session: Session) -> None:
    """Let this process work with what was decided, wherever that was."""
    use(load_edition(session))


def proposals(session: Session, record: str | None = None) -> tuple[Decision, ...]:
    """Give the open proposals, oldest first; of one list where it is named."""
    return tuple(one for one in standing_words(session) if one.action == "propose" and record in (None, one.record))


def version_of(session: Session, record: str, path: str) -> str:
    """Name the state of a word: the id of the change in force; empty for the project's own."""
    told = changes_of_word(session, record, path)
    return told[-1].id if told else ""


def define(
    session: Session,
    record: str,
    path: str,
    value: JsonValue,
    *,
    by: str,
    help: Help,  # noqa: A002
    expected: str | None = None,
    reason: str | None = None,
    accepts: str = "",
    act_id: str | None = None,
) -> tuple[Decision, ...]:
    """Change a word for the whole data set; the next run of the pipeline works with it.

    Args:
        session: a transaction in which nothing was written yet.
        record: ``vocabulary/NAME`` or ``termbase``.
        path: the code, or the entry's key.
        value: a ``TermEdit``, or an entry, as JSON; none takes the change, or the entry, away.
        by: who decides.
        help: what other stations do.
        expected: ``version_of`` the word that the person saw.
        reason: why.
        accepts: id of the proposal that is accepted with it.
        act_id: made by the client.

    Raises:
        Conflict: somebody else changed the word meanwhile.
        InvalidAct: there is no such list or term.
    """
    check_place(record, path, value)
    lock_decisions(session)
    before = changes_of_word(session, record, path)
    old = before[-1].value if before else None
    acts = [Act("define", record, path=path, value=value, before=old, reason=reason)]
    acts += [Act("undo", record, undoes=accepts, reason=reason)] if accepts else []
    seen = None if expected is None else {record: expected}
    done = decide(session, acts, by=by, help=help, expected=seen, act_id=act_id)
    refresh_edition(session)
    return done


def propose(
    session: Session,
    record: str,
    path: str,
    value: JsonValue,
    *,
    by: str,
    help: Help,  # noqa: A002
    reason: str | None = None,
    act_id: str | None = None,
) -> tuple[Decision, ...]:
    """Leave a change of a word to somebody who may make it.

    Raises:
        InvalidAct: there is no such list or term.
    """
    check_place(record, path, value)
    act = Act("propose", record, path=path, value=value, reason=reason)
    return decide(session, [act], by=by, help=help, act_id=act_id)


def check_place(record: str, path: str, value: JsonValue = None) -> None:
    """Refuse what is no list or no term of it; a new term has labels in both languages.

    Raises:
        InvalidAct: ``no-term``.
    """
    name = record.removeprefix(VOCABULARY)
    listed = record.startswith(VOCABULARY) and name in NAMES
    known = listed and (path in vocabulary(name).codes or _new(name, path, value))
    if not path or not (known or record == TERMBASE):
        raise InvalidAct("no-term", record=record, path=path)


def check_code(name: str, code: str) -> None:
    """Refuse what cannot be the code of a new term.

    Raises:
        InvalidAct: it is none (``bad-code``), or the list has it (``code-taken``).
    """
    if not _CODE.fullmatch(code) or name not in ADDED_TO:
        raise InvalidAct("bad-code", code=code)
    if code in vocabulary(name).codes:
        raise InvalidAct("code-taken", code=code)


def _new(name: str, code: str, value: JsonValue) -> bool:
    label = value.get("label") if isinstance(value, dict) else None
    complete = isinstance(label, dict) and all(label.get(language) for language in LANGUAGES)
    return complete and name in ADDED_TO and bool(_CODE.fullmatch(code))


def edit_of(name: str, code: str, label: LanguageMap, synonyms: Synonyms) -> TermEdit | None:
    """Give what was changed of a term of the project's own list; none where nothing was.

    Raises:
        InvalidAct: a label is missing (``no-label``), a word is too long or empty (``bad-word``), or stands under
            another term of the list already (``word-taken``).
    """
    new = Term(code=code, label=LanguageMap())
    own = next((term for term in own_vocabulary(name).terms if term.code == code), new)
    if not (label.fr and label.en):
        raise InvalidAct("no-label")
    typed = {language: _words(getattr(synonyms, language), name, code) for language in LANGUAGES}
    for said in (label.fr, label.en):
        _check(said)
    edit = TermEdit(
        label=label if label != own.label else None,
        add=Synonyms(**{one: _without(typed[one], getattr(own.synonyms, one)) for one in LANGUAGES}),
        remove=Synonyms(**{one: _without(getattr(own.synonyms, one), typed[one]) for one in LANGUAGES}),
    )
    return edit if edit != TermEdit() else None


def term_now(name: str, code: str) -> Term:
    """Give a term as this data set has it.

    Raises:
        InvalidAct: there is none (``no-term``).
    """
    check_place(VOCABULARY + name, code)
    return next(term for term in vocabulary(name).terms if term.code == code)


def _without(some: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in some if one not in others)


def _words(typed: Sequence[str], name: str, code: str) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(" ".join(one.split()) for one in typed if one.strip()))
    taken = {
        word.casefold(): term.code
        for term in vocabulary(name).terms
        if term.code != code
        for word in (*term.synonyms.fr, *term.synonyms.en)
    }
    for word in words:
        _check(word)
        if word.casefold() in taken:
            raise InvalidAct("word-taken", word=word, code=taken[word.casefold()])
    return words


def _check(word: str) -> None:
    if len(word) > LONGEST or not any(letter.isalnum() for letter in word):
        raise InvalidAct("bad-word", word=word[:LONGEST])

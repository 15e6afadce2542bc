"""From an act to a decision: whether it can be done, and what the record and its pages said before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from pydantic import JsonValue
from sqlalchemy.orm import Session

from passerelle.review.creating import creation
from passerelle.review.errors import Conflict, InvalidAct
from passerelle.review.help import Help, Laid, Record
from passerelle.review.judging import judged_since, last_word
from passerelle.review.proposals import edits_by_path, snapshot
from passerelle.review.records import Held, fillings_of, hold, hold_named
from passerelle.review.values import check_value
from passerelle.review.web.fields import near_fields
from passerelle.store.decisions import decisions_on, decisions_with
from passerelle.store.editions import changes_of_word
from passerelle.store.records import is_minted, minted_id
from schemas.base import LANGUAGES, Language
from schemas.decision import Action, Decision, decision_id, undone
from schemas.paths import dumped
from schemas.records import Initiative, Organization, Translated

LONGEST = 100_000
"""Characters of a value, as JSON: far more than any page says."""
COMMENT = 5_000
"""Characters of a comment: two pages."""
WITH_REASON = frozenset({"reopen", "reject", "withdraw", "withhold"})
"""Acts that others will ask about."""
_SEPARATE = frozenset({"withdraw", "withhold", "define", "propose", "create"})
"""Acts that need no record: it may have been merged, or never made, or is a list of words."""
_WHOLE = frozenset({"merge", "split", "reject", "withdraw"})
"""Acts that change everything about a record."""


class Unseen:
    """Stands for a value that the client does not tell."""


UNSEEN = Unseen()


@dataclass(frozen=True)
class Act:
    """What is to be done to one record; the service fills in what the record and its pages said before."""

    action: Action
    record: str
    path: str | None = None
    """Field of an edit, of a text's approval, or of a change that is accepted."""
    value: JsonValue = None
    """New value of an edit; other record of a merge; record or source key to part; text of a comment; a name."""
    before: JsonValue | Unseen = UNSEEN
    """The value that the person saw, where the client tells it: another one now is a conflict."""
    translated_from: str | None = None
    """The text in the other language; left out, an edit of a text that no page gives is taken for a translation."""
    reason: str | None = None
    undoes: str | None = None
    """Id of the decision that an undo takes back."""
    everywhere: bool = False
    """For a withdrawal: also from the releases kept."""
    judged: str | None = None
    """For a merge or a split: ``newest_judgement`` when the person looked; another one since is a conflict."""


@dataclass(frozen=True)
class Maker:
    """Makes the decisions of one call."""

    session: Session
    held: Mapping[str, Held]
    """By the record that acts name."""
    help: Help
    by: str
    act_id: str | None = None
    expected: Mapping[str, str] = field(default_factory=dict)
    """Version that the person saw, by record."""

    def make(self, act: Act, at: datetime) -> Decision | None:
        """Make the decision of an act; none where it would change nothing.

        Raises:
            Conflict: the record changed since the version that the person expects.
            InvalidAct: the act cannot be done.
        """
        act = _tidy(act)
        held = self.held.get(act.record)
        if held is None and act.action == "withdraw" and not is_minted(self.session, act.record):
            raise InvalidAct("no-record", record=act.record)
        if held is None and act.action not in (*_SEPARATE, "undo"):
            raise InvalidAct("no-record", record=act.record)
        if act.record in self.expected:
            self._check_seen(held, act, self.expected[act.record])
        decision = Decision(
            id=decision_id(at),
            at=at,
            by=self.by,
            action=act.action,
            record=held.id if held else act.record,
            path=act.path,
            value=act.value,
            before=None if isinstance(act.before, Unseen) else act.before,
            translated_from=act.translated_from,
            undoes=act.undoes,
            reason=act.reason,
            everywhere=act.everywhere,
            act=self.act_id,
        )
        if act.action == "undo":
            return self.undo(decision)
        if act.action == "create":
            return creation(self.session, decision, self.help)
        how = _WAYS.get(act.action)
        return how(self, held, decision, act) if how and held else decision

    def edit(self, held: Held, decision: Decision, act: Act) -> Decision | None:
        """Complete an edit, and try it."""
        path = act.path or ""
        if not path:
            raise InvalidAct("no-path")
        check_value(path, act.value)
        before = self.help.fold(held.base, held.standing)
        laid = before.record
        now, said = dumped(laid, path), dumped(held.base, path)
        if not isinstance(act.before, Unseen) and not self._seen(held, laid, path, now, act.before):
            raise Conflict(held.id, (), held.version)
        empty = not act.value and not now and path not in edits_by_path(held)
        if empty and path.rpartition(".")[2] in LANGUAGES:
            return None  # a text that waits for a translation goes on waiting
        made_from = act.translated_from or _other_side(held.base, laid, path)
        done = decision.model_copy(update={"before": now, "source_value": said, "translated_from": made_from})
        if self._changes_nothing(held, done, now):
            return None
        after = self.help.fold(held.base, (*held.standing, done))
        if _untargeted(after) > _untargeted(before) and not made_from:
            raise InvalidAct("unknown-field", path=path, near=", ".join(near_fields(held.type, path)) or "–")
        refused = _refused(after) - _refused(before)
        for message in refused:
            raise InvalidAct("bad-value", path=path, said=message)
        return done

    def approve(self, held: Held, decision: Decision, act: Act) -> Decision:
        """Complete an approval: of the whole record, of a text, or of one change of the pages."""
        if not act.path:
            return decision.model_copy(update={"value": None, "source_value": snapshot(held.base)})
        said = dumped(held.base, act.path)
        done = decision.model_copy(update={"source_value": said, "value": None})
        laid = self.help.fold(held.base, held.standing).record
        text_of_page = act.value is not None and act.value == said
        if text_of_page or not isinstance(laid, Translated) or not act.path.endswith((".fr", ".en")):
            return done
        whole = self.help.complete(laid, fillings_of(self.session, held.id))
        status, text = whole.text_status.get(act.path), dumped(whole, act.path)
        source = dumped(whole, other_side(act.path))
        if not text:
            raise InvalidAct("no-text", path=act.path)
        if status is None or not isinstance(source, str):
            return done
        if act.value is not None and act.value != text:
            raise Conflict(held.id, (), held.version)
        # A person's own translation approved again is made anew from what the source says now.
        action = "edit" if status.origin == "human" else "approve"
        engine = (status.engine or "") if status.origin == "machine" else None
        told = {"action": action, "value": text, "before": text, "translated_from": source, "engine": engine}
        return done.model_copy(update=told)

    def join(self, held: Held, decision: Decision, act: Act) -> Decision | None:
        """Complete a merge; none where the two were merged already."""
        other = hold(self.session, str(act.value))
        if other.type != held.type:
            raise InvalidAct("other-type", record=held.id, other=other.id)
        if other.id == held.id:
            raise InvalidAct("one-already", record=held.id)
        return self._judged(held, act, decision.model_copy(update={"value": other.id}))

    def part(self, held: Held, decision: Decision, act: Act) -> Decision | None:
        """Complete a split, or the word that two records are to stay apart; none where somebody said so already."""
        part = minted_id(self.session, str(act.value)) or str(act.value)
        alike = part.split("-", maxsplit=1)[0] == held.id.split("-")[0] and part != held.id
        if part not in held.parts and not (alike and is_minted(self.session, part)):
            raise InvalidAct("no-part", record=held.id, part=part)
        return self._judged(held, act, decision.model_copy(update={"value": part}))

    def reject(self, held: Held, decision: Decision, act: Act) -> Decision:
        """Complete a rejection: an organisation is kept with it, as no page leads back to one."""
        kept = isinstance(held.base, Organization)
        return decision.model_copy(update={"source_value": held.base.model_dump(mode="json")}) if kept else decision

    def comment(self, held: Held, decision: Decision, act: Act) -> Decision:
        """Refuse a comment that is empty or too long."""
        if not isinstance(act.value, str) or not act.value.strip():
            raise InvalidAct("empty-comment")
        if len(act.value) > COMMENT:
            raise InvalidAct("comment-too-long", now=len(act.value), most=COMMENT)
        return decision

    def undo(self, decision: Decision) -> Decision:
        """Complete an undo; its record need not be there any more."""
        found = decisions_with(self.session, [decision.undoes or ""])
        if not found:
            raise InvalidAct("no-decision", decision=decision.undoes)
        if found[0].id in undone(decisions_on(self.session, [found[0].record])):
            raise InvalidAct("undone-already", decision=decision.undoes)
        return decision.model_copy(update={"record": found[0].record, "path": found[0].path})

    def _judged(self, held: Held, act: Act, decision: Decision) -> Decision | None:
        """Give a judgement of two records; none where the last word says the same.

        Raises:
            Conflict: the other record changed, or one of them was judged, since the person looked.
        """
        other = hold_named(self.session, [str(decision.value)]).get(str(decision.value))
        if other is not None and str(act.value) in self.expected:
            check_version(other, act, self.expected[str(act.value)])
        if act.judged is not None:
            since = judged_since(self.session, {held.id, str(decision.value)}, act.judged)
            if since:
                raise Conflict(held.id, since, held.version)
        said = last_word(self.session, held.id, str(decision.value))
        return None if said is not None and said.action == act.action else decision

    def _check_seen(self, held: Held | None, act: Act, expected: str) -> None:
        """Refuse an act on a record, or on a word, that is not any more as the person saw it."""
        if held is not None:
            check_version(held, act, expected)
        elif act.action == "define":
            since = changes_of_word(self.session, act.record, act.path or "")[-1:]
            now = since[-1].id if since else ""
            if expected != now:
                raise Conflict(act.record, since, now)

    def _seen(self, held: Held, laid: Record, path: str, now: JsonValue, before: JsonValue) -> bool:
        """Tell whether the value that the person saw is the one there is: the record's, or its translation."""
        if (now or None) == (before or None):
            return True
        if now or not isinstance(laid, Translated):
            return False
        whole = self.help.complete(laid, fillings_of(self.session, held.id))
        return (dumped(whole, path) or None) == (before or None)

    def _changes_nothing(self, held: Held, done: Decision, now: JsonValue) -> bool:
        if done.value != now:
            return False
        edits = edits_by_path(held).get(done.path or "", [])
        if not edits:
            return done.translated_from is None
        last = edits[-1]
        return (last.source_value, last.translated_from) == (done.source_value, done.translated_from)


_WAYS: Mapping[str, Callable[[Maker, Held, Decision, Act], Decision | None]] = {
    "edit": Maker.edit,
    "approve": Maker.approve,
    "merge": Maker.join,
    "split": Maker.part,
    "comment": Maker.comment,
    "reject": Maker.reject,
}


def check_version(held: Held, act: Act, expected: str) -> None:
    """Refuse an act on what the person has not seen; changes that do not touch it are none of its business.

    Raises:
        Conflict: what it touches has changed.
    """
    if expected == held.version or act.action in ("comment", "undo"):
        return
    last, _, digest = expected.partition("~")
    known = {one.id: one for one in held.decisions}
    since = [one for one in held.decisions if one.id > last and one.action != "comment"]
    touching = tuple(one for one in since if _touches(known.get(one.undoes or "", one), act))
    unseen = digest != held.version.partition("~")[2] and (not act.path or isinstance(act.before, Unseen))
    if touching or unseen:
        raise Conflict(held.id, touching, held.version)


def _touches(decision: Decision, act: Act) -> bool:
    if not act.path or decision.action in _WHOLE:
        return True
    if not decision.path:
        return False
    one, two = f"{decision.path}.", f"{act.path}."
    return one.startswith(two) or two.startswith(one)


def other_side(path: str) -> str:
    """Give the path of the same text in the other language."""
    place, _, language = path.rpartition(".")
    other: Language = "en" if language == "fr" else "fr"
    return f"{place}.{other}"


def _other_side(base: Record, laid: Record, path: str) -> str | None:
    """Give the text that an edit translates: the other side of one that no page gives."""
    if path.rpartition(".")[2] not in LANGUAGES or "." not in path or dumped(base, path):
        return None
    text = dumped(laid, other_side(path))
    return text if isinstance(text, str) and text.strip() else None


def _tidy(act: Act) -> Act:
    """Write line ends one way, and refuse what no database or file takes."""
    if act.action in WITH_REASON and not (act.reason or "").strip():
        raise InvalidAct("no-reason", action=act.action)
    value = _plain_lines(act.value)
    before = act.before if isinstance(act.before, Unseen) else _plain_lines(act.before)
    for text in (repr(value), act.reason or "", act.path or "", act.translated_from or ""):
        if len(text) > LONGEST:
            raise InvalidAct("too-long", most=LONGEST)
    reason = _plain_lines(act.reason)
    return replace(act, value=value, before=before, reason=reason.strip() or None if isinstance(reason, str) else None)


def _plain_lines(value: JsonValue) -> JsonValue:
    if isinstance(value, list):
        return [_plain_lines(one) for one in value]
    if isinstance(value, dict):
        return {str(_plain_lines(name)): _plain_lines(one) for name, one in value.items()}
    if not isinstance(value, str):
        return value
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InvalidAct("bad-value") from None
    if "\0" in value:
        raise InvalidAct("bad-value")
    return value.replace("\r\n", "\n").replace("\r", "\n")


def _untargeted(laid: Laid) -> int:
    return sum(one.code == "decision-without-target" for one in laid.issues)


def _refused(laid: Laid) -> Counter[str]:
    """Count what folding refuses."""
    return Counter(one.message for one in laid.issues if one.code in ("decision-invalid", "decision-without-target"))


def check_together(held: Held, made: Sequence[Decision], help: Help) -> None:  # noqa: A002
    """Check what several fields say together, once all acts of a call are made; previews ask it too.

    Raises:
        InvalidAct: edits do not fit beside each other (``bad-value``), leave a youngest age above the oldest
            (``ages-crossed``), or no name in any language (``no-name``).
    """
    edits = [one for one in made if one.action == "edit"]
    if len(edits) < 2 and not any(_of_ages(one.path) or _of_name(one.path) for one in edits):
        return
    laid = help.fold(held.base, (*held.standing, *made))
    for message in _refused(laid) - _refused(help.fold(held.base, held.standing)):
        raise InvalidAct("bad-value", said=message)
    now = laid.record
    if isinstance(now, Initiative) and any(_of_name(one.path) for one in edits) and not (now.name.fr or now.name.en):
        raise InvalidAct("no-name", record=held.id)
    if not isinstance(now, Initiative) or now.audience.min_age is None or now.audience.max_age is None:
        return
    if any(_of_ages(one.path) for one in edits) and now.audience.min_age > now.audience.max_age:
        raise InvalidAct("ages-crossed", record=held.id)


def _of_ages(path: str | None) -> bool:
    return (path or "").startswith("audience")


def _of_name(path: str | None) -> bool:
    return (path or "").partition(".")[0] == "name"

"""One way to act for every page: take the decisions and lead on, or show why not with what was typed still there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from secrets import token_hex
from typing import Annotated
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from passerelle.review.bulk import settle
from passerelle.review.deciding import Act, decide
from passerelle.review.judging import JUDGEMENTS
from passerelle.review.record_view import RecordView, record_view
from passerelle.review.web.desk import AtDesk, Desk
from passerelle.review.web.people import Curator, Person
from passerelle.review.web.rendering import wants_part
from passerelle.review.web.security.hosts import local_path
from passerelle.review.web.typing_in import Form, Typed
from schemas.decision import Decision


@dataclass(frozen=True)
class Asked:
    """What a curator asked the desk to do: who, on which desk, and with what in the form."""

    request: Request
    desk: Desk
    person: Person
    form: Typed

    @contextmanager
    def looking(self, record: str) -> Iterator[tuple[Session, RecordView]]:
        """Show a record as it is now, in a transaction of its own."""
        with self.desk.store.session() as session:
            yield session, record_view(session, record, self.desk.help)

    def take(self, acts: Sequence[Act]) -> tuple[Decision, ...]:
        """Take decisions, all or none.

        Raises:
            Conflict: a record changed since.
            InvalidAct: an act cannot be done.
        """
        expected = self._expected(name for act in acts for name in _records_of(act))
        with self.desk.store.session() as session:
            return decide(
                session,
                acts,
                by=self.person.name,
                help=self.desk.help,
                expected=expected,
                act_id=self.form.one("act") or None,
            )

    def settle(
        self, accepted: Sequence[tuple[str, str]] = (), kept: Sequence[tuple[str, str]] = ()
    ) -> tuple[Decision, ...]:
        """Answer changes of the pages, each named by record and path, all or none.

        Raises:
            Conflict: a record changed since.
            InvalidAct: a change is not open any more.
        """
        expected = self._expected(record for record, _ in (*accepted, *kept))
        with self.desk.store.session() as session:
            return settle(
                session,
                accepted,
                kept,
                by=self.person.name,
                help=self.desk.help,
                expected=expected,
                act_id=self.form.one("act") or None,
            )

    def _expected(self, records: Iterable[str]) -> dict[str, str]:
        """Give the versions that the form was made with: ``version``, or ``version:RECORD`` where there are several."""
        names = {
            record: next((n for n in (f"version:{record}", "version") if n in self.form.values), "")
            for record in records
        }
        return {record: self.form.one(name) for record, name in names.items() if name}

    def lead_on(self, default: str, done: str = "", **more: str) -> Response:
        """Lead to the page that the form names in ``next``, else to ``default``; ``done`` says what was done."""
        place = urlsplit(local_path(self.form.one("next"), default))
        query = [(name, value) for name, value in parse_qsl(place.query) if name not in {"done", "edit", *more}]
        query += [("done", done)] if done else []
        query += list(more.items())
        url = place._replace(query=urlencode(query)).geturl()
        if wants_part(self.request):
            return Response(headers={"HX-Redirect": url})
        return RedirectResponse(url, 303)


def _records_of(act: Act) -> tuple[str, ...]:
    """Give the records that an act is about: both of a merge, or of a split."""
    return (act.record, str(act.value)) if act.action in JUDGEMENTS else (act.record,)


def asked(request: Request, desk: AtDesk, person: Curator, form: Form) -> Asked:
    """Give what a curator asked; refuses those who may only read."""
    return Asked(request, desk, person, form)


Asking = Annotated[Asked, Depends(asked)]


def new_act() -> str:
    """Make the id of an act that a form may send: sent twice, it is done once."""
    return token_hex(16)

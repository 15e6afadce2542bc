"""Spreadsheets and translators' files: out with a filtered list, and back in after a look at what would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.datastructures import UploadFile

from passerelle.review.errors import Conflict, InvalidAct
from passerelle.review.exchange.bringing import apply, bring
from passerelle.review.exchange.brought import BROUGHT
from passerelle.review.exchange.files import MEDIA_TYPES, MOST_BYTES, to_csv, to_xlsx
from passerelle.review.exchange.guide import Guide
from passerelle.review.exchange.sheets import TYPES, sheets
from passerelle.review.exchange.translators import MEDIA_TYPE, to_xliff
from passerelle.review.queue import Filter, ids
from passerelle.review.web.acting import Asking, new_act
from passerelle.review.web.desk import AtDesk, Desk, Reading
from passerelle.review.web.people import Curator, Person, Signed
from passerelle.review.web.rendering import language_of, render
from passerelle.review.web.saying import speech
from passerelle.review.web.words import has_words, translator
from passerelle.store.decisions import decisions_of
from schemas.base import LANGUAGES, Language

router = APIRouter()

SHOWN = 500
"""Lines of each kind in a preview; what is beyond is counted."""
Name = Annotated[str, Query(max_length=120)]


@dataclass(frozen=True)
class Visit:
    """Somebody who reads a page of the exchange."""

    request: Request
    session: Session
    desk: Desk
    person: Person

    @property
    def wanted(self) -> Filter:
        """The list that files are made of."""
        return Filter.from_query(self.request.query_params)

    def ids(self) -> tuple[str, ...]:
        """Give the records of that list."""
        return ids(self.session, self.wanted)

    def page(self, note: str = "", status: int = 200, **values: object) -> Response:
        """Offer files, and a place to bring them back; ``note`` names words."""
        wanted, t = self.wanted, translator(language_of(self.request))
        return render(
            self.request,
            "exchange.html",
            status,
            wanted=wanted,
            query=urlencode(wanted.query()),
            types=TYPES,
            of_type=lambda type_: urlencode(wanted.query(type=type_)),
            count=len(self.ids()),
            languages=LANGUAGES,
            note=t(note, **({"most": MOST_BYTES // 1024**2} | values)) if note else "",
            may=self.person.may("curator"),
        )

    def preview(self, body: bytes, name: str, note: str = "", status: int = 200) -> Response:
        """Show what a file would change."""
        try:
            brought = bring(self.session, body, name, self.desk.help, self.person.name)
        except InvalidAct as refused:
            said = refused.values.get(language_of(self.request), "")
            return self.page(f"invalid.{refused.key}", 422, **{"said": said} | refused.values)
        t = translator(language_of(self.request))

        def problem_words(key: str, values: Mapping[str, object]) -> str:
            return t(f"invalid.{key}", **values) if has_words(f"invalid.{key}") else t("error.422")

        template = "exchange_sheet.html" if brought.sheet else "exchange_texts.html"
        told: dict[str, Any] = {"found": brought.sheet, "read": brought.texts, "plan": brought.plan, "act": new_act()}
        told |= {"name": name, "note": note, "shown": SHOWN, "problem_words": problem_words}
        return render(self.request, template, status, **told, **speech(self.request, self.session))


def visiting(request: Request, session: Reading, desk: AtDesk, person: Signed) -> Visit:
    """Give somebody who reads."""
    return Visit(request, session, desk, person)


Visiting = Annotated[Visit, Depends(visiting)]


async def uploaded(request: Request) -> tuple[str, bytes]:
    """Read the file of a form: its name and its bytes, empty where there is none."""
    file = (await request.form()).get("file")
    return (file.filename or "", await file.read(MOST_BYTES + 1)) if isinstance(file, UploadFile) else ("", b"")


Uploaded = Annotated[tuple[str, bytes], Depends(uploaded)]


@router.get("/exchange")
def exchange(visit: Visiting) -> Response:
    """Offer the files of a filtered list, and take such files back."""
    return visit.page()


@router.get("/exchange/records.{kind}", response_class=Response)
def give_sheet(visit: Visiting, kind: Literal["csv", "xlsx"]) -> Response:
    """Give the records of a filter as a workbook, or those of one type as CSV."""
    found = sheets(visit.session, visit.ids(), visit.desk.help)
    if kind == "xlsx":
        return _file(to_xlsx(found, Guide(visit.desk.help)), MEDIA_TYPES[kind], "passerelle.xlsx")
    return _file(to_csv(found[0]) if found else b"", MEDIA_TYPES[kind], "passerelle.csv")


@router.get("/exchange/columns.csv", response_class=Response)
def give_guide(visit: Visiting) -> Response:
    """Give what the columns of a sheet mean."""
    found = sheets(visit.session, visit.ids(), visit.desk.help)
    return _file(Guide(visit.desk.help).table(found[:1]), MEDIA_TYPES["csv"], "passerelle-columns.csv")


@router.get("/exchange/texts.xlf", response_class=Response)
def give_texts(visit: Visiting, to: Language = "en") -> Response:
    """Give what waits for a translator in the records of a filter."""
    body, count = to_xliff(visit.session, visit.ids(), to, visit.desk.help)
    return _file(body, MEDIA_TYPE, f"passerelle-{to}.xlf") if count else visit.page("exchange.nothing-waits")


@router.post("/exchange")
def take_file(visit: Visiting, person: Curator, given: Uploaded) -> Response:  # who may only read is refused
    """Keep a file, and lead to what it would change."""
    name, body = given
    if not body or len(body) > MOST_BYTES:
        return visit.page("invalid.sheet-too-large" if body else "exchange.no-file", 422)
    kept = visit.desk.help.keep_file(body)
    return RedirectResponse(f"/exchange/{kept}?{urlencode({'name': name[-100:]})}", 303)


@router.get("/exchange/{kept}")
def look(visit: Visiting, person: Curator, kept: str, name: Name = "") -> Response:
    """Show what a file would change."""
    body = visit.desk.help.kept_file(kept)
    return visit.page("exchange.gone", 404) if body is None else visit.preview(body, name)


@router.post("/exchange/{kept}")
def take(asking: Asking, kept: str) -> Response:
    """Take in what somebody looked at; if it is not the same any more, show it again."""
    desk, form, by = asking.desk, asking.form, asking.person.name
    body, name = desk.help.kept_file(kept), form.one("name")[-100:]
    act = form.one("act") or None
    taken: Sequence[object] = ()
    if body is not None:
        try:
            with desk.store.session() as session:
                brought = bring(session, body, name, desk.help, by)
                taken = decisions_of(session, act=act) if act else ()
            if brought.plan == form.one("plan") and not taken:
                with desk.store.session() as session:
                    reason = f"{BROUGHT}{name}".strip()
                    taken = apply(session, brought.acts, by=by, help=desk.help, reason=reason, act_id=act)
        except (Conflict, InvalidAct):
            taken = ()
    if taken:
        return asking.lead_on("/history", "imported")
    with desk.store.session() as session:
        visit = Visit(asking.request, session, desk, asking.person)
        return visit.preview(body, name, "exchange.moved", 409) if body else visit.page("exchange.gone", 404)


def _file(body: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(body, media_type=media_type, headers=headers)

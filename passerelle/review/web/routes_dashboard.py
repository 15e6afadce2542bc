"""The dashboard: what the records cover, where their texts come from, and how crawling goes."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from passerelle.charting.page import STYLE, Frame, dashboard
from passerelle.review.dashboard.gathering import Gathering
from passerelle.review.web.desk import AtDesk, Reading
from passerelle.review.web.people import Signed
from passerelle.review.web.rendering import language_of, render
from passerelle.review.web.words import label
from schemas.wording import labels, number

router = APIRouter()


@router.get("/dashboard")
def show_dashboard(request: Request, session: Reading, desk: AtDesk, person: Signed) -> Response:
    """Show the figures of all initiatives."""
    language, now = language_of(request), datetime.now(UTC)
    state = request.app.state
    if not hasattr(state, "gathering"):
        state.gathering = Gathering(desk.help)
    figures = state.gathering.figures(session, now.date())
    frame = Frame(
        language=language,
        label=partial(label, language=language),
        number=partial(number, language=language),
        codes={name: tuple(labels(name, language)) for name in ("regions", "themes")},
        link=lambda name, code: f"/queue?{urlencode({'type': 'initiative', name: code})}",
    )
    states = desk.help.source_states(session, dict(figures.sources))
    return render(
        request,
        "dashboard.html",
        body=dashboard(figures, desk.help.milestones(), now.date(), frame),
        states=sorted(states, key=lambda one: one.source),
        day=lambda moment: moment.date().isoformat() if moment else "–",
    )


@router.get("/dashboard/charts.css", include_in_schema=False)
def style(person: Signed) -> Response:  # who may see the desk may see its style
    """Give the style that the charts have in releases too."""
    return Response(STYLE.read_bytes(), media_type="text/css", headers={"Cache-Control": "max-age=3600"})

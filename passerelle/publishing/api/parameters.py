"""What may be asked: the query parameters of each path, checked and described in one place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from schemas.base import LANGUAGES, Age, Language
from schemas.gazetteer import regions
from schemas.records import Initiative, InitiativeId, NewsItem, Organization, OrganizationId
from schemas.vocabulary import vocabulary

LIMIT = 20
MOST = 100
QUERY_LENGTH = 200
SINCE_YEAR = 1900


class Parameters(BaseModel):
    """Base of all: a parameter that is not known is an error, so that no filter is lost to a slip of the pen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def one_of(values: Iterable[str]) -> tuple[Any, ...]:
    """Give the annotations of a value that must be one of some, which the error and the description both list."""
    known = tuple(values)

    def check(value: str) -> str:
        if value not in known:
            msg = f"{value!r} is not one of: {', '.join(known)}"
            raise ValueError(msg)
        return value

    return AfterValidator(check), Field(json_schema_extra={"enum": list(known)})


def _split(values: object) -> object:
    """Read ``a,b`` as ``a`` and ``b``."""
    if not isinstance(values, list):
        return values
    found = [part.strip() for value in values for part in str(value).split(",") if part.strip()]
    if values and not found:
        msg = "name at least one field, or leave it out"
        raise ValueError(msg)
    return found


def moment(value: date) -> str:
    """Give the beginning of a day, or a moment, as records write it; times before all records are one."""
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=UTC)
    if value.year < SINCE_YEAR:
        value = datetime(SINCE_YEAR, 1, 1, tzinfo=UTC)
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(value: object, read: ValidatorFunctionWrapHandler) -> object:
    """Say in one sentence what a day or a moment looks like; a number is not one, though pydantic reads seconds."""
    if _is_number(value):
        msg = "a number is neither a day nor a moment: write 2026-11-21; to follow a release by its number, ask"
        msg += " /v1/changes?since=NUMBER"
        raise ValueError(msg)
    try:
        return read(value)
    except ValidationError as error:
        msg = "write a day, 2026-11-21, or a moment with its zone, 2026-11-21T08:30:00Z"
        raise ValueError(msg) from error


def _day(value: object) -> object:
    if _is_number(value):
        msg = "a number is not a day: write 2026-01-31"
        raise ValueError(msg)
    return value


def _is_number(value: object) -> bool:
    try:
        float(str(value))
    except ValueError:
        return False
    return True


Theme = Annotated[str, *one_of(vocabulary("themes").codes)]
Activity = Annotated[str, *one_of(vocabulary("activities").codes)]
Sector = Annotated[str, *one_of(vocabulary("sectors").codes)]
Group = Annotated[str, *one_of(vocabulary("groups").codes)]
Kind = Annotated[str, *one_of(vocabulary("kinds").codes)]
Region = Annotated[str, *one_of(region.code for region in regions())]
Municipality = Annotated[str, Field(min_length=1, max_length=100)]
LanguageCode = Annotated[str, Field(pattern="^[a-z]{2,3}$")]
Since = Annotated[AwareDatetime | date, WrapValidator(_moment)]
ChangedSince = Annotated[
    Since | None,
    Field(description="Day or moment; records whose content changed then or later.", examples=["2026-11-21"]),
]
Regions = Annotated[list[Region], Field(description="Administrative region, two digits.", examples=[["06"]])]
Municipalities = Annotated[
    list[Municipality], Field(description="Case and accents do not count.", examples=[["Laval"]])
]
Sectors = Annotated[list[Sector], Field(examples=[["community"]])]
Limit = Annotated[int, Field(ge=1, le=MOST, description="Records a page.", examples=[20])]
Cursor = Annotated[
    str | None,
    Field(
        max_length=QUERY_LENGTH,
        description="Where to go on: taken from `next` of the page before, with the same filters. It stays in the"
        " release it began in.",
    ),
]
Query = Annotated[
    str | None,
    Field(
        max_length=QUERY_LENGTH,
        description="Words that must all be there, in French or in English; accents, inflection, elision (`l’`, `d’`)"
        " and inclusive marks do not count. First come records of the place that the query names, if it names one; then"
        " records whose name has all words, then those whose summary, places, organisations or labels help, each time"
        " those with the very words first; then the rest.",
        examples=["travail de rue", "runaway"],
    ),
]


def _fields(example: str) -> tuple[Any, ...]:
    """Give the annotations of a choice of fields."""
    said = "Only these fields, and `id`; repeat it, or separate with commas."
    return BeforeValidator(_split), Field(description=said, examples=[[example]])


InitiativeFields = Annotated[list[Annotated[str, *one_of(Initiative.model_fields)]], *_fields("name")]
OrganizationFields = Annotated[list[Annotated[str, *one_of(Organization.model_fields)]], *_fields("name")]
NewsFields = Annotated[list[Annotated[str, *one_of(NewsItem.model_fields)]], *_fields("title")]


class Nothing(Parameters):
    """No parameters."""


class Page(Parameters):
    """One page of a list."""

    limit: Limit = LIMIT
    cursor: Cursor = None


class Flat(Parameters):
    """How texts in two languages are written."""

    lang: Annotated[
        Language | None,
        Field(
            description="Write texts in this language instead of `{fr, en}`. `texts` then tells, by path, in which"
            " language each stands and how it came to be.",
            examples=["fr"],
        ),
    ] = None
    fallback: Annotated[
        bool,
        Field(
            description="With `lang`: give the other language where a text is missing; false gives null.",
            examples=[False],
        ),
    ] = True


class OneInitiative(Flat):
    """One initiative."""

    fields: InitiativeFields = []


class OneOrganization(Parameters):
    """One organisation."""

    fields: OrganizationFields = []


class OneNews(Parameters):
    """One news item."""

    fields: NewsFields = []


class InitiativeFilters(Flat, Page):
    """Filters of initiatives: values of one parameter are alternatives, different parameters must all hold."""

    q: Query = None
    theme: Annotated[list[Theme], Field(examples=[["runaway"]])] = []
    activity: Annotated[list[Activity], Field(examples=[["street-work"]])] = []
    region: Regions = []
    municipality: Municipalities = []
    sector: Sectors = []
    group: Annotated[list[Group], Field(description="Group of the audience.", examples=[["youth"]])] = []
    age: Annotated[
        Age | None,
        Field(description="An age within the audience's; records that give no age are left out.", examples=[17]),
    ] = None
    organization: Annotated[
        list[OrganizationId],
        Field(description="Id of the lead organisation or of a partner; merged ids work.", examples=[["org-3vgld6ni"]]),
    ] = []
    language_offered: Annotated[list[LanguageCode], Field(description="Language of service.", examples=[["en"]])] = []
    kind: Annotated[list[Kind], Field(examples=[["project"]])] = []
    reviewed: Annotated[bool | None, Field(description="Whether a curator approved the record.", examples=[True])] = (
        None
    )
    changed_since: ChangedSince = None
    fields: InitiativeFields = []


class OrganizationFilters(Page):
    """Filters of organisations."""

    q: Query = None
    sector: Sectors = []
    region: Regions = []
    municipality: Municipalities = []
    fields: OrganizationFields = []


class NewsFilters(Page):
    """Filters of news."""

    q: Query = None
    language: Annotated[
        list[Annotated[str, *one_of(LANGUAGES)]], Field(description="Language it is written in.", examples=[["fr"]])
    ] = []
    initiative: Annotated[
        list[InitiativeId], Field(description="Id of an initiative it speaks of.", examples=[["ini-7f3k9q2m"]])
    ] = []
    published_since: Annotated[
        date | None,
        BeforeValidator(_day),
        Field(description="Published that day or later.", examples=["2026-01-31"]),
    ] = None
    changed_since: ChangedSince = None
    fields: NewsFields = []


class ChangeFilters(Page):
    """Which changes."""

    since: Annotated[
        int,
        Field(
            ge=0,
            le=2**31 - 1,
            description="Number of the release you have; 0 gives the whole history.",
            examples=[0],
        ),
    ] = 0
    type: Annotated[
        list[Annotated[str, *one_of(("initiative", "organization", "news"))]],
        Field(description="Type of the records.", examples=[["initiative"]]),
    ] = []

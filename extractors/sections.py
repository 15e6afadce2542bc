"""The labelled sections of a page that presents one initiative.

A section is known by the words of its heading, in French or English. In a text dump headings may have lost their
mark-up and lists may stand before their headings, as when the two columns of a slider are read one after the other:
there, lists and headings are counted and paired in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from extractors.documents.labels import labelled_fact
from extractors.once import once_a_page
from extractors.quotations import is_attribution
from extractors.recognizers.fold import fold_text
from schemas.document import Block

SectionName = Literal[
    "intro",
    "description",
    "benefits",
    "impacts",
    "testimonials",
    "conclusion",
    "partners",
    "contact",
    "closing",
    "other",
]
Run = list[int]

_LABEL_WORDS = 14
"""A longer text is a sentence that happens to hold a label's words."""

_LABEL_LENGTH = 1_000
"""Characters that no label has, not even a closing sentence."""

_SIDE = (
    r"(?:milieux?|secteurs?|reseaux?|organismes?|institutions?|etablissements?|ecoles?|services? de police|policiers?|"
    r"police|municipalites?|partenaires?|communautaires?|institutionnel\w*|sectors?|communit(?:y|"
    r"ies)|organi[sz]ations?|"
    r"institutional|schools?|health|sante|education|scolaire|justice|public|agenc(?:y|ies)|networks?|partners?)"
)
_GAIN = (
    r"(?:gagne(?:nt)?|beneficie(?:nt)?|benefices?|avantages?|profite(?:nt)?|retire(?:nt)?|apports?|apporte(?:nt)?|gains?|"
    r"retombees|plus-values?|benefits?|gains|advantages?|brings?|gets?|offers?|value)"
)

LABELS: tuple[tuple[SectionName, str], ...] = (
    (
        "closing",
        r"^(?:vous venez de\b|you(?: have|'ve) just\b|(?:bravo|felicitations)\b|(?:boite a outils|toolbox)$|"
        r"(?:a lire aussi|voir aussi|related (?:content|pages)|read (?:also|more)|autres (?:initiatives|"
        r"maillages|projets)|"
        r"other (?:initiatives|alliances|projects))|"
        r"(?:see|view|browse|read|consulte[rz]?|voir|voyez|decouvr\w+) (?:the |our |les |nos |toutes les |all )?"
        r"(?:other|autres|all) \w+)",
    ),
    (
        "closing",
        r"\b(?:(?:you have|you've)(?: just)? (?:completed|finished|reached)|vous (?:venez de|avez)(?: bien)? "
        r"(?:completer|complete|terminer|termine|finaliser|finalise)|congratulations|"
        r"(?:share|partagez|partager)\b.*\b(?:page|initiative|reseau|email|print)|"
        r"(?:consult\w*|visit\w*|decouvr\w*|discover|explor\w*) (?:the|our|la|notre|nos)? ?(?:toolbox|"
        r"boite a outils|outils|tools))",
    ),
    ("benefits", rf"\b{_GAIN}\b.*\b{_SIDE}\b|\b{_SIDE}\b.*\b{_GAIN}\b"),
    (
        "benefits",
        r"^(?:ce que|what) (?:\w+ ){1,2}(?:y |en )?(?:gagne|retire|rapporte|apporte|gains?|brings?)(?:nt)?\b",
    ),
    ("benefits", r"^(?:les |des |the )?(?:benefices?|avantages|gains|benefits|advantages)\b"),
    (
        "description",
        r"^(?:(?:la |une )?(?:breve |courte )?description|presentation|apercu|sommaire|resume|overview|summary)\b|"
        r"^(?:about|a propos)(?: of)? (?:the |this |du |de la |de l'|de cette )?(?:project|projet|"
        r"collaboration|initiative|program|partner|partenariat)|"
        r"^(?:le projet|la collaboration|l'initiative|le partenariat|the (?:project|collaboration|"
        r"initiative|partnership))(?: en bref| in brief)?$|"
        r"^(?:en quoi consiste|qu'est-ce que|what is|what it is|en bref|in brief|nature de la collaboration|"
        r"fonctionnement|how (?:it|the \w+) works|how (?:does|do) \w+(?: \w+)? work|"
        r"comment (?:ca|cela|le \w+|la \w+) (?:fonctionne|marche)|comment fonctionne)|"
        r"^(?:le|la|l'|notre|the|our) ?(?:principe|idee|approche|modele|demarche|idea|approach|model)$",
    ),
    (
        "impacts",
        r"^(?:les |des |the |our |nos |ses )?(?:principa(?:ux|les) |main |key |observed )?"
        r"(?:impacts?|retombees|resultats|effets|outcomes?|results|effects|changements|achievements|realisations)\b|"
        r"^(?:\w+ ){1,2}(?:impacts?|retombees|resultats|effets|outcomes|results)$|"
        r"^(?:what (?:has )?change[ds]|ce qui (?:a )?change|ce que (?:ca|cela) (?:a )?change)\b",
    ),
    (
        "testimonials",
        r"^(?:un |des |les |a |some |our |nos )?(?:temoignages?|testimonials?|testimon(?:y|ies))\b|"
        r"^(?:ils|elles|elles et ils|ils et elles|they|on) (?:en parlent|en disent|say|said|talk)|"
        r"^what (?:they|people|partners) (?:say|think)|"
        r"^(?:paroles?|mots?) (?:de|des|d'|aux)|^(?:la )?parole aux?\b|^in their (?:own )?words|^words from\b|"
        r"^(?:voix|voices|echos) (?:du|des|de|from|of)\b|^ce qu'(?:ils|elles|on) en (?:dise|pense)",
    ),
    (
        "conclusion",
        r"^(?:en |la |pour |in |a )?(?:conclu\w+|closing (?:remarks|words)|mot de la fin|final (?:word|thoughts?))|"
        r"^(?:et maintenant|et apres|(?:et |pour )?la suite|prochaines etapes|pour aller plus loin|perspectives|"
        r"(?:regards? sur )?l'avenir|what(?: comes| is|'s) next|(?:the )?next steps?|looking ahead|going further|"
        r"the (?:future|road ahead))$",
    ),
    (
        "partners",
        r"^(?:les |nos |ses |our |the |its |principaux |main )*(?:partenaires?|partners?|collaborateurs|collaborators|"
        r"organismes (?:impliques|participants|partenaires|membres)|organi[sz]ations involved|"
        r"participating organi[sz]ations|acteurs impliques|who is involved|qui est implique|membres)\b",
    ),
    (
        "contact",
        r"^(?:contact\w*|nous (?:joindre|contacter|ecrire)|pour (?:nous joindre|nous contacter|joindre|"
        r"plus d'information\w*|"
        r"en savoir plus|information\w*)|coordonnees|personne-ressource|get in touch|reach us|for more information|"
        r"more information|"
        r"renseignements|information\w*|(?:pour )?infos?)\b",
    ),
)
"""Section → what its label says, in folded words (lower case, no accents); the first that fits decides.

A pattern that begins with ``^`` has it in all its alternatives, so that it is tried at the start of a text only.
"""

_COMPILED = tuple(
    (name, re.compile(pattern).match if pattern.startswith("^") else re.compile(pattern).search)
    for name, pattern in LABELS
)
_CLOSING = tuple((name, says) for name, says in _COMPILED if name == "closing")
"""A text to the reader that closes a page may be a sentence; every other label is short and bare."""
_COUNTER = re.compile(r"\(?\d{1,2}\s*(?:/|\bde\b|\bsur\b|\bof\b)\s*\d{1,2}\)?")
_INTRODUCTION = 3
"""Blocks at the top of a page that may address the reader without closing it."""
_LINE = re.compile(r"line (\d+)")
_ARTICLE = re.compile(r"^(?:l[ae]s? |l'|the |our |notre |nos )")
_LISTED: tuple[SectionName, ...] = ("benefits", "impacts")
_SIDE_ALONE = re.compile(
    rf"(?:(?:pour|for|chez|cote|du cote (?:de|du|des)) )?(?:les? |la |l'|"
    rf"the )?(?:\w+ )?{_SIDE}(?: (?:[ld]')?\w+){{0,4}}"
)
"""A heading below the one on benefits that only names who has them."""

_FOR_SIDE = re.compile(
    r"(?:pour|for|chez|du cote d(?:e|u|es)) (?:les? |la |l'|the )?(?:\w+ )?(?:milieux?|secteurs?|reseaux?|sectors?|"
    rf"networks?|{_SIDE})(?: (?:\w+ )?(?:\w+ ?){{0,2}})?[ :]*$"
)
"""A heading over a list that names who it is good for, whatever the heading above it says."""


@dataclass
class Section:
    """A part of a page: its label and the positions of its blocks."""

    name: SectionName
    heading: int | None = None
    positions: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class _Piece:
    """A label, a list, or other blocks, in reading order."""

    kind: Literal["label", "list", "text"]
    positions: tuple[int, ...]
    name: SectionName = "other"


def section_of(block: Block) -> SectionName | None:
    """Tell which section a block is the label of; ``None`` for a block that is no label."""
    if block.kind not in ("heading", "paragraph", "caption") or labelled_fact(block.text):
        return None
    if len(block.text) > _LABEL_LENGTH:
        return "other" if block.kind == "heading" else None
    text = fold_text(block.text).strip(" :.!?-\"'")
    bare = _ARTICLE.sub("", text, count=1)
    texts = (text,) if bare == text else (text, bare)
    may_close_only = len(text.split()) > _LABEL_WORDS or (block.kind != "heading" and not _bare(block))
    for name, says in _CLOSING if may_close_only else _COMPILED:
        if any(map(says, texts)):
            return name
    return "other" if block.kind == "heading" else None


def _bare(block: Block) -> bool:
    """Say whether a paragraph may be a label that lost its mark-up: no sentence, and no link."""
    return block.text.rstrip()[-1:] not in ".;,…»”" and not block.links


def is_counter(text: str) -> bool:
    """Say whether a text is the counter of a slider, such as 1/4."""
    return len(text) <= _LABEL_LENGTH and bool(_COUNTER.fullmatch(fold_text(text).strip()))


@once_a_page
def find_sections(blocks: Sequence[Block]) -> list[Section]:
    """Divide a page's blocks into its sections, the intro first; every block but labels and counters is in one."""
    pieces = list(_pieces(blocks))
    paired = _pair_lists(pieces)
    sections = [Section("intro")]
    opened: dict[int, Section] = {}
    for place, piece in enumerate(pieces):
        if piece.kind == "label":
            section = Section(piece.name, heading=piece.positions[0])
            sections.append(section)
            opened[place] = section
    for place, piece in enumerate(pieces):
        if piece.kind != "label":
            owner = paired.get(place)
            if owner is None:
                owner = max((label for label in opened if label < place), default=None)
            target = sections[0] if owner is None else opened[owner]
            target.positions.extend(piece.positions)
    return sections


def _pieces(blocks: Sequence[Block]) -> Iterator[_Piece]:
    listed: list[int] = []
    label: SectionName = "intro"
    for position, block in enumerate(blocks):
        said = position > 0 and blocks[position - 1].kind == "quotation" and is_attribution(block)
        name = None if said or is_counter(block.text) else section_of(block)
        if _names_a_side(name, label, blocks, position):
            name = "benefits"
        label = name or label
        if name == "closing" and position < _INTRODUCTION:
            name = "other" if block.kind == "heading" else None
        if name == "closing" and len(block.text.split()) > _LABEL_WORDS:
            continue
        item = name is None and _is_item(block, blocks[listed[-1]] if listed else None)
        if listed and (not item or _begins_list(blocks[listed[-1]], block)):
            yield _Piece("list", tuple(listed))
            listed = []
        if item:
            listed.append(position)
        elif name is not None:
            yield _Piece("label", (position,), name)
        elif not is_counter(block.text):
            yield _Piece("text", (position,))
    if listed:
        yield _Piece("list", tuple(listed))


def _names_a_side(name: SectionName | None, label: SectionName, blocks: Sequence[Block], position: int) -> bool:
    """Say whether a heading names who gains: below the heading on benefits, or 'For the … sector' over a list."""
    if name not in ("other", "partners"):
        return False
    text = fold_text(blocks[position].text)
    if label == "benefits" and _SIDE_ALONE.fullmatch(text):
        return True
    listed = position + 1 < len(blocks) and blocks[position + 1].kind == "list_item"
    return name == "other" and listed and bool(_FOR_SIDE.match(text))


def _is_item(block: Block, before: Block | None) -> bool:
    """Say whether a block is a list item, or a line of a list that lost its mark-up."""
    if block.kind == "list_item" or block.text.endswith(";"):
        return True
    return before is not None and before.text.endswith(";") and block.kind == "paragraph"


def _begins_list(before: Block, block: Block) -> bool:
    """Say whether a new list begins: a full stop among semicolons, another parent in the HTML, or a blank line."""
    if before.text.endswith(".") and block.text.endswith(";"):
        return True
    lines = [_LINE.fullmatch(path) for path in (before.path, block.path)]
    if lines[0] and lines[1]:
        return int(lines[1][1]) - int(lines[0][1]) > 1
    parents = [path.rpartition(" > ")[0] for path in (before.path, block.path)]
    return all(parents) and parents[0] != parents[1]


def _pair_lists(pieces: Sequence[_Piece]) -> dict[int, int]:
    """Pair lists with labels where labels stand empty: within a run of both, the n-th list goes to the n-th label."""
    paired: dict[int, int] = {}
    for run in _runs(pieces):
        labels = [place for place in run if pieces[place].kind == "label"]
        lists = [place for place in run if pieces[place].kind == "list"]
        empty = [place for place in labels if _is_empty(pieces, place)]
        if empty and len(labels) == len(lists):
            paired.update(zip(lists, labels, strict=True))
    return paired


def _runs(pieces: Sequence[_Piece]) -> Iterator[Run]:
    """Give the longest runs made of lists and labels of listed sections only."""
    run: Run = []
    for place, piece in enumerate(pieces):
        if piece.kind == "list" or (piece.kind == "label" and piece.name in _LISTED):
            run.append(place)
        else:
            yield run
            run = []
    yield run


def _is_empty(pieces: Sequence[_Piece], place: int) -> bool:
    return place + 1 >= len(pieces) or pieces[place + 1].kind == "label"

"""Lines inside an article's container that are not its text: credits, paywall notes, calls to subscribe or follow.

The rules are for articles only: "Inscrivez-vous" is furniture under a news item and a fact on the page of an
initiative. Each asks for a short block, since a paragraph may well speak of subscriptions or photographs.
"""

from __future__ import annotations

import re
from typing import Final

ASIDE_LENGTH = 320
"""Characters up to which a block may be an aside."""

DATE_LINE_LENGTH = 90
"""Characters up to which a block may be a date line."""

_PHOTO = r"photos?|images?|pictures?|photographs?|illustrations?|vidéos?|videos?|bild|foto"
_AGENCY = r"getty(?: images)?|afp|reuters|ap photo|the canadian press|la presse canadienne|istock|shutterstock|unsplash"
_PAPER = r"articles?|stor(?:y|ies)|contents?|contenus?|textes?|dossiers?|reports?|posts?|publications?|pages?"
_LETTER = r"newsletters?|infolettres?|bulletins?|alerts?|alertes?|updates|emails?|e-mails?|courriels?|inbox|boîte"
_NETWORKS = r"facebook|twitter|instagram|linkedin|youtube|tiktok|x\.com|threads|bluesky|whatsapp|telegram|google news"

# Rule → words of which a block must hold one (quick to see; _ is a space; none: always tried) → patterns.
# ^ is the block's start; a pattern without $ may be followed by anything.
_RULES: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    (
        "credit",
        "photo image picture illustration vidéo video bild foto crédit credit "
        "getty afp reuters press stock splash courtois gracieuse courtesy archive",
        (
            rf"^\W*(?:{_PHOTO}|crédits?|credits?)(?: (?:credits?|crédits?|by|par|de|via|courtesy|gracieuseté))* ?[:©/]",
            rf"^\W*(?:{_PHOTO}) (?:by|par|courtesy of|gracieuseté de) .{{2,60}}$",
            rf"^(?:\W*(?:{_AGENCY})\W*)+$",
            r"^\(?(?:courtoisie|gracieuseté|courtesy)\b.{0,60}\)?$",
            rf".*\((?:{_PHOTO}|crédits?|credits?|{_AGENCY}|courtoisie|gracieuseté|archives?|courtesy)\b[^()]{{0,70}}\)$",
            rf".{{0,200}}\b(?:{_PHOTO}|crédits?|credits?)(?: credits?| crédits?)? ?[:©] ?\S.{{0,50}}$",
        ),
    ),
    (
        "reading-time",
        "min temps time tempo lese",
        (
            r"^(?:temps de lecture|reading time|tempo di lettura|lesedauer|lesezeit)\b.{0,25}$",
            r"^\d+ ?min(?:ute)?s?(?: read| de lecture)?\W*$",
        ),
    ),
    (
        "paywall",
        "subscri log login sign regist abonn connect inscri compte "
        "reserved available exclusiv réservé already déjà reste you_have member membre",
        (
            rf".*\b(?:to|pour|afin de) (?:(?:continue|continuer|poursuivre)\b.{{0,15}}(?:reading|lecture|lire)|"
            rf"(?:view|read|access|unlock|lire|consulter|accéder)\b.{{0,30}}(?:{_PAPER}|suite))\b.{{0,60}}"
            r"(?:subscri|log ?in|sign|regist|abonn|connect|inscri|compte)",
            r".*\b(?:subscribe|log ?in|sign (?:in|up)|register|abonnez-vous|connectez-vous|inscrivez-vous|"
            r"créez un compte)\b.{0,60}\b(?:to|for|pour|afin de) .{0,30}(?:read|access|view|full|immediate|"
            r"lire|lecture|accéder|poursuivre|intégral)",
            rf".*\b(?:{_PAPER})\b.{{0,25}}\b(?:reserved|only available|exclusive|exclusively|réservée?s?|exclusi\w+)\b"
            rf".{{0,20}}\b(?:subscri|members|abonné|membres)",
            r".*\b(?:already|déjà) (?:a |an |un )?(?:subscri|member|abonné|membre)",
            r".*\b(?:il vous reste|you have) \d+ ?%? .{0,40}(?:lire|article|read)",
            r".*\bsubscribers? also receive\b",
        ),
    ),
    (
        "newsletter",
        "letter lettre bulletin alert updates mail courriel inbox boîte subscri abonn sign_up inscri your_door",
        (
            rf".*\b(?:sign(?:ing)? up|subscribe|register|inscrivez-vous|abonnez-vous|recevez|receive|get)\b.{{0,90}}"
            rf"\b(?:{_LETTER})\b.{{0,120}}$",
            r"^(?:please )?(?:subscribe|abonnez-vous)\b.{0,120}$",
            r".*\b(?:sign up|subscribe|inscrivez-vous|abonnez-vous) (?:here|now|today|ici|dès maintenant)\W*$",
            r".*\b(?:delivered|straight|right) (?:to|in|into|through) your (?:inbox|door|letterbox|mailbox)\b",
        ),
    ),
    (
        "follow",
        "follow suivez join like find rejoignez retrouvez download télécharg have "
        "got avez support donate soutenez appuyez don_ slideshow diaporama comment",
        (
            r"^(?:\W|you can |vous pouvez )*(?:follow|suivez|join|like|find|rejoignez|retrouvez)\b.{0,80}"
            rf"\b(?:{_NETWORKS})",
            r"^\W*(?:follow|suivez) .{0,60}@\w",
            r".*\bdownload (?:the|our|your)\b.{0,40}\bapps?\b|.*\btéléchargez (?:l['’]|notre |nos )app",
            r"^(?:have|got) (?:a|any) (?:news )?(?:tips?|stor(?:y|ies)|questions?|confidential)\b.{0,200}$",
            r"^(?:vous avez|avez-vous) (?:une|des) (?:nouvelles?|informations?|histoires?)\b.{0,200}$",
            r"^(?:(?:please )?(?:support|donate)|soutenez|appuyez|faites un don)\b.{0,60}"
            r"\b(?:journalism|journalisme|today|newsroom|média|journal|now)\b",
            r"^this slideshow requires javascript\W*$|^ce diaporama nécessite javascript\W*$",
            r"^(?:let us know|tell us|dites-nous|what do you think)\b.{0,80}\b(?:comments?|commentaires?)\b.{0,20}$",
        ),
    ),
    (
        "related",
        "",
        (
            r"^(?:(?:à )?lire (?:aussi|également|ensuite)|à (?:voir|écouter|consulter)(?: aussi)?|"
            r"voir (?:aussi|également)|read (?:also|more|next|the (?:full|latest))|"
            r"also read|see also|watch|regardez|related|recommended|"
            r"more (?:from|on|about|stories|news|coverage)|plus (?:de|sur)|lesen sie auch|"
            r"mehr zum thema)\b[^.?!]{0,25}[:|–—»]",
            r"^(?:(?:à )?lire (?:aussi|également)|read (?:more|also)|also read|see also|more (?:\w+ ){1,3}"
            r"(?:stories|news|articles|coverage|headlines))\W*$",
        ),
    ),
    (
        "comments",
        "comment",
        (
            r".*\bcomments?\b.{0,80}\b(?:moderated|published|republished|civil|approved|libell?ous|offensive|abusive)\b",
            r".*\bcommentaires?\b.{0,80}\b(?:modérés?|publiés?|respectueux|courtois|injurieux|diffamatoires?|nétiquette)\b",
        ),
    ),
    (
        "disclaimer",
        "responsib responsab expressed exprimé opinion propos contenu auteur recipe recette",
        (
            r".*\b(?:is|are) not responsible for (?:the )?(?:opinions?|content|views|statements)\b",
            r"^(?:the )?(?:views|opinions) expressed\b|^les (?:opinions|propos|vues) exprimée?s\b",
            r".*\bn['’](?:est|engagent|assume)\b.{0,20}\b(?:responsable|responsabilité|que)\b.{0,25}\b(?:opinions?|propos|contenus?|auteurs?)\b",
            r"^(?:jump to|print)(?: the)? recipe\b.{0,30}$|^aller à la recette\b.{0,30}$",
        ),
    ),
    ("advertisement", "", (r"^\W*(?:adverts?|ads?|annonces?|publicités?|anzeige|werbung|article continues)\W*$",)),
)  # fmt: skip
_COMPILED: Final = tuple(
    (rule, tuple(word.replace("_", " ") for word in words.split()), re.compile("|".join(patterns)))
    for rule, words, patterns in _RULES
)
_MONTHS = (
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september "
    "october november december janvier février fevrier mars avril mai juin juillet août aout septembre octobre "
    "novembre décembre decembre janv févr fév avr juil déc januar februar märz juni juli oktober dezember"
)
_AROUND_DATE = (
    "mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi "
    "vendredi samedi dimanche published publié publie publiée posted updated mis mise à a jour modifié modifiée last "
    "dernière modification update on le the at by par am pm est edt et pt gmt utc cst pst h min date de du and er st "
    "nd rd th uhr um stand il y ago hours heures minutes first created créé parution écrit heure"
)
_DATE_WORDS: Final = frozenset(f"{_MONTHS} {_AROUND_DATE}".split())
_MONTH_WORDS: Final = frozenset(_MONTHS.split())
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMERIC_DAY = re.compile(r"(?<!\d)\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?!\d)")


def aside_rule(text: str) -> str | None:
    """Name the rule by which a block of an article is not its text, if any."""
    if len(text) > ASIDE_LENGTH:
        return None
    if is_date_line(text):
        return "date-line"
    lowered = text.lower()
    for rule, words, pattern in _COMPILED:
        if (not words or any(map(lowered.__contains__, words))) and pattern.match(lowered):
            return rule
    return None


def is_date_line(text: str) -> bool:
    """Say whether a line tells a date and nothing else: only words that stand around dates are left beside it."""
    if len(text) > DATE_LINE_LENGTH or not _YEAR.search(text):
        return False
    words = [word.lower() for word in _WORD.findall(text)]
    dated = _NUMERIC_DAY.search(text) is not None or not _MONTH_WORDS.isdisjoint(words)
    return dated and _DATE_WORDS.issuperset(words)

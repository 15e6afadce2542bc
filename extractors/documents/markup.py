"""What elements, roles and class names say: which are furniture, cards, titles of folded parts, quotations.

Class names are read as words: ``site-footer__menu`` holds ``site``, ``footer`` and ``menu``. A rule names whole
words or runs of words, so that ``content-header`` or ``has-sidebar`` is not taken for a header or a sidebar.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import Final, NamedTuple

REMOVED: Final = (
    "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "canvas", "select", "textarea",
    "input", "audio", "video", "map", "title",
)  # fmt: skip
"""Elements without text of their own for a reader."""

HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}

BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
"""Elements that begin and end a line of their own."""

_BY_TAG: Final = {"nav": "navigation", "dialog": "popup"}
_BY_ROLE: Final = {
    "navigation": "navigation",
    "menu": "navigation",
    "menubar": "navigation",
    "banner": "header",
    "contentinfo": "footer",
    "search": "search",
    "dialog": "popup",
    "alertdialog": "popup",
}

# Rule → class or id words. A leading ^ ties the words to the start of the name, a trailing $ to its end.
_BY_WORDS: Final[tuple[tuple[str, str], ...]] = (
    (
        "consent",
        "cookie cookies cookiebot cookieconsent cookiebar cookielaw cookienotice consent gdpr rgpd cmplz onetrust "
        "ot-sdk tarteaucitron didomi axeptio truste cky cli moove_gdpr gdpr-cookie qc-cmp2 sp_message"
        " usercentrics termly",
    ),
    ("skip-link", "skip-link skip-to-content skiplink skip-links skip-nav"),
    ("carousel-clone", "slick-cloned swiper-slide-duplicate ^cloned$"),
    (
        "share-buttons",
        "share sharing sharedaddy addtoany a2a_kit a2a heateor addthis sharethis social socials socialmedia "
        "social-links shareaholic partage partager reseaux-sociaux sharebar share-buttons et_social ssba",
    ),
    (
        "newsletter",
        "newsletter newsletters infolettre infolettres mc4wp mailchimp mc_embed_signup mailpoet ^subscribe "
        "^subscription subscribe-form email-signup newsletter-signup signup-form cyberimpact ^optin",
    ),
    (
        "comments",
        "^comments$ ^comments ^comment$ comments-area comment-list commentlist comment-respond ^respond$ "
        "comment-form disqus fb-comments ^commentaires$ wp-block-comments comments-section post-comments",
    ),
    (
        "related",
        "related related-posts relatedposts jp-relatedposts yarpp yarpp-related recommended recommendations "
        "more-stories more-articles most-read most-popular popular-posts trending read-next readnext ^outbrain "
        "taboola zergnet articles-lies a-lire similar-posts also-read suggestions recirculation you-may-like "
        "latest-news latest-posts recent-posts recent-comments crp_related post-navigation nav-links nav-below "
        "navigation-posts more-news",
    ),
    ("breadcrumbs", "breadcrumb breadcrumbs fil-ariane ariane filariane ^bcrumb rank-math-breadcrumb"),
    ("pagination", "pagination pager$ ^pager page-numbers page-links paginate paging"),
    (
        "navigation",
        "nav navbar navigation ^menu$ menu$ main-menu mainmenu submenu sub-menu mega-menu megamenu menu-item "
        "menu-container main-nav mainnav topnav topbar top-bar sidenav offcanvas off-canvas site-navigation toc ez-toc "
        "ez-toc-container mobile-menu lang-switcher language-switcher language-chooser wpml-ls lang_sel trp-language "
        "elementor-nav-menu burger hamburger back-to-top backtotop tag-cloud tagcloud",
    ),
    ("search", "search-form searchform searchbox search-box search-bar ^search$ recherche-form moteur-recherche"),
    ("login", "login login-form loginform ^signin connexion-form user-login my-account membership-login"),
    ("popup", "popup popups pop-up modal modals lightbox pum pum-overlay elementor-location-popup ^overlay$ mfp-hide"),
    (
        "advertisement",
        "advert adverts advertisement advertising advertisment ad$ ^ad ads$ ^ads adsbygoogle ad-container ad-slot "
        "ad-wrapper ad-banner adunit dfp gpt-ad google-ads publicite pub-container bannerad sponsored ^promo$ "
        "promo-box promotion-box paywall",
    ),
    (
        "header",
        "site-header siteheader masthead page-topbar header-top top-header main-header global-header header-main "
        "elementor-location-header et-l--header ^header$ site-branding",
    ),
    (
        "footer",
        "site-footer sitefooter colophon page-footer main-footer global-footer footer-widgets footer-widget "
        "footer-area footer-bottom footer-top elementor-location-footer et-l--footer ^footer$ ^pied-de-page$ ^pied$ "
        "^pied_page$ copyright "
        "entry-footer post-footer article-footer",
    ),
    (
        "sidebar",
        "sidebar$ ^sidebar widget-area widget_recent_entries widget_categories widget_archive widget_tag_cloud "
        "^secondary$ rail right-rail barre-laterale sidebar-primary",
    ),
    (
        "post-details",
        "post-tags tags-links entry-tags article-tags tag-links tagged cat-links entry-meta-bottom post-views "
        "post-ratings author-box author-bio about-author authorbox post-author-box tags-list tag-list article-keywords",
    ),
    ("screen-reader", "sr-only screen-reader-text visually-hidden visuallyhidden assistive-text screenreader"),
)

_IGNORED_NAME: Final = re.compile(
    r"^(no|has|with|without|is|not|js|hide|show|have|enable|disable|supports|single|type|category|tag|post|page|status"
    r"|format|content|et_pb_with|theme|wp-child-theme|vc|hentry|elementor-kit|elementor-page|elementor-element"
    r"|align|wp-image)"
    r"(?=[-_]|$)(?!.*(?:-tags|-footer|-navigation|-comments|-author-box|-details|-meta|-ratings|-views|-numbers"
    r"|-links|-topbar|_topbar|-modal)$)"
)
"""Names that describe a state, a template or a category, not the element's part in the page."""


_PARTS: Final = re.compile(r"[-_]+")


class _Word(NamedTuple):
    """One word of a rule."""

    order: int
    """Place of the rule among the rules."""
    rule: str
    parts: list[str]
    first: bool
    """The name begins with it."""
    last: bool
    """The name ends with it."""

    def stands_in(self, name: list[str]) -> bool:
        """Say whether the word stands in a name cut into its parts."""
        length, most = len(self.parts), len(name) - len(self.parts)
        starts = range(most if self.last else 0, 1 if self.first else most + 1)
        return any(name[start : start + length] == self.parts for start in starts if 0 <= start <= most)


def _by_first_part() -> dict[str, list[_Word]]:
    rules: dict[str, list[_Word]] = defaultdict(list)
    for order, (rule, words) in enumerate(_BY_WORDS):
        for word in words.split():
            parts = _PARTS.split(word.strip("^$"))
            rules[parts[0]].append(_Word(order, rule, parts, word.startswith("^"), word.endswith("$")))
    return dict(rules)


_RULES: Final = _by_first_part()
"""Words of the rules by their first part: only those that begin with a part of a name can stand in it."""
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@lru_cache(maxsize=65536)
def _name_rule(name: str) -> str | None:
    name = _CAMEL.sub("-", name).lower()
    parts = _PARTS.split(name)
    words = [word for part in parts for word in _RULES.get(part, ())]
    if not words or _IGNORED_NAME.match(name):
        return None
    return min(((word.order, word.rule) for word in words if word.stands_in(parts)), default=(0, None))[1]


@lru_cache(maxsize=16384)
def furniture_rule(tag: str, role: str | None, classes: str | None, ident: str | None) -> str | None:
    """Name the furniture rule that an element's tag, role, class or id asks for, if any."""
    if tag in _BY_TAG:
        return _BY_TAG[tag]
    if role and role in _BY_ROLE:
        return _BY_ROLE[role]
    for name in (*(classes or "").split(), *(ident or "").split()):
        if rule := _name_rule(name):
            return rule
    return None


_CARD: Final = re.compile(
    r"(?:^|[-_\s])(?:card|cards?-item|item|entry|teaser|loop-item|list-item|result|post|tile|vignette|fiche|bloc|box"
    r"|views-row|accordion-item|toggle|toggle-item|faq-item|tab-pane|slide|member|listing)(?=$|[-_\s])"
)


@lru_cache(maxsize=8192)
def is_card(classes: str | None) -> bool:
    """Say whether a class attribute names an entry of a list: a card, an item, a folded part."""
    return bool(classes and _CARD.search(classes.lower()))


_TITLE: Final = re.compile(
    r"(?:accordion|toggle|tab|panel|collapse|faq|question|spoiler)[\w]*[-_]+(?:title|header|heading|button"
    r"|trigger|question)"
    r"|(?:accordion|toggle)title|^question$"
)


@lru_cache(maxsize=8192)
def is_folded_title(tag: str, role: str | None, classes: str | None) -> bool:
    """Say whether an element is the title of a part that a click unfolds."""
    if tag == "summary":
        return True
    return bool(classes and any(_TITLE.search(name) for name in classes.lower().split()))


_QUOTE: Final = re.compile(
    r"(?:^|[-_\s])(?:blockquote|pullquote|testimonial-content|testimonial-text|quote-text|citation)(?=$|[-_\s])"
)


@lru_cache(maxsize=8192)
def is_quotation(classes: str | None) -> bool:
    """Say whether a class attribute names the words of a quotation."""
    return bool(classes and _QUOTE.search(classes.lower()))


_CAPTION: Final = re.compile(
    r"(?:^|[-_\s])(?:caption|wp-caption-text|credit|credits|legende|photo-credit|image-credit|cutline"
    r"|gallery-caption)(?=$|[-_\s])"
)


@lru_cache(maxsize=8192)
def is_caption(classes: str | None) -> bool:
    """Say whether a class attribute names a caption or a picture credit."""
    return bool(classes and _CAPTION.search(classes.lower()))


_BODY: Final = re.compile(
    r"(?:article|story|post|entry|news|page|content|main|single|td-post)[-_]*(?:body|content|text|copy|contenu)[\w-]*"
    r"|^(?:article|story|post|entry)$|^mw-parser-output$|^field-name-body$|^texte$|^body-?(?:copy|text)$"
    r"|^contenu$|^content$"
)


@lru_cache(maxsize=8192)
def body_name(classes: str | None, itemprop: str | None) -> str | None:
    """Give the class name that marks an element as an article's body, in a form fit for a CSS path."""
    if itemprop and "articleBody" in itemprop:
        return '[itemprop~="articleBody"]'
    for name in (classes or "").split():
        if re.fullmatch(r"[A-Za-z_][\w-]*", name) and _BODY.search(name.lower()):
            return f".{name}"
    return None

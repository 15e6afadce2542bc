"""Files of the site that say nothing of the data: style, scripts, words and the search page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from passerelle.publishing.site.rendering import render
from passerelle.publishing.site.safe import script
from passerelle.publishing.site.words import label_lists, words
from schemas.base import LANGUAGES, Language
from schemas.edition import per_edition
from schemas.gazetteer import regions

_ASSETS = Path(__file__).with_name("assets")


@per_edition
def fixed_site_files() -> dict[str, bytes]:
    """Give path in the release → bytes."""
    return {path: make() for path, make in makers().items()}


def makers() -> dict[str, Callable[[], bytes]]:
    """Give path in the release → what makes the file, from the code and the words of the vocabularies alone."""
    assets = sorted(path for path in _ASSETS.iterdir() if path.is_file())
    files: dict[str, Callable[[], bytes]] = {f"site/assets/{path.name}": path.read_bytes for path in assets}
    for language in LANGUAGES:
        files[f"site/assets/words-{language}.js"] = partial(_words, language)
        files[f"site/{language}/index.html"] = partial(_index, language)
    files["site/index.html"] = partial(render, "root", "fr", "index.html", root="", home="fr/", twins=False)
    return files


def _words(language: Language) -> bytes:
    said = words("browser", language) | {f"origin-{key}": word for key, word in words("origin", language).items()}
    return script("language", {"words": said, "labels": label_lists(language)})


def _index(language: Language) -> bytes:
    codes = [region.code for region in regions()]
    return render("index", language, "index.html", root="../", regions=codes)

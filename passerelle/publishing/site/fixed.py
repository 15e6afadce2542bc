"""Files of the site that say nothing of the data: style, scripts, words and the search page."""

from __future__ import annotations

from pathlib import Path

from passerelle.publishing.site.rendering import render
from passerelle.publishing.site.safe import script
from passerelle.publishing.site.words import label_lists, words
from schemas.base import LANGUAGES
from schemas.edition import per_edition
from schemas.gazetteer import regions

_ASSETS = Path(__file__).with_name("assets")


@per_edition
def fixed_site_files() -> dict[str, bytes]:
    """Give path in the release → bytes."""
    files = {f"site/assets/{path.name}": path.read_bytes() for path in sorted(_ASSETS.iterdir()) if path.is_file()}
    codes = [region.code for region in regions()]
    for language in LANGUAGES:
        said = words("browser", language) | {f"origin-{key}": word for key, word in words("origin", language).items()}
        told = {"words": said, "labels": label_lists(language)}
        files[f"site/assets/words-{language}.js"] = script("language", told)
        files[f"site/{language}/index.html"] = render("index", language, "index.html", root="../", regions=codes)
    files["site/index.html"] = render("root", "fr", "index.html", root="", home="fr/", twins=False)
    return files

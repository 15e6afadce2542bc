"""Packs exported models as Argos packages: ``python -m training.pack --work DIR --version 0.1``.

The same input gives the same bytes. Argos's own splitter is downloaded at first use, and the packages carry none:
Passerelle splits sentences itself; other programs set a translation's ``sentencizer`` to a splitter of their own.
"""

from __future__ import annotations

import argparse
import json
import logging
import zipfile
from pathlib import Path

from training.corpus import read_sources
from training.tokenizer import LANGUAGE_TAGS, PLACEHOLDERS, Language

log = logging.getLogger("training.pack")
NAMES: dict[Language, str] = {"en": "English", "fr": "French"}
STAMP = (2020, 1, 1, 0, 0, 0)


def metadata(source: Language, target: Language, version: str) -> dict[str, object]:
    """Give a package's ``metadata.json``; ``placeholder`` is ours: the form of what the model copies through."""
    return {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": source,
        "from_name": NAMES[source],
        "to_code": target,
        "to_name": NAMES[target],
        "passerelle": {"placeholder": PLACEHOLDERS[0].replace("0", "{}"), "placeholders": len(PLACEHOLDERS)},
    }


def readme(source: Language, target: Language, version: str, *, free_only: bool) -> str:
    """Write a package's README: what it is, the licences of its data, what it must not be used for."""
    lines = [
        f"# Passerelle {NAMES[source]} → {NAMES[target]} {version}",
        "",
        "A small model for the prose of community organisations, trained by the Passerelle project, whose",
        "training/README.md has the recipe and the scores. Have a translation read by someone before it is published.",
        "",
        "Argos Translate's default sentence splitter is downloaded; offline, set the translation's `sentencizer`.",
        "",
        "## Training data",
        "",
    ]
    sources = {name: row for name, row in read_sources().items() if row["free"] or not free_only}
    if not free_only:
        held_back = ", ".join(sorted(name for name, row in sources.items() if not row["free"]))
        lines += [f"Non-commercial and research use only: {held_back} are not free for every use.", ""]
    lines += [f"- {name}: {row['licence']}" for name, row in sources.items()]
    return "\n".join(lines) + "\n"


def pack(
    model: Path, tokenizer: Path, folder: Path, languages: tuple[Language, Language], version: str, *, free_only: bool
) -> Path:
    """Write one ``.argosmodel``.

    Args:
        model: folder of the exported model.
        tokenizer: SentencePiece model.
        folder: where to write.
        languages: from, to.
        version: of the package, as ``0.1``.
        free_only: whether the model saw only data free for every use.
    """
    name = f"translate-{'_'.join(languages)}-{version.replace('.', '_')}"
    files = {f"model/{path.name}": path.read_bytes() for path in sorted(model.iterdir())}
    files["sentencepiece.model"] = tokenizer.read_bytes()
    files["metadata.json"] = json.dumps(metadata(*languages, version), ensure_ascii=False, indent=2).encode()
    files["README.md"] = readme(*languages, version, free_only=free_only).encode()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.argosmodel"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for place, body in files.items():
            archive.writestr(zipfile.ZipInfo(f"{name}/{place}", STAMP), body, zipfile.ZIP_DEFLATED)
    return path


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--run", default="run")
    parser.add_argument("--version", required=True)
    parser.add_argument("--free-only", action="store_true", help="the run was trained with --free-only")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    run: Path = options.work / options.run
    tokenizer = options.work / "data" / "spm.model"
    for target in LANGUAGE_TAGS:
        source: Language = "en" if target == "fr" else "fr"
        model = run / "exported" / f"to-{target}"
        path = pack(model, tokenizer, run / "packages", (source, target), options.version, free_only=options.free_only)
        log.info("%s, %.1f MB", path, path.stat().st_size / 1e6)


if __name__ == "__main__":
    main()

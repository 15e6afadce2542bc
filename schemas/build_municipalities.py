"""Rebuild municipalities.csv and mrcs.csv from the Répertoire des municipalités (Données Québec, CC BY 4.0).

The directory is renewed every year: download its CSV, then ``python -m schemas.build_municipalities FILE``.
The columns read are name, demonym, region_code, mrc and population.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from schemas.demonyms import demonym_forms
from schemas.gazetteer import FOLDER

COLUMNS = ("name", "kind", "regions", "municipality", "mrc", "other_names", "demonyms", "population")

PLACEHOLDER = "Toponyme à venir"
"""Name of unorganised territories that have none yet."""

OTHER_NAMES = {
    "Eeyou Istchee Baie-James": ("Eeyou Istchee James Bay", "Baie-James"),
    "Gesgapegiag": ("Gesgapegiaq",),
    "Kahnawake": ("Kahnawà:ke",),
    "L'Ancienne-Lorette": ("Ancienne-Lorette",),
    "L'Île-Perrot": ("Île-Perrot",),
    "Les Îles-de-la-Madeleine": ("Îles-de-la-Madeleine", "Magdalen Islands"),
    "Listuguj": ("Restigouche",),
    "Manawan": ("Manouane",),
    "Mashteuiatsh": ("Pointe-Bleue",),
    "Mont-Royal": ("Ville Mont-Royal", "Ville de Mont-Royal", "Town of Mount Royal"),
    "Montréal-Est": ("Montreal East",),
    "Montréal-Ouest": ("Montreal West",),
    "Obedjiwan": ("Opitciwan",),
    "Pessamit": ("Betsiamites",),
    "Québec": ("Ville de Québec", "Quebec City"),
    "Saint-Lin–Laurentides": ("Saint-Lin",),
    "Salaberry-de-Valleyfield": ("Valleyfield",),
    "Val-des-Sources": ("Asbestos",),
    "Wemotaci": ("Weymontachie",),
}
"""Short, English and earlier names that pages use, by official name."""

NOT_DEMONYMS = frozenset(
    {
        # Of the whole province, or of a region that bears the same adjective (it is in regions.csv or areas.csv).
        "Québécois",
        "Gaspésien",
        "Saguenéen",
        "Jeannois",
        # Words and first names of every day: to read them as places would invent more than it would find.
        "Aurélien",
        "Auvergnat",
        "Bernardin",
        "Colombien",
        "Constantin",
        "Cypriote",
        "Damien",
        "Davidien",
        "Diligent",
        "Donatien",
        "Flavien",
        "Félicien",
        "Georgien",
        "Jacobin",
        "Justinien",
        "Lorrain",
        "Octavien",
        "Portageur",
        "Riverain",
        "Salésien",
        "Valentin",
        "Verdoyant",
        "Villageois",
        # Not a demonym: the directory's word for "demonym", misspelt.
        "Gentillé",
    }
)
"""Masculine forms that the tables leave out."""


def build(directory: Path, folder: Path = FOLDER) -> None:
    """Write municipalities.csv and mrcs.csv into ``folder`` from the ministry's ``directory``."""
    with directory.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["name"] != PLACEHOLDER]
    write(folder / "municipalities.csv", municipalities(rows))
    write(folder / "mrcs.csv", mrcs(rows))


def municipalities(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Make one row a name and region, most populous first.

    A village and its parish, or a town and its reserve, share name and region: a page does not tell them apart.
    """
    groups: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        groups[row["name"].replace("--", "–"), row["region_code"]].append(row)
    merged = [_municipality(name, region, group) for (name, region), group in groups.items()]
    return sorted(merged, key=lambda row: (-int(row["population"]), row["name"], row["regions"]))


def mrcs(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Make one row an MRC, by name.

    Named as running text names it (MRC des Maskoutains): bare, Les Sources or Les Moulins are words like others.
    """
    regions: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["mrc"].startswith("MRC "):
            regions[row["mrc"]].add(row["region_code"])
    return [
        _row(
            name=mrc_name(mrc), kind="mrc", regions="|".join(sorted(codes)), other_names="|".join(_other_mrc_names(mrc))
        )
        for mrc, codes in sorted(regions.items())
    ]


def mrc_name(written: str) -> str:
    """Turn the directory's 'MRC Les Maskoutains' into 'MRC des Maskoutains'; anything else stays as it is."""
    name = written.removeprefix("MRC ")
    if name == written or name.startswith("Des "):
        return written.replace("MRC Des ", "MRC des ")
    for article, contraction in (("Les ", "des "), ("Le ", "du "), ("La ", "de La "), ("L'", "de L'")):
        if name.startswith(article):
            return "MRC " + contraction + name.removeprefix(article)
    return f"MRC d'{name}" if name[0] in "AEIOUÉ" else f"MRC de {name}"


def write(path: Path, rows: Iterable[dict[str, str]]) -> None:
    """Write a table of places."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _municipality(name: str, region: str, group: list[dict[str, str]]) -> dict[str, str]:
    mrc = next((row["mrc"] for row in group if row["mrc"]), "")
    written = (row["demonym"] for row in group if re.split(r"[, ]", row["demonym"])[0] not in NOT_DEMONYMS)
    forms = dict.fromkeys(form for demonym in written for form in demonym_forms(demonym))
    return _row(
        name=name,
        kind="municipality",
        regions=region,
        municipality=name,
        mrc=mrc_name(mrc),
        other_names="|".join(OTHER_NAMES.get(name, ())),
        demonyms="|".join(forms),
        population=str(sum(int(row["population"] or 0) for row in group)),
    )


def _other_mrc_names(written: str) -> list[str]:
    return [written] if written != mrc_name(written) else []


def _row(**cells: str) -> dict[str, str]:
    return {column: cells.get(column, "") for column in COLUMNS}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path, help="CSV of the Répertoire des municipalités")
    build(parser.parse_args().directory)

"""The sector of an organisation that the gazetteer does not know, from the words of its name."""

from __future__ import annotations

import re

from extractors.recognizers.fold import fold_text

_SECTORS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("police", re.compile(r"\bpolice\b|\bsurete (?:du|municipale)\b|\bgendarmerie\b|\bmounted police\b")),
    (
        "health-social-services",
        re.compile(
            r"\bc(?:iu|r)?sss\b|\bclsc\b|\bhopital\b|\bhospital\b|\bcentre hospitalier\b|\bcentre integre\b|"
            r"\bsante publique\b|"
            r"\bclinique\b(?! (?:juridique|droits?))|\bchsld\b|\bclinic\b|\bcentres? jeunesse\b|"
            r"\bprotection de la jeunesse\b|\bcentre de readaptation\b|"
            r"\bgroupe de medecine\b|\bpublic health\b|\bhealth (?:centre|center|board|authority)\b|\bdpj\b|"
            r"\bregie regionale de la sante\b"
        ),
    ),
    (
        "education",
        re.compile(
            r"\becoles?\b|\bcegep\b|\bcollege\b|\buniversite\b|\buniversity\b|\bcommission scolaire\b|"
            r"\bservices scolaire\b|"
            r"\bschools?\b|\bpolyvalente\b|\bformation professionnelle\b|\bacademie\b|"
            r"\bcentre d'education des adultes\b"
        ),
    ),
    ("research", re.compile(r"\brecherche\b|\bresearch\b|\bchaire\b|\bobservatoire\b|\binstitut universitaire\b")),
    (
        "justice",
        re.compile(
            r"\btribunal\b|\bpalais de justice\b|\bpoursuites criminelles\b|\bprobation\b|"
            r"\bservices correctionnels\b|"
            r"\bcour (?:du|municipale|superieure)\b|\bcourt\b|\bbarreau\b|\baide juridique\b|\bdetention\b"
        ),
    ),
    (
        "municipal",
        re.compile(
            r"^(?:la )?(?:ville|municipalite|mrc|arrondissement|city|town|borough|municipality|"
            r"village (?:of|de)|office municipal)\b|"
            r"\bagglomeration de\b|\bservice (?:de securite |de prevention des )?incendies?\b|\bfire department\b"
        ),
    ),
    (
        "government",
        re.compile(
            r"\bministere\b|\bsecretariat a\b|\bgouvernement\b|\bgovernment\b|\bministry\b|\bservice canada\b|"
            r"\bdepartment of\b"
        ),
    ),
    (
        "private",
        re.compile(
            r"\bltee\b|\bltd\b|\bpharmacie\b|\bcaisse (?:desjardins|populaire)\b|\bbanque (?!alimentaire)|"
            r"\bs\.?e\.?n\.?c|& (?:fils|filles|freres|soeurs|associe?e?s|sons|daughters|brothers)$"
        ),
    ),
)


def sector_of(name: str) -> str:
    """Give the sector that a name tells of; community where nothing says otherwise, as for most who are named."""
    folded = fold_text(name)
    return next((sector for sector, pattern in _SECTORS if pattern.search(folded)), "community")

"""Tables of facts, and menus on one line of a dump; organisations are fictional, places are real."""

from tests.extractors.pages import extract

_ROW = """<tr><td><strong>{name}</strong><br>({other})</td>
<td>Porteur : {lead}<br>Partenaires : CISSS des Laurentides</td>
<td>Des bénévoles accompagnent chaque semaine des personnes aînées à leurs rendez-vous et à l’épicerie du village.</td>
<td>70 ans et plus</td><td>{town} (Laurentides)</td></tr>"""
_ENTRIES = (
    ("Cap sur demain", "Ahead Together", "Les Voisins du Lac", "Saint-Jérôme"),
    ("Bon pied", "Good Foot", "Entraide des Érables", "Mont-Laurier"),
    ("La Main verte", "Green Hand", "Les Semailles", "Sainte-Adèle"),
)
TABLE = (
    "<html lang='fr'><title>Répertoire des initiatives</title><h1>Répertoire des initiatives</h1><table>"
    "<tr><th>Initiative</th><th>Porteur et partenaires</th><th>En quoi ça consiste</th><th>Clientèle</th></tr>"
    + "".join(_ROW.format(name=name, other=other, lead=lead, town=town) for name, other, lead, town in _ENTRIES)
    + "</table></html>"
)


def test_a_row_gives_the_facts_of_its_labelled_lines_and_no_heading_is_an_entry() -> None:
    drafts = extract(TABLE, media_type="text/html").initiatives
    told = [
        (
            draft.name.value,
            draft.other_names[-1].value,
            draft.lead_organization.value.name if draft.lead_organization else None,
            draft.municipalities[0].value,
        )
        for draft in drafts
    ]
    assert told == list(_ENTRIES)

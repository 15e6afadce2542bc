"""What ``passerelle explain`` says, in French and in English."""

from __future__ import annotations

EXPLAIN: dict[str, tuple[str, str]] = {
    "explain.record": ("{name} ({id})", "{name} ({id})"),
    "explain.value": ("  {value} – règle {rule}", "  {value} – rule {rule}"),
    "explain.sentence": ("      « {sentence} »", "      “{sentence}”"),
    "explain.page": ("      {page}", "      {page}"),
    "explain.refused": ("Lu mais écarté :", "Read but not kept:"),
    "explain.nothing-refused": ("Rien n’a été écarté.", "Nothing was set aside."),
    "explain.denied": ("la phrase le nie ou l’excepte", "the sentence denies or excepts it"),
    "explain.in-a-name": (
        "ne se lit que dans le nom d’un organisme",
        "it only stands in the name of an organisation",
    ),
    "explain.no-part": (
        "nommé sans que la page lui donne une part dans l’initiative",
        "named, but the page gives it no part in the initiative",
    ),
    "explain.no-evidence": (
        "Aucune preuve n’est gardée pour cette fiche.",
        "No evidence is kept for this record.",
    ),
}

"""Wrong usage is told in the language asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import call

WRONG: list[tuple[tuple[str, ...], str]] = [
    (("--lang", "fr", "xliff", "export", "x.xlf"), "il manque l’option «\u00a0--to\u00a0»"),
    (("--lang", "fr", "xliff", "import", "none.xlf"), "le fichier «\u00a0none.xlf\u00a0» n’existe pas"),
    (("models", "install", "--lang=fr"), "il manque l’argument"),
    (("nosuch", "--lang", "fr"), "la commande «\u00a0nosuch\u00a0» n’existe pas"),
    (("--lang", "fr", "translate", "--nope"), "l’option --nope n’existe pas"),
    (("--lang", "fr", "issues", "a", "b"), "de trop\u00a0: a b"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_wrong_usage_is_told_in_french_where_french_is_asked_for(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    done = call(tmp_path, *arguments)
    assert done.exit_code == 2
    assert said in done.output
    assert not [word for word in ("Missing", "No such", "does not exist", "Error", "unexpected") if word in done.output]


def test_wrong_usage_is_told_in_the_language_of_the_locale(tmp_path: Path) -> None:
    assert "la commande" in call(tmp_path, "nosuch", LC_ALL="fr_CA.UTF-8").output
    assert "No such command" in call(tmp_path, "nosuch").output

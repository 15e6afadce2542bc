from pathlib import Path

import pytest

from extractors.expected import differences, saved_pages

HERE = Path(__file__).parent


@pytest.mark.parametrize("page", saved_pages(HERE), ids=lambda page: page.name)
def test_a_saved_page_gives_what_a_careful_reader_finds(page: Path) -> None:
    missed = differences(page)
    assert not missed, "\n".join([f"{page.name}:", *missed])

from __future__ import annotations

from schemas.drafts import QUOTE_LENGTH, quoted


def test_a_quote_that_is_cut_says_so_and_one_that_fits_stays_whole() -> None:
    fits = "é" * QUOTE_LENGTH
    assert quoted(fits) == fits
    cut = quoted("Un lieu sûr. " * 20)
    assert len(cut) <= QUOTE_LENGTH
    assert cut.endswith("…")
    assert ("Un lieu sûr. " * 20).startswith(cut[:-1])

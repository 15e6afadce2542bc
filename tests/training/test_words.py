"""The words that the station knows, chosen from counts."""

from collections import Counter

from training.words import count, known


def test_words_are_those_that_come_again_in_small_letters_and_are_not_only_quoted() -> None:
    pairs = [
        ("s", "The thrift shop, the shop of Rosa", "La friperie, la friperie « Thrift »"),
        ("s", "the shop", "typo"),
    ]
    counts = count(pairs)
    assert known(counts, "en") == ["shop", "the"]
    assert known(counts, "fr") == ["friperie"], "the article has a capital once"
    counts["fr"] += Counter({"the": 2, "le": 500})
    counts["en"] += Counter({"the": 900, "le": 3, "Monday": 12})
    assert "the" not in known(counts, "fr"), "quoted"
    assert "le" not in known(counts, "en"), "quoted"
    assert "monday" in known(counts, "en")

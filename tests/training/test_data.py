from __future__ import annotations

import lzma
import re
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.inclusive import expand_inclusive
from tests.training.toy import toy_pairs, write_toy_data
from training import augment
from training.augment import Example
from training.batches import Position, Stream
from training.corpus import NEAR, Corpus, read_sources, write_corpus
from training.inclusive import write_inclusively
from training.prepare import fits, is_dev, prepare
from training.tokenizer import PLACEHOLDERS, load_tokenizer
from training.typography import as_engine_reads, tidy, write_english, write_french

NBSP = "\u00a0"
MET = Example(
    "Les participants ont rencontré Ana Roy à Laval le 12 mai; écrivez à info@exemple.org.",
    "The participants met Ana Roy in Laval on May 12; write to info@exemple.org.",
    "en",
)


def random() -> np.random.Generator:
    return np.random.default_rng(3)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_toy_data(tmp_path_factory.mktemp("work"))


def test_french_is_written_with_guillemets_and_no_break_spaces() -> None:
    text = tidy('Il a dit : "Oui !" – 25 000 $ ou 10 % dès 14 h 30')
    assert write_french(text) == (
        f"Il a dit{NBSP}: «{NBSP}Oui!{NBSP}» – 25{NBSP}000{NBSP}$ ou 10{NBSP}% dès 14{NBSP}h{NBSP}30"
    )


def test_english_is_written_with_straight_quotes() -> None:
    assert write_english(tidy("He said «\u00a0yes\u00a0» and “no”; it’s fine")) == 'He said "yes" and "no"; it\'s fine'


@given(st.text())
def test_typography_never_fails_and_is_stable(text: str) -> None:
    once = write_french(tidy(text))
    assert write_french(once) == once
    assert not set("\u202f’“”\u200b") & set(once)
    assert as_engine_reads(once) == as_engine_reads(as_engine_reads(once))


def test_a_pair_of_unlike_length_or_one_text_twice_is_dropped() -> None:
    assert fits("Free for everyone", "Gratuit pour tout le monde")
    assert not fits("Free", "Gratuit pour tout le monde, tous les jours de la semaine")
    assert not fits("one two three four five", "one two three four five")
    assert not fits("", "Rien")


def test_the_tests_and_the_dev_pairs_stay_out_of_training(tmp_path: Path) -> None:
    pairs = [(f"Sentence number {n} of many", f"Phrase numéro {n} parmi bien d'autres") for n in range(2000)]
    rows = {"core": pairs, "held": pairs[5:6]}
    for name, kept in rows.items():
        with lzma.open(tmp_path / f"{name}.tsv.xz", "wt", encoding="utf-8") as file:
            file.writelines(f"tatoeba\t{english}\t{french}\n" for english, french in kept)
    prepare(tmp_path, tmp_path, vocabulary=500, spm_pairs=500, threads=1)
    train, dev = (
        {corpus.pair(at) for at in range(len(corpus))}
        for corpus in (Corpus(tmp_path / "data", name) for name in ("train", "dev"))
    )
    assert not train & dev
    assert train | dev == set(pairs) - {pairs[5]}
    assert dev == {pair for pair in pairs if is_dev(pair[0])}
    assert dev


def test_every_source_has_a_weight_and_a_licence() -> None:
    for name, row in read_sources().items():
        assert set(row) == {"weight", "free", "kind", "licence"}, name
        assert row["weight"] > 0


def test_the_free_corpus_draws_from_no_restricted_source(data: Path) -> None:
    corpus = Corpus(data, "train")
    assert corpus.weights(free_only=False).sum() == len(corpus)
    assert corpus.weights(free_only=True).sum() == 0


def test_a_run_that_cools_down_draws_more_of_what_is_near_to_community_pages(tmp_path: Path) -> None:
    write_corpus(
        tmp_path, "train", [("hansard", "Hear, hear.", "Bravo."), ("wmt13-human", "Snow fell.", "Il a neigé.")]
    )
    corpus = Corpus(tmp_path, "train")
    debates, news = corpus.weights(free_only=False, near=True) / corpus.weights(free_only=False)
    assert news > 1 > debates
    assert {row["kind"] for row in read_sources().values()} == set(NEAR)


def test_the_tokenizer_gives_back_every_character_and_one_token_for_a_placeholder(data: Path) -> None:
    tokenizer = load_tokenizer(data / "spm.model")
    text = f"« L’usager·ère »{NBSP}: 25{NBSP}000{NBSP}$ … – ⟦7⟧, ⟦31⟧ ☂"
    pieces = tokenizer.encode(text, out_type=str)
    assert tokenizer.decode_pieces(pieces) == text
    assert {"⟦7⟧", "⟦31⟧"} <= set(pieces)


def test_what_stands_on_both_sides_becomes_the_same_placeholder() -> None:
    seen = set()
    for seed in range(30):
        hidden = augment.hide_copies(MET, np.random.default_rng(seed))
        found = [sorted(re.findall(r"⟦\d+⟧", side)) for side in (hidden.source, hidden.target)]
        assert found[0] == found[1]
        assert len(found[0]) == len(set(found[0])) > 0
        seen.update(found[0])
    assert "info@exemple.org" not in augment.hide_copies(MET, random()).source or seen
    assert len(seen) > 10


def test_all_placeholders_are_met_in_training() -> None:
    rng = random()
    made = {augment.add_placeholder(MET, rng).source.rstrip(")").split()[-1].lstrip("(") for _ in range(600)}
    assert set(PLACEHOLDERS) <= made


def test_capitals_and_bullets_are_kept_by_the_translation() -> None:
    short = Example("Nos services", "Our services", "en")
    assert augment.shout(short, random()).target == "OUR SERVICES"
    bullet = augment.add_bullet(short, random())
    assert bullet.source.removesuffix("Nos services") == bullet.target.removesuffix("Our services") != ""


def test_title_case_makes_english_titles_and_leaves_french_in_sentence_case() -> None:
    assert (
        augment.title_case(Example("aide aux familles.", "help for families.", "en"), random()).target
        == "Help for Families"
    )
    into_french = augment.title_case(Example("Help for families", "Aide aux familles", "fr"), random())
    assert (into_french.source, into_french.target) == ("Help for Families", "Aide aux familles")


def test_only_the_source_loses_its_accents() -> None:
    changed = augment.lose_accents(Example("Été à l'école", "Summer at school", "en"), random())
    assert (changed.source, changed.target) == ("Ete a l'ecole", "Summer at school")


@pytest.mark.parametrize("seed", range(12))
def test_inclusive_forms_are_those_that_the_station_reads(seed: int) -> None:
    text = "Les participants et les travailleurs voient des citoyens"
    written = write_inclusively(text, np.random.default_rng(seed))
    assert written != text
    assert "participant" in written
    if not set("-/") & set(written):
        assert expand_inclusive(written) == text


@given(st.text(min_size=1, max_size=80), st.text(min_size=1, max_size=80), st.integers(0, 1000))
def test_augmentation_never_fails(english: str, french: str, seed: int) -> None:
    made = augment.augment(write_english(tidy(english)), write_french(tidy(french)), np.random.default_rng(seed))
    assert made.language in {"en", "fr"}


def test_the_stream_is_the_same_from_any_position_and_with_workers(data: Path) -> None:
    stream = Stream(data, 600, chunk_pairs=64)
    whole = list(islice(stream.batches(Position()), 40))
    assert {after.chunk for _, after in whole} >= {0, 1, 2}
    assert whole[-1][1].epoch > 0 or whole[-1][1].chunk > 1
    for number in (1, 7, 23):
        again = list(islice(stream.batches(whole[number][1]), 39 - number))
        assert [after for _, after in again] == [after for _, after in whole[number + 1 :]]
        for (ours, _), (theirs, _) in zip(again, whole[number + 1 :], strict=True):
            assert np.array_equal(ours.source, theirs.source)
            assert np.array_equal(ours.written, theirs.written)
    parallel = list(islice(stream.batches(Position(), workers=1), 5))
    assert all(np.array_equal(a.source, b.source) for (a, _), (b, _) in zip(parallel, whole, strict=False))


def test_batches_keep_to_their_tokens_and_lose_no_pair(data: Path) -> None:
    stream = Stream(data, 300, augmented=False, chunk_pairs=1000)
    batches = stream.chunk(0, 0)
    assert sum(len(batch.source) for batch in batches) == 2 * len(toy_pairs())
    assert max(max(batch.source.size, batch.written.size) for batch in batches) <= 300

from __future__ import annotations

import pytest

from rag.embed import Embedder, find_embedder
from rag.trust import FULL, EmbedderTrust, trust_in

MADE_FOR_TWO = EmbedderTrust("some", ("en", "de"), {"de": 0.8, "es": 0.25}, elsewhere=0.5, spread=0.1)


def test_the_default_embedder_is_known_by_its_name() -> None:
    trust = trust_in(Embedder(find_embedder()).name)
    assert trust.name
    assert trust.of("en") == FULL > trust.of("de")
    assert trust.of("en") > trust.of("fr")
    assert trust.spread > 0.0


def test_an_embedder_that_nobody_measured_is_trusted_with_caution() -> None:
    trust = trust_in("a folder that somebody brought")
    assert 0.0 < trust.of("en") < FULL
    assert trust.spread == 0.0


def test_what_was_measured_goes_before_what_it_was_made_for() -> None:
    assert [MADE_FOR_TWO.of(language) for language in ("en", "de", "es", "fr", "")] == [FULL, 0.8, 0.25, 0.5, FULL]


@pytest.mark.parametrize(
    ("elsewhere", "english", "spread"), [(1.5, 1.0, 0.1), (0.5, -0.1, 0.1), (0.5, 1.0, float("nan")), (0.5, 1.0, -1.0)]
)
def test_a_table_that_makes_no_sense_is_refused(elsewhere: float, english: float, spread: float) -> None:
    with pytest.raises(ValueError, match="some: "):
        EmbedderTrust("some", ("en",), {"en": english}, elsewhere, spread)


def test_of_one_that_nobody_has_measured_its_makers_say_for_which_languages_it_is() -> None:
    granite, gemma = trust_in("granite-embedding-107m-multilingual"), trust_in("embeddinggemma-300m")
    assert {granite.of(language) for language in ("de", "en", "fr", "it")} == {FULL}
    assert granite.of("eu") == granite.elsewhere < FULL
    assert gemma.of("eu") == FULL
    assert (trust_in("my own").languages, trust_in("my own").of("en")) == ((), trust_in("my own").elsewhere)

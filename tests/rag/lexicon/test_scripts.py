from __future__ import annotations

import pytest

from rag.lexicon.analysis import terms
from rag.lexicon.scripts import is_run, pairs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第三四半期の売上", "第三 三四 四半 半期 期の の売 売上"),
        ("租赁合同", "租赁 赁合 合同"),
        ("サーバー", "サー ーバ バー"),
        ("東京Tower 2号", "東京 tower 2 号"),
        ("猫", "猫"),
        ("한국어", "한국 국어"),
        ("ราคา", "รา าค คา"),
    ],
)
def test_scripts_without_spaces_are_overlapping_pairs(text: str, expected: str) -> None:
    assert " ".join(terms(text, "")) == expected


def test_what_is_contained_shares_its_pairs() -> None:
    assert set(pairs("売上高")) <= set(pairs("今期の売上高は"))


def test_other_scripts_are_words() -> None:
    assert not any(map(is_run, ["crane", "журавль", "γερανός", "رافعة", "सारस"]))
    assert terms("Журавль стоит", "") == ["журавль", "стоит"]
    assert terms("सारस खड़ा है", "") == ["सारस", "खड़ा", "है"]

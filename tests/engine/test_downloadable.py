"""What can be got by its id, of both tables."""

from __future__ import annotations

import pytest

from engine.downloadable import DownloadKind, downloadable, downloadables
from engine.errors import EngineProblem, PhialError
from engine.known_embedders import known_embedders
from engine.phi import phi_table


def test_every_row_of_both_tables_can_be_got_by_an_id_of_its_own() -> None:
    every = downloadables()
    assert len({each.id for each in every}) == len(every) == len(phi_table().models) + len(known_embedders())
    for each in every:
        assert downloadable(each.id) is each
        assert each.repository.count("/") == 1
        assert each.file.endswith(".gguf")
        assert len(each.sha256) == 64


def test_a_model_and_an_embedder() -> None:
    phi, granite = downloadable("phi-4-mini"), downloadable("granite-embedding-107m-multilingual")
    assert (phi.kind, phi.bytes) == (DownloadKind.MODEL, 2_491_874_688)
    assert (granite.kind, granite.bytes) == (DownloadKind.EMBEDDER, None)
    assert granite.sha256 == "3fc99928632fcecad589c401ec33bbba86b51c457e9813e3a1cb801ff4106e21"


@pytest.mark.parametrize("identity", ["", "Phi-4-mini", "phi-5", "smollm2-135m"])
def test_what_is_in_no_table_is_unknown(identity: str) -> None:
    with pytest.raises(PhialError) as caught:
        downloadable(identity)
    assert caught.value.kind is EngineProblem.MODEL_UNKNOWN


def test_what_llama_cpp_cannot_run_says_what_to_take() -> None:
    with pytest.raises(PhialError) as caught:
        downloadable("phi-3-small")
    assert caught.value.kind is EngineProblem.MODEL_NOT_RUN
    assert caught.value.parameters == {"model": "Phi-3-small", "instead": "Phi-4-mini, Phi-3-medium-4k"}

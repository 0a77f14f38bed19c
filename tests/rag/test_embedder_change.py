"""Another embedder is chosen: the former answers until every passage has a vector by the next, whatever happens."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from engine.errors import PhialError
from rag import embedding
from rag.courtesy import Courtesy
from rag.dense import Dense
from rag.embed import Embedder
from rag.embedder_change import Coming
from rag.embedding import Embedding
from rag.errors import LibraryProblem
from rag.interest import Interest
from rag.protocol import DocumentState, EmbedderProgress, IndexRebuilding
from rag.shown_embedders import ShownEmbedders
from rag.stores.database import Database
from rag.stores.history import History
from rag.stores.records import Records
from rag.stores.vector_records import VectorRecords
from rag.stores.vectors import FOLDER, index_folder
from rag.tally import Tally
from tests.engine.embedding_models import write_tiny_embedder
from tests.rag.stores.filling import add_document, sum_of

TEXTS = ("crane stands", "gust blows", "bread rises", "tide comes", "crane stands")
QUESTION = "bread rises"
OWN = "all-MiniLM-L6-v2"


class Bench:
    """A library with its embedding, worked step by step without a thread; ``opened`` anew it is as after a kill."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.open()

    def open(self) -> None:
        self.database = Database(self.home)
        self.records, self.vectors = Records(self.database), VectorRecords(self.database)
        self.dense = Dense(self.home, self.vectors, History(self.database))
        self.embedding = Embedding(
            self.vectors, self.dense, Courtesy(), Interest(), Tally(), lambda: False, lambda _keys: None
        )

    def close(self) -> None:
        self.dense.close()
        self.database.close()

    def open_again(self) -> None:
        self.close()
        self.open()

    def work(self) -> None:
        self.embedding._work(threading.Event())

    def choose(self, path: Path) -> None:
        self.dense.change.embedders.add(str(path))
        self.dense.change.choose(str(path))

    @property
    def coming(self) -> Coming:
        assert self.dense.change.coming is not None
        return self.dense.change.coming

    @property
    def name(self) -> str:
        assert self.dense.embedder is not None
        return self.dense.embedder.name

    def embed_some(self, count: int) -> None:
        """So many passages by the embedder that is coming, as one batch of the background does."""
        rows = self.coming.records.passages_to_embed(count, 0)
        self.dense.change.keep(self.coming.embedder, *self.embedding._vectors_of(rows, self.coming.embedder))
        self.dense.follow()

    def best(self, scope: str | None = None) -> str:
        """What the question finds first."""
        identity, cosine = self.dense.nearest(QUESTION, 3, None if scope is None else [sum_of(scope)])[0]
        assert cosine <= 1.001
        return self.records.passages([identity])[identity].text


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path / "home")
    add_document(made.records, "/a.md", *TEXTS)
    made.work()
    yield made
    made.close()


@pytest.fixture(scope="module")
def next_one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_embedder(tmp_path_factory.mktemp("next") / "next.gguf", dimensions=24)


@pytest.fixture(autouse=True)
def home_exists(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()


def kinds(bench: Bench) -> list[str]:
    return [notice.kind for notice in bench.dense.change.notices()]


def test_the_former_answers_until_every_passage_has_a_vector_by_the_next(bench: Bench, next_one: Path) -> None:
    bench.choose(next_one)
    assert (bench.name, bench.best(), bench.best("a.md")) == (OWN, QUESTION, QUESTION)
    bench.embed_some(3)
    (notice,) = bench.dense.change.notices()
    assert notice.kind == LibraryProblem.EMBEDDER_CHANGING
    assert notice.parameters == {"embedder": "next", "former": OWN, "done": 3, "passages": 5}
    assert (bench.name, bench.best()) == (OWN, QUESTION)
    assert {document.state for document in bench.records.documents()} == {DocumentState.READY}
    bench.work()
    assert (bench.name, bench.dense.change.coming, kinds(bench)) == ("next", None, [])
    assert bench.dense.nearest(QUESTION, 3, None)[0][1] <= 1.001
    assert {vector.shape for _, vector in bench.vectors.all_vectors()} == {(24,)}
    assert bench.dense.check()
    assert bench.vectors.count_indexed() == 4, "of the two that are alike one stands for both"
    # The index of the former is gone, and so are its vectors.
    assert bench.dense.embedder is not None
    assert list((bench.home / FOLDER).iterdir()) == [index_folder(bench.home, bench.dense.embedder.version)]
    count = bench.database.reader.execute("SELECT count(*) FROM vectors").fetchone()[0]
    assert count == len(set(TEXTS))


@pytest.mark.parametrize("done", [0, 2, 5])
def test_left_at_any_step_it_goes_on_where_it_was(
    bench: Bench, next_one: Path, done: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.choose(next_one)
    if done:
        bench.embed_some(done)
    bench.open_again()
    assert (bench.name, bench.best()) == (OWN, QUESTION)
    assert bench.coming.records.progress() == (done, 5)
    embedded: list[str] = []
    embed = Embedder.embed

    def noted(self: Embedder, texts: Sequence[str], **how: bool) -> object:
        embedded.extend(texts if not how.get("is_question") else ())
        return embed(self, texts, **how)

    monkeypatch.setattr(Embedder, "embed", noted)
    bench.work()
    assert bench.name == "next"
    # Nothing that was kept is computed again; the last passage says what the first one says.
    assert len(embedded) == len(set(TEXTS[done:]) - set(TEXTS[:done]))
    bench.open_again()
    assert (bench.name, bench.dense.check()) == ("next", True)


def test_killed_between_the_step_and_what_follows_it(
    bench: Bench, next_one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    bench.choose(next_one)
    with monkeypatch.context() as kill:
        kill.setattr("rag.embedders.Embedders.let_answer", killed)
        with pytest.raises(KeyboardInterrupt):
            bench.work()
    bench.open_again()
    assert (bench.name, bench.dense.change.coming) == ("next", None)
    assert bench.dense.change.embedders.choice.answers == str(next_one)
    bench.work()
    assert bench.dense.check()
    assert len(list((bench.home / FOLDER).iterdir())) == 1


def test_what_comes_and_goes_meanwhile_comes_and_goes_in_both(bench: Bench, next_one: Path) -> None:
    bench.choose(next_one)
    bench.embed_some(2)
    add_document(bench.records, "/b.md", "flour and dough")
    assert bench.embedding._embed_batch()
    assert bench.best("b.md") == "flour and dough"
    bench.records.remove_documents([sum_of("a.md")])
    bench.vectors.drop_unused()
    bench.dense.follow()
    assert bench.coming.index.opened().count() == 0
    bench.work()
    assert (bench.name, bench.best(), bench.best("b.md")) == ("next", "flour and dough", "flour and dough")
    assert bench.dense.change.index.opened().count() == 1
    assert {document.state for document in bench.records.documents()} == {DocumentState.READY}


def test_a_change_of_mind_costs_nothing(bench: Bench, next_one: Path, tmp_path: Path) -> None:
    bench.choose(next_one)
    bench.embed_some(3)
    bench.dense.change.choose("all-minilm-l6-v2")
    assert (bench.dense.change.coming, kinds(bench), bench.best()) == (None, [], QUESTION)
    bench.work()
    assert bench.name == OWN
    # While the library is open, what was made is found again; a document that went meanwhile is in neither index.
    bench.records.remove_documents([sum_of("a.md")])
    add_document(bench.records, "/b.md", *TEXTS[:3])
    bench.choose(next_one)
    bench.work()
    assert (bench.name, bench.dense.change.index.opened().count()) == ("next", 3)
    third = write_tiny_embedder(tmp_path / "third.gguf", seed=3)
    bench.choose(third)
    bench.embed_some(1)
    bench.dense.change.choose("next")
    bench.open_again()
    assert bench.database.reader.execute("SELECT count(*) FROM coming").fetchone()[0] == 0
    assert (bench.name, len(list((bench.home / FOLDER).iterdir()))) == ("next", 1)


def test_a_third_one_is_chosen_in_between(bench: Bench, next_one: Path, tmp_path: Path) -> None:
    bench.choose(next_one)
    bench.embed_some(3)
    left = bench.coming
    bench.choose(write_tiny_embedder(tmp_path / "third.gguf", seed=3))
    # A batch that was under way by the one that was left is not taken for the third's.
    bench.dense.change.keep(left.embedder, {1: "left"}, {})
    bench.dense.change.note(left, bench.dense.change.notices()[0])
    assert bench.coming.records.progress() == (0, 5)
    assert kinds(bench) == [LibraryProblem.EMBEDDER_CHANGING]
    assert not bench.dense.change.take_over(left)
    bench.work()
    assert (bench.name, bench.dense.check()) == ("third", True)


def test_an_empty_library_changes_at_once(tmp_path: Path, next_one: Path) -> None:
    bench = Bench(tmp_path / "home")
    bench.choose(next_one)
    assert (bench.name, bench.dense.change.coming) == ("next", None)
    add_document(bench.records, "/a.md", *TEXTS)
    bench.work()
    assert bench.best() in TEXTS
    bench.close()


def test_one_that_does_not_work_is_not_chosen(bench: Bench, next_one: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PhialError(LibraryProblem.EMBEDDER_FAILED)

    with monkeypatch.context() as broken:
        broken.setattr("rag.embed_gguf.GgufModel.encode", fail)
        with pytest.raises(PhialError) as failure:
            bench.choose(next_one)
    assert failure.value.kind is LibraryProblem.EMBEDDER_FAILED
    assert (bench.dense.change.coming, bench.dense.change.embedders.choice.chosen) == (None, "")


def test_one_that_fails_while_it_comes_is_tried_again(
    bench: Bench, next_one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PhialError(LibraryProblem.EMBEDDER_FAILED)

    bench.choose(next_one)
    with monkeypatch.context() as broken:
        broken.setattr("rag.embed_gguf.GgufModel.encode", fail)
        bench.work()
    assert kinds(bench) == [LibraryProblem.EMBEDDER_FAILED]
    assert (bench.name, bench.best(), bench.dense.problem) == (OWN, QUESTION, None)
    monkeypatch.setattr(embedding, "RETRY_SECONDS", 0.01)
    closing = threading.Event()
    thread = threading.Thread(target=bench.embedding.run, args=(closing, lambda error: pytest.fail(str(error))))
    thread.start()
    waiting = threading.Event()
    while bench.dense.change.coming is not None:
        waiting.wait(0.02)
    closing.set()
    bench.embedding.wake()
    thread.join(30)
    assert (bench.name, kinds(bench)) == ("next", [])


def test_one_that_is_gone_says_so_and_the_one_before_goes_on(bench: Bench, next_one: Path, tmp_path: Path) -> None:
    moved = next_one.rename(tmp_path / "moved.gguf")
    try:
        bench.choose(moved)
        bench.embed_some(2)
        moved.rename(next_one)
        bench.open_again()
        assert (bench.name, bench.best(), bench.dense.change.coming) == (OWN, QUESTION, None)
        (notice,) = bench.dense.change.notices()
        assert notice.kind == LibraryProblem.EMBEDDER_AWAY
        assert notice.parameters == {"embedder": "moved.gguf", "path": str(moved)}
        bench.work()
        assert bench.name == OWN
        # It is back: what was made by it is here, and the change goes on.
        next_one.rename(moved)
        bench.open_again()
        assert bench.coming.records.progress() == (2, 5)
        bench.work()
        assert bench.name == "moved"
    finally:
        moved.rename(next_one)


def test_where_the_one_that_answers_is_gone_nothing_is_found_by_meaning_and_another_can_be_chosen(
    bench: Bench, tmp_path: Path
) -> None:
    only = write_tiny_embedder(tmp_path / "only.gguf", seed=5)
    bench.choose(only)
    bench.work()
    only.unlink()
    bench.open_again()
    assert bench.dense.embedder is None
    assert bench.dense.problem is not None
    assert bench.dense.problem.kind == LibraryProblem.EMBEDDER_AWAY
    assert bench.dense.change.notices() == (), "it is told once"
    with pytest.raises(PhialError) as failure:
        bench.best()
    assert failure.value.kind is LibraryProblem.EMBEDDER_AWAY
    assert bench.dense.count_tokens(["crane stands"]) == [2], "passages are cut as ever"
    bench.work()
    bench.dense.change.choose("all-minilm-l6-v2")
    assert bench.name == OWN
    bench.work()
    assert (bench.best(), bench.dense.problem) == (QUESTION, None)


def test_where_the_former_is_gone_what_was_made_by_the_next_is_kept(
    bench: Bench, next_one: Path, tmp_path: Path
) -> None:
    only = write_tiny_embedder(tmp_path / "only.gguf", seed=5)
    bench.choose(only)
    bench.work()
    bench.choose(next_one)
    bench.embed_some(4)
    only.unlink()
    bench.open_again()
    assert (bench.name, bench.dense.change.coming, bench.dense.problem) == ("next", None, None)
    assert [row[4] for row in bench.vectors.passages_to_embed(9)] == [TEXTS[4]]
    assert {document.state for document in bench.records.documents()} == {DocumentState.ANSWERABLE}
    assert {vector.shape for _, vector in bench.vectors.all_vectors()} == {(24,)}
    assert bench.best() == QUESTION, "those that have a vector are found by it at once"
    bench.work()
    assert {document.state for document in bench.records.documents()} == {DocumentState.READY}
    assert bench.dense.check()


def test_an_index_that_is_harmed_in_the_change_is_built_anew(bench: Bench, next_one: Path) -> None:
    bench.choose(next_one)
    bench.embed_some(4)
    bench.coming.index.opened().clear()
    told: list[EmbedderProgress | IndexRebuilding] = []
    bench.dense.tell = told.append
    bench.dense.mend()
    assert told == [IndexRebuilding(0, taken, 4) for taken in (0, 3, 4)], "the last is told when it is whole"
    assert bench.coming.index.opened().count() == bench.coming.records.count_indexed() == 4
    assert bench.dense.change.index.opened().count() == 4
    told.clear()
    bench.work()
    assert told[-1] == EmbedderProgress(0, "next", 5, 5)
    assert bench.dense.check()


def test_passages_are_cut_alike_whichever_embedder_answers(bench: Bench, next_one: Path) -> None:
    text = "The accordion costs 1,577.00 dollars."
    before = bench.dense.count_tokens([text])
    bench.choose(next_one)
    bench.work()
    assert bench.dense.count_tokens([text]) == before != bench.dense.change.embedder.count_tokens([text])  # type: ignore[union-attr]


def test_choices_do_not_mix_with_searches(bench: Bench, next_one: Path) -> None:
    """Searches all along, from another thread: none is held against vectors of another embedder."""
    found: list[str] = []
    failures: list[Exception] = []
    ended = threading.Event()

    def search() -> None:
        while not ended.is_set():
            try:
                found.append(bench.best("a.md"))
            except Exception as error:
                failures.append(error)

    thread = threading.Thread(target=search)
    thread.start()
    bench.choose(next_one)
    bench.work()
    bench.dense.change.choose("all-minilm-l6-v2")
    bench.work()
    ended.set()
    thread.join(30)
    assert failures == []
    assert set(found) == {QUESTION}
    assert dataclasses.astuple(bench.dense.change.embedders.choice)[:2] == ("", "")


def test_a_change_that_is_given_up_is_told_and_the_former_answers_on(bench: Bench, next_one: Path) -> None:
    told: list[EmbedderProgress | IndexRebuilding] = []
    bench.dense.tell = told.append
    shown = ShownEmbedders(bench.dense, bench.records, lambda: None)
    bench.choose(next_one)
    bench.embed_some(2)
    (answering,) = (row.embedder for row in shown.listed().embedders if row.is_answering)
    list(shown.choose(answering, threading.Event(), waits=False))
    assert told == [EmbedderProgress(0, "next", 2, len(TEXTS), is_given_up=True)]
    bench.work()
    assert len(told) == 1
    assert (bench.name, bench.best(), shown.progress()) == (OWN, QUESTION, None)

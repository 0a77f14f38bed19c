"""The command line on the real worker: what it prints, what it exits with, what each bad input gets."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rag.errors import LANGUAGES, LibraryProblem, Problem, describe, text
from rag.protocol import LONGEST_QUESTION
from rag.session import Session
from tests.end_to_end.conftest import SAMPLES, Ran, run_phial
from tests.end_to_end.test_library_folders import PASSWORD, locked_pdf

Phial = Callable[..., Ran]

QUESTIONS = json.loads((SAMPLES.parent / "questions.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A library that stays without a document, with its worker."""
    home = tmp_path_factory.mktemp("blank")
    with Session(home):
        yield home


@pytest.mark.parametrize("asked", QUESTIONS, ids=[f"{entry['language']}-{entry['document']}" for entry in QUESTIONS])
def test_ask_names_the_document_and_the_page(samples: Phial, asked: dict[str, str]) -> None:
    ran = samples("ask", asked["question"], "--json", language=asked["language"])
    assert ran.status == 0, ran.complaint
    (answer,) = ran.objects
    places = {(citation["document"], citation["page"]) for citation in answer["citations"]}
    assert (asked["document"], asked["page"]) in places
    assert not answer["refused"]
    assert 0.0 <= answer["support"] <= 1.0
    for sentence in answer["sentences"]:
        assert sentence["supported"] == bool(sentence["citations"])
    for citation in answer["citations"]:
        assert citation["quote"] in " ".join(passage["text"] for passage in answer["passages"])
    assert answer["is_stand_in"]
    assert answer["timings"].keys() == {
        "evidence_s", "first_token_s", "total_s", "prompt_tokens", "answer_tokens", "cached_tokens",
    }  # fmt: skip
    assert answer["timings"]["prompt_tokens"] > 0


def test_ask_declines_what_the_documents_do_not_hold(samples: Phial) -> None:
    (answer,) = samples("ask", "Who won the football world cup in 1998?", "--json").objects
    assert answer["refused"]
    assert answer["citations"] == []


def test_a_question_of_no_language_is_declined_in_the_persons(samples: Phial) -> None:
    (answer,) = samples("ask", "Zanzibar 1998?", "--json", language="it").objects
    assert answer["refused"]
    assert answer["answer"] == text("ask_refused", "it")


def test_ask_for_people_shows_passages_answer_and_citations(samples: Phial) -> None:
    ran = samples("ask", QUESTIONS[0]["question"])
    assert ran.status == 0
    assert ran.output.index("Passages") < ran.output.index("Answer") < ran.output.index("Citations")
    assert QUESTIONS[0]["document"] in ran.output


def test_a_conversation_is_kept_renamed_exported_and_deleted(samples: Phial, tmp_path: Path) -> None:
    (answer,) = samples("ask", "Who won the rugby world cup in 1995?", "--json").objects
    kept = str(answer["conversation"])
    assert samples("conversations", "rename", kept, "Ovale").status == 0
    (found,) = samples("conversations", "list", "RUGBY", "--json").objects
    assert [(row["conversation"], row["title"], row["turns"]) for row in found["conversations"]] == [
        (answer["conversation"], "Ovale", 1)
    ]
    shown = samples("conversations", "show", kept)
    assert answer["question"] in shown.output
    for ending, begins in (("md", b"# Ovale\n"), ("docx", b"PK")):
        file = tmp_path / f"kept.{ending}"
        assert samples("conversations", "export", kept, "--format", ending, "-o", str(file), language="fr").status == 0
        assert file.read_bytes().startswith(begins)
    assert text("export_refused", "fr") in (tmp_path / "kept.md").read_text(encoding="utf-8")
    assert samples("conversations", "delete", kept).status == 0
    gone = samples("conversations", "show", kept)
    assert (gone.status, str(describe(Problem("conversation_gone")))) == (1, gone.complaint.strip())


def test_a_summary_and_what_was_found_stand_in_the_history_and_a_question_goes_on(
    samples: Phial, tmp_path: Path
) -> None:
    note = SAMPLES / "sourdough-notebook.md"
    (found,) = samples("find", "iron pot", "--in", str(note), "--json").objects
    kept = str(found["conversation"])
    (summary,) = samples("summarise", str(note), "--quick", "--conversation", kept, "--json").objects
    asked = samples("ask", "What core temperature does the loaf have?", "--conversation", "last", "--json")
    assert {summary["conversation"], asked.objects[0]["conversation"]} == {found["conversation"]}
    (shown,) = samples("conversations", "show", kept, "--json").objects
    first, second, third = shown["turns"]
    assert shown["title"] == first["question"] == text("kept_find", what="iron pot")
    assert first["found"]["findings"] == found["findings"] != []
    assert second["question"] == text("kept_summarise", what=note.name)
    assert second["summary"]["summary"] == summary["summary"]
    assert (third["found"], third["summary"]) == (None, None)
    file = tmp_path / "kept.md"
    assert samples("conversations", "export", kept, "--format", "md", "-o", str(file)).status == 0
    exported = file.read_text(encoding="utf-8")
    assert first["citations"][0]["quote"][:30] in exported
    assert second["sentences"][0]["text"][:30] in exported
    assert samples("conversations", "delete", kept).status == 0


def test_search_prints_passages_with_their_places(samples: Phial) -> None:
    ran = samples("search", "paraffin heater", "-k", "3", "--json")
    (found,) = ran.objects
    assert found["seconds"] >= 0
    assert len(found["passages"]) == 3
    best = found["passages"][0]
    assert best["document"] == "halden-greenhouse.pdf"
    assert best["page"] == 3
    assert "paraffin" in best["text"]
    assert best.keys() >= {"document", "path", "page", "section", "text", "score"}
    scores = [passage["score"] for passage in found["passages"]]
    assert scores == sorted(scores, reverse=True)


def test_search_keeps_to_its_scope(samples: Phial) -> None:
    note = SAMPLES / "choir-meeting.md"
    (found,) = samples("search", "greenhouse heater", "--in", str(note), "--json").objects
    assert {passage["document"] for passage in found["passages"]} == {note.name}


def test_batches_answer_every_line_in_order(samples: Phial, tmp_path: Path) -> None:
    batch = tmp_path / "questions.jsonl"
    lines = [
        {"id": "a", "question": "paraffin heater"},
        {"id": 7, "question": " "},
        {"id": "c", "question": "chaudron"},
    ]
    batch.write_text("\n".join(json.dumps(line) for line in lines) + "\nno json\n", encoding="utf-8")
    ran = samples("search", "--batch", str(batch), "-k", "2", "--json")
    assert ran.status == 0
    first, empty, last, broken = ran.objects
    assert [first["id"], empty["id"], last["id"], broken["id"]] == ["a", 7, "c", None]
    assert len(first["passages"]) == 2
    assert last["passages"][0]["document"] == "jardin-des-tilleuls.pdf"
    assert (empty["kind"], broken["kind"]) == ("question_empty", "line_no_question")


def test_ask_batch_prints_answers(samples: Phial, tmp_path: Path) -> None:
    batch = tmp_path / "questions.jsonl"
    batch.write_text(json.dumps({"id": 1, "question": QUESTIONS[2]["question"]}), encoding="utf-8")
    (answer,) = samples("ask", "--batch", str(batch), "--json").objects
    assert answer["id"] == 1
    assert answer["citations"][0]["document"] == QUESTIONS[2]["document"]


def test_status_documents_models_and_doctor(samples: Phial) -> None:
    (status,) = samples("status", "--json").objects
    assert status["documents"] == {"ready": 6}
    assert status["passages"] == status["passages_embedded"] > 0
    assert status["connections"] == []
    documents = samples("documents", "--json").objects
    assert {document["state"] for document in documents} == {"ready"}
    (models,) = samples("models", "--json").objects
    assert any(model["is_stand_in"] and model["is_chosen"] for model in models["models"])
    (offered,) = samples("models", "offers", "--json").objects
    assert offered["machine"]["cores"] >= 1
    assert {offer["model"] for offer in offered["offers"]} >= {"phi-4-mini", "phi-4", "phi-3-small"}
    (doctor,) = samples("doctor", "--json").objects
    findings = {check["name"]: check for check in doctor["checks"]}
    assert findings["vector index"]["is_well"]
    assert findings["model"]["is_well"]
    for command in ("status", "documents", "models", "doctor"):
        ran = samples(command)
        assert ran.status == 0
        assert ran.output.strip()


@pytest.mark.parametrize(
    ("question", "kind"),
    [("   ", "question_empty"), ("?!", "question_empty"), ("x " * 50_000, "question_too_long")],
)
@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_question_that_is_none_gets_its_sentence(samples: Phial, command: str, question: str, kind: str) -> None:
    assert len(question) < 10 or len(question) > LONGEST_QUESTION
    ran = samples(command, question, "--json")
    assert ran.status == 1
    (error,) = ran.objects
    assert error["reason_kind"] == kind
    assert error["reason"] in ran.complaint


def test_an_unknown_model_gets_its_sentence(samples: Phial) -> None:
    ran = samples("ask", QUESTIONS[0]["question"], "--model", "no-such-model")
    assert ran.status == 1
    assert "no-such-model" in ran.complaint


@pytest.mark.parametrize("language", ["en", "fr", "it"])
def test_what_can_not_be_done_is_said_in_the_persons_language(tmp_path: Path, blank: Path, language: str) -> None:
    missing = tmp_path / "missing.pdf"
    ran = run_phial(blank, "index", str(missing), language=language)
    assert ran.status == 1
    assert ran.output == ""
    problem = Problem(LibraryProblem.PATH_MISSING.value, {"path": missing.name})
    assert f"{missing}\n   {describe(problem, language)}\n" in ran.complaint
    assert len({str(describe(problem, other)) for other in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.parametrize(
    "arguments", [[], ["nonsense"], ["index"], ["search"], ["search", "x", "-k", "0"], ["models", "x"]]
)
def test_wrong_usage_ends_with_2(tmp_path: Path, arguments: list[str]) -> None:
    if not arguments:  # no argument opens the window, which is another test's matter
        arguments = ["ask"]
    assert run_phial(tmp_path, *arguments).status == 2


def test_an_empty_library_is_said_to_be_empty(blank: Path) -> None:
    ran = run_phial(blank, "ask", "Anything?", "--json")
    assert ran.status == 1
    assert ran.objects[0]["reason_kind"] == "library_empty"


def test_every_bad_file_gets_its_reason_and_the_rest_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    shutil.copy(SAMPLES / "choir-meeting.md", folder)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing of a PDF follows")
    (folder / "text.pdf").write_text("This is no PDF, whatever its name says.", encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "film.mp4").write_bytes(b"\x00\x00\x00 ftypisom")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 64)
    (folder / "spaces.md").write_text("   \n\n", encoding="utf-8")
    ran = run_phial(tmp_path / "home", "index", str(folder), str(tmp_path / "nowhere"), "--json")
    assert ran.status == 0
    summary = ran.objects[-1]
    assert summary["event"] == "summary"
    reasons = {Path(file["path"]).name: file["reason_kind"] for file in summary["documents"]}
    assert reasons == {
        "choir-meeting.md": None,
        "empty.txt": "file_empty",
        "broken.pdf": "pdf_broken",
        "text.pdf": "pdf_not_a_pdf",
        "picture.png": "image_broken",
        "film.mp4": "format_unknown",
        "binary.txt": "text_not_text",
        "spaces.md": "no_text",
        "nowhere": "path_missing",
    }
    states = {Path(file["path"]).name: file["state"] for file in summary["documents"]}
    assert states["choir-meeting.md"] == "ready"
    assert states["spaces.md"] == "empty"
    for file in summary["documents"]:
        assert bool(file["reason"]) == (file["reason_kind"] is not None)


def test_a_folder_without_documents_is_said_to_hold_none(tmp_path: Path, blank: Path) -> None:
    (tmp_path / "folder").mkdir()
    ran = run_phial(blank, "index", str(tmp_path / "folder"), "--json")
    assert ran.status == 1
    assert ran.objects[-1]["documents"][0]["reason_kind"] == "no_documents"


def test_removed_is_gone_from_search_and_unknown_is_said(tmp_path: Path) -> None:
    home, note = tmp_path / "home", tmp_path / "zebra.md"
    note.write_text("# Stable\n\nThe zebra Amaranth lives behind the mill.\n", encoding="utf-8")
    other = tmp_path / "other.md"
    other.write_text("# Harbour\n\nThe ferry leaves at nine.\n", encoding="utf-8")
    assert run_phial(home, "index", str(note), str(other)).status == 0
    (removed,) = run_phial(home, "remove", str(note), "--json").objects
    assert [document["document"] for document in removed["removed"]] == ["zebra.md"]
    (found,) = run_phial(home, "search", "zebra Amaranth", "--json").objects
    assert all("zebra" not in passage["text"] for passage in found["passages"])
    assert note.exists()
    again = run_phial(home, "remove", str(note))
    assert again.status == 1
    assert "zebra.md" in again.complaint


def test_a_locked_document_and_a_followed_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, papers = tmp_path / "home", tmp_path / "papers"
    papers.mkdir()
    path = locked_pdf(papers, "locked.pdf")
    (papers / "drafts").mkdir()
    (papers / "drafts" / "draft.md").write_text("Not yet.", encoding="utf-8")
    (papers / ".phialignore").write_text("drafts/\n", encoding="utf-8")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    with Session(home):  # one worker for all of it
        added = run_phial(home, "watch", "add", str(papers), "--json")
        *_, summary, folders = added.objects
        assert [(file["path"], file["state"]) for file in summary["documents"]] == [(str(path), "needs_password")]
        assert folders == {"folders": [{"path": str(papers), "state": "watched", "documents": 1}]}
        passwords = tmp_path / "passwords"
        passwords.write_text("wrong\n", encoding="utf-8")
        passwords.chmod(0o644)
        wrong = run_phial(home, "unlock", str(path), "--password-file", str(passwords))
        assert wrong.status == 1
        assert "chmod 600" in wrong.complaint
        assert PASSWORD not in wrong.complaint
        passwords.write_text(f"wrong\n{PASSWORD}\n", encoding="utf-8")
        assert run_phial(home, "unlock", str(path), "--password-file", str(passwords), "--json").status == 0
        (health,) = run_phial(home, "health", str(papers), "--json").objects
        assert (health["state"], health["page_states"], health["mends"]) == ("ready", {"text": 2}, [])
        assert [(run["first"], run["last"], run["state"]) for run in health["page_runs"]] == [(1, 2, "text")]
        assert "locked.pdf" in run_phial(home, "health").output
        assert run_phial(home, "watch", "remove", str(papers), "--json").objects == [{"folders": []}]
    assert all(PASSWORD.encode() not in held.read_bytes() for held in home.rglob("*") if held.is_file())


def _can_unshare() -> bool:
    unshare = shutil.which("unshare")
    return (
        unshare is not None
        and subprocess.run([unshare, "-n", "true"], capture_output=True, check=False).returncode == 0
    )


@pytest.mark.skipif(not _can_unshare(), reason="this user can't make network namespaces")
def test_everything_works_where_no_network_is_up(tmp_path: Path) -> None:
    unshare = ("unshare", "-n")
    note = SAMPLES / "sourdough-notebook.md"
    assert run_phial(tmp_path / "home", "index", str(note), prefix=unshare).status == 0
    (answer,) = run_phial(tmp_path / "home", "ask", QUESTIONS[2]["question"], "--json", prefix=unshare).objects
    assert answer["citations"][0]["document"] == note.name

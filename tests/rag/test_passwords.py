"""Passwords: in a keyring, in this process's memory, nowhere else."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from rag import passwords as passwords_module
from rag.errors import LibraryProblem
from rag.passwords import MOST_OTHERS, SERVICE, Passwords

ONE, OTHER = "1" * 64, "2" * 64


class MemoryKeyring(KeyringBackend):
    """A system's keyring, as long as the test lives."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}
        self.asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


class HangingKeyring(MemoryKeyring):
    """One whose owner doesn't answer the question whether to unlock it."""

    def set_password(self, service: str, username: str, password: str) -> None:
        threading.Event().wait(60)


class Settings:
    """What library.db keeps."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def setting(self, key: str, default: str = "") -> str:
        return self.values.get(key, default)

    def set_setting(self, key: str, value: str) -> None:
        self.values[key] = value


@pytest.fixture
def system() -> Iterator[MemoryKeyring]:
    former, made = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(former)


def test_a_password_outlives_the_process_in_the_keyring_and_nowhere_else(system: MemoryKeyring) -> None:
    settings = Settings()
    Passwords(settings).keep(ONE, "s3same")
    assert system.entries == {(SERVICE, ONE): "s3same"}
    assert "s3same" not in str(settings.values)
    again = Passwords(settings)
    assert again.of(ONE) == "s3same"
    assert again.is_kept(ONE)
    assert again.notices() == ()


def test_the_keyring_is_asked_only_for_documents_it_has(system: MemoryKeyring) -> None:
    settings = Settings()
    remembered = Passwords(settings)
    assert remembered.of(OTHER) == ""
    remembered.forget(OTHER)
    assert system.asked == 0


def test_forgetting_a_document_erases_its_password(system: MemoryKeyring) -> None:
    settings = Settings()
    remembered = Passwords(settings)
    remembered.keep(ONE, "s3same")
    remembered.forget(ONE)
    assert system.entries == {}
    assert remembered.of(ONE) == Passwords(settings).of(ONE) == ""


def test_without_a_keyring_passwords_last_as_long_as_this_and_that_is_told(system: MemoryKeyring) -> None:
    keyring.set_keyring(NoKeyring())
    settings = Settings()
    remembered = Passwords(settings)
    assert remembered.notices() == ()
    remembered.keep(ONE, "s3same")
    assert remembered.of(ONE) == "s3same"
    assert not remembered.is_kept(ONE)
    assert [notice.kind for notice in remembered.notices()] == [LibraryProblem.PASSWORD_NOT_KEPT]
    assert Passwords(settings).of(ONE) == ""


def test_a_keyring_that_writes_files_is_none(system: MemoryKeyring) -> None:
    plain = type("PlaintextKeyring", (MemoryKeyring,), {"__module__": "keyrings.alt.file"})()
    keyring.set_keyring(plain)
    Passwords(Settings()).keep(ONE, "s3same")
    assert plain.entries == {}


def test_a_keyring_that_does_not_answer_is_asked_once(system: MemoryKeyring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords_module, "KEYRING_SECONDS", 0.05)
    keyring.set_keyring(HangingKeyring())
    remembered = Passwords(Settings())
    remembered.keep(ONE, "s3same")
    assert remembered.of(ONE) == "s3same"
    keyring.set_keyring(system)
    remembered.keep(OTHER, "other")
    assert system.entries == {}


def test_who_asks_for_the_status_does_not_wait_for_the_keyring(system: MemoryKeyring) -> None:
    is_asked, answers = threading.Event(), threading.Event()

    class Asking(MemoryKeyring):
        """Asks the person, who takes their time."""

        def set_password(self, service: str, username: str, password: str) -> None:
            is_asked.set()
            answers.wait(10)
            super().set_password(service, username, password)

    asking = Asking()
    keyring.set_keyring(asking)
    remembered = Passwords(Settings())
    keeping = threading.Thread(target=remembered.keep, args=(ONE, "s3same"))
    keeping.start()
    assert is_asked.wait(10)
    begun = time.monotonic()
    assert remembered.of(ONE) == "s3same"
    assert not remembered.is_kept(ONE)
    assert remembered.notices()
    assert time.monotonic() - begun < 5
    # Forgotten before it was kept: nothing of it stays.
    remembered.forget(ONE)
    answers.set()
    keeping.join(10)
    assert asking.entries == {}
    assert not remembered.is_kept(ONE)


def test_what_is_tried_and_in_which_order(system: MemoryKeyring) -> None:
    remembered = Passwords(Settings())
    for number in range(MOST_OTHERS + 4):
        remembered.keep(f"{number:064}", f"other{number}")
    remembered.keep(ONE, "own")
    remembered.keep(OTHER, "former")
    remembered.offer(["given", "", "own"])
    tried = remembered.candidates(ONE, OTHER)
    assert tried[:4] == ("own", "former", "given", f"other{MOST_OTHERS + 3}")
    assert len(tried) == len(set(tried)) == MOST_OTHERS + 1
    remembered.offer(["newer"])
    assert remembered.candidates(ONE)[:4] == ("own", "newer", "given", "former")

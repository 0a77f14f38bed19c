"""The passwords of documents: in the system's keyring where it has one, else only as long as this process lives.

They lie in no file of ours. In the keyring each document has an entry of its own, named by its SHA-256, so that
forgetting the document erases it; library.db keeps which documents have one, so that the keyring is asked for no other.
"""

from __future__ import annotations

import concurrent.futures
import json
import threading
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from rag.errors import LibraryProblem, Problem

SERVICE = "phial"
"""The name under which the keyring shows the entries."""

KEYRING_SECONDS = 20.0
"""How long the keyring may take: it may have to ask the person to unlock it first."""

MOST_GIVEN = 1_000
"""Passwords that were given to be tried: the newest ones."""

MOST_OTHERS = 16
"""Passwords of other documents that are tried on one: people use the same for many."""

_KEPT = "documents_with_passwords"
_UNSAFE_BACKENDS = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
"""They keep nothing, or keep it in a file."""

Answer = TypeVar("Answer")


class Settings(Protocol):
    """What keeps which documents have a password in the keyring."""

    def setting(self, key: str, default: str = "") -> str:
        """A setting that was kept."""

    def set_setting(self, key: str, value: str) -> None:
        """Keep a setting."""


class Passwords:
    """Remembers passwords, by the SHA-256 of what they open. Safe from any thread."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is asked of the keyring until a document needs it."""
        self._settings = settings
        # Not held while the keyring is asked, which may be asking the person: whoever wants the status doesn't wait.
        self._lock = threading.RLock()
        self._asking = threading.Lock()
        self._known: dict[str, str] = {}
        self._given: dict[str, None] = {}
        self._others: dict[str, None] = {}
        self._is_keyring_lost = False

    def of(self, sha256: str) -> str:
        """The document's password; "" where none is remembered."""
        with self._lock:
            if sha256 in self._known or sha256 not in self._kept():
                return self._known.get(sha256, "")
        found = self._ask(lambda keyring: keyring.get_password(SERVICE, sha256))
        with self._lock:
            if found and sha256 not in self._known and sha256 in self._kept():  # not forgotten meanwhile
                self._learn(sha256, found)
            return self._known.get(sha256, "")

    def offer(self, passwords: Sequence[str]) -> None:
        """Try these, before those that were given earlier, on whatever asks for one from now on."""
        with self._lock:
            given = dict.fromkeys(password for password in (*passwords, *self._given) if password)
            self._given = dict.fromkeys(tuple(given)[:MOST_GIVEN])

    def candidates(self, sha256: str, former: str = "") -> tuple[str, ...]:
        """What to try on a document: its own, that of its file's ``former`` content, those given, others; each once."""
        own = (self.of(sha256), self.of(former))
        with self._lock:
            return tuple(dict.fromkeys(word for word in (*own, *self._given, *self._others) if word))

    def keep(self, sha256: str, password: str) -> None:
        """Remember a password that opened the document."""
        with self._lock:
            self._learn(sha256, password)

        def put(keyring: _Keyring) -> bool:
            keyring.set_password(SERVICE, sha256, password)
            return True

        if self._ask(put):
            with self._lock:
                self._set_kept(self._kept() | {sha256})
                is_forgotten = sha256 not in self._known
            if is_forgotten:
                self.forget(sha256)

    def forget(self, sha256: str) -> None:
        """Remember the document's password no longer."""
        with self._lock:
            self._known.pop(sha256, None)
            is_kept = sha256 in self._kept()
        if is_kept:
            self._ask(lambda keyring: keyring.delete_password(SERVICE, sha256))
            with self._lock:
                self._set_kept(self._kept() - {sha256})

    def notices(self) -> tuple[Problem, ...]:
        """What a person should know: that a password is remembered which no keyring keeps."""
        with self._lock:
            are_kept = self._known.keys() <= self._kept()
        return () if are_kept else (Problem(LibraryProblem.PASSWORD_NOT_KEPT.value),)

    def is_kept(self, sha256: str) -> bool:
        """Whether the system's keyring holds the document's password."""
        with self._lock:
            return sha256 in self._kept()

    def _learn(self, sha256: str, password: str) -> None:
        self._known[sha256] = password
        self._others = {password: None, **{other: None for other in self._others if other != password}}
        while len(self._others) > MOST_OTHERS:
            self._others.popitem()

    def _kept(self) -> frozenset[str]:
        return frozenset(json.loads(self._settings.setting(_KEPT, "[]")))

    def _set_kept(self, sha256s: frozenset[str]) -> None:
        self._settings.set_setting(_KEPT, json.dumps(sorted(sha256s)))

    def _ask(self, question: Callable[[_Keyring], Answer]) -> Answer | None:
        """The keyring's answer; None where there is none, or it fails, or doesn't answer: it isn't asked again then."""
        with self._asking:  # once at a time: it may show a dialog
            return None if self._is_keyring_lost else self._answer(question)

    def _answer(self, question: Callable[[_Keyring], Answer]) -> Answer | None:
        answer: concurrent.futures.Future[Answer | None] = concurrent.futures.Future()

        def ask() -> None:
            try:
                keyring = _keyring()
                answer.set_result(None if keyring is None else question(keyring))
            except Exception as error:  # each system's keyring fails in its own way
                answer.set_exception(error)

        # A keyring that hangs can't be cancelled, only left alone.
        threading.Thread(target=ask, name="keyring", daemon=True).start()
        try:
            return answer.result(KEYRING_SECONDS)
        except concurrent.futures.TimeoutError:
            self._is_keyring_lost = True
        except Exception:
            return None
        return None


class _Keyring(Protocol):
    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


def _keyring() -> _Keyring | None:
    """The system's keyring. Its library looks for D-Bus and the like when it is imported: only once it is needed."""
    import keyring

    chosen = keyring.get_keyring()
    return None if type(chosen).__module__.startswith(_UNSAFE_BACKENDS) else chosen

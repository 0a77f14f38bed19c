"""A model that sums up by a rule, counts how often it is asked, and lets a test step in between two of its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from engine.catalogue import InstalledModel
from engine.host import ChatMessage, Finished, Generation, Piece


class SummingHost:
    """Stands where ``ModelHost`` does; says ``rule(prompt)``, or the first quoted line of it where there is no rule."""

    memory = 0

    def __init__(self, rule: Callable[[str], str] | None = None, context: int = 2_048) -> None:
        self.context = context
        self.model: InstalledModel | None = None
        self.prompts: list[tuple[ChatMessage, ...]] = []
        self.stopped = 0
        self.before_word: Callable[[int], None] = lambda _prompt: None
        self._rule = rule or _first_line

    def load(
        self, model: InstalledModel, _context: int | None = None, is_cancelled: Callable[[], bool] = lambda: False
    ) -> bool:
        """It is always loaded."""
        self.model = model
        return not is_cancelled()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Its tokens are words."""
        return [len(text.split()) for text in texts]

    def count_prompt_tokens(self, messages: Sequence[ChatMessage]) -> int:
        """All words of ``messages``."""
        return sum(self.count_tokens([message.text for message in messages]))

    def generate(self, generation: Generation, is_cancelled: Callable[[], bool]) -> Iterator[Piece | Finished]:
        """Say it word by word; ``before_word`` is called with the number of the prompt before each."""
        self.prompts.append(generation.messages)
        said = self._rule(generation.messages[-1].text)
        for word in said.split(" "):
            self.before_word(len(self.prompts))
            if is_cancelled():
                self.stopped += 1
                yield Finished("stopped")
                return
            yield Piece(f"{word} ")
        yield Finished("end", self.count_prompt_tokens(generation.messages), 0, len(said.split()))


def _first_line(prompt: str) -> str:
    return next((line.strip() for line in prompt.split("\n") if line.startswith(" ")), "Nothing.")

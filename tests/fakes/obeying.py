"""A model that obeys whatever a document asks of it, word for word: the worst one that there could be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from engine.catalogue import InstalledModel
from engine.host import ChatMessage, Finished, Generation, Piece


class ObeyingHost:
    """Stands where ``ModelHost`` does; says ``orders[demand]`` where ``demand`` stands in the prompt."""

    context = 4_096
    memory = 0

    def __init__(self, orders: dict[str, str]) -> None:
        self._orders = orders
        self.prompts: list[tuple[ChatMessage, ...]] = []
        self.obeyed: list[str] = []

    def load(
        self, _model: InstalledModel, _context: int | None = None, is_cancelled: Callable[[], bool] = lambda: False
    ) -> bool:
        """It is always loaded."""
        return not is_cancelled()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Its tokens are words."""
        return [len(text.split()) for text in texts]

    def count_prompt_tokens(self, messages: Sequence[ChatMessage]) -> int:
        """All words of ``messages``."""
        return sum(self.count_tokens([message.text for message in messages]))

    def generate(self, generation: Generation, is_cancelled: Callable[[], bool]) -> Iterator[Piece | Finished]:
        """Obey, up to the text that ends an answer, as the real one does; a few characters at a time."""
        if generation.max_tokens == 1:  # read to measure how fast that goes
            yield Finished("length", prompt_tokens=100, prefill_s=0.1)
            return
        self.prompts.append(generation.messages)
        prompt = "\n".join(message.text for message in generation.messages)
        demand = next((demand for demand in self._orders if demand in prompt), None)
        said = "I don't know."
        if demand is not None:
            self.obeyed.append(demand)
            said = self._orders[demand]
        for stop in generation.stop:
            said = said.partition(stop)[0]
        for start in range(0, len(said), 7):
            if is_cancelled():
                break
            yield Piece(said[start : start + 7])
        yield Finished("end")

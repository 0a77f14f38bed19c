"""A chat through another package, as its own pages show it, in a process and an environment of its own.

``PYTHON engine_rival.py PACKAGE MODEL CONTEXT`` takes a line of JSON for each chat, and gives back the seconds at which
each piece of the answer came. Nothing of Phial is imported: the environment holds the package alone.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

Chat = Callable[[str, str, int], Iterator[object]]
"""The pieces of the answer to instructions and a question, of at most so many tokens."""


def main(package: str, model: str, context: int) -> None:
    """Answer what is asked, until there is no more."""
    # The packages and what they bring print where they like; results have a descriptor of their own.
    results = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    chat = {"llama-cpp-python": llama_cpp_python, "gpt4all": gpt4all, "xllamacpp": xllamacpp}[package](model, context)
    print(json.dumps([]), file=results, flush=True)
    for line in sys.stdin:
        system, user, most = json.loads(line)
        begun = time.perf_counter()
        times = [time.perf_counter() - begun for _ in chat(system, user, most)]
        print(json.dumps(times), file=results, flush=True)


def llama_cpp_python(model: str, context: int) -> Chat:
    """The binding that Phial uses too, by its chat call."""
    from llama_cpp import Llama

    llama = Llama(model, n_ctx=context, verbose=False)

    def chat(system: str, user: str, most: int) -> Iterator[object]:
        messages: list[Any] = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        chunks = llama.create_chat_completion(messages, max_tokens=most, temperature=0.0, stream=True)
        for chunk in chunks:
            if isinstance(chunk, dict) and chunk["choices"][0]["delta"].get("content"):
                yield chunk

    return chat


def gpt4all(model: str, context: int) -> Chat:
    """GPT4All's Python package: a chat session for each question, on the processor."""
    from gpt4all import GPT4All

    folder, name = os.path.split(model)
    opened = GPT4All(name, model_path=folder, allow_download=False, device="cpu", n_ctx=context)

    def chat(system: str, user: str, most: int) -> Iterator[object]:
        template = "<|user|>\n{0}<|end|>\n<|assistant|>\n"
        with opened.chat_session(f"<|system|>\n{system}<|end|>\n", template):
            yield from opened.generate(user, max_tokens=most, temp=0.0, streaming=True)

    return chat


def xllamacpp(model: str, context: int) -> Chat:
    """llama.cpp's own server, inside the process."""
    import queue
    import threading

    from xllamacpp import CommonParams, Server

    settings = CommonParams()
    settings.model.path, settings.n_ctx = model, context
    server = Server(settings)

    def chat(system: str, user: str, most: int) -> Iterator[object]:
        asked = {
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
            "max_tokens": most,
            "temperature": 0.0,
            "stream": True,
        }
        chunks: queue.SimpleQueue[Any] = queue.SimpleQueue()

        def ask() -> None:
            try:
                server.handle_chat_completions(asked, chunks.put)
            finally:
                chunks.put(None)

        threading.Thread(target=ask, daemon=True).start()
        while (chunk := chunks.get()) is not None:
            for each in chunk if isinstance(chunk, list) else [chunk]:
                yield from (choice for choice in each.get("choices", ()) if choice.get("delta", {}).get("content"))

    return chat


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))

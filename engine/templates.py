"""Chat templates: from messages to a prompt, in pieces that say what is markup and what is a person's or a page's text.

The template in a model's header is rendered with a mark in the place of each text, so a template never sees what is
asked, and text that looks like ``<|end|>`` can never become that token: the runtime reads special tokens in markup
alone. A template that fails, runs away, drops a text or is not of a form that its model was trained on gives way to the
known form. Decision 0012.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Callable, Mapping, Sequence

from engine.gguf_header import GgufHeader
from engine.messages import ChatMessage
from engine.sandbox import TemplateRefused, compile_template

MOST_MARKUP = 2_000  # characters of one piece; the default instructions that some templates add are 100 to 300

PHI_ARCHITECTURES = frozenset({"phi2", "phi3", "phimoe"})

_PROBES: tuple[tuple[str, ...], ...] = (("user",), ("system", "user"), ("system", "user", "assistant", "user"))
_MARK = re.compile("\ue000([0-9]+)\ue001")


@dataclasses.dataclass(frozen=True)
class PromptPiece:
    """A part of a prompt. Special tokens are read in markup, never in content; a block has its ``owner``."""

    text: str
    is_markup: bool
    owner: str | None = None


@dataclasses.dataclass(frozen=True)
class ChatForm:
    """A known chat form. ``before`` and ``after`` stand around a message of a role; ``opening`` begins the answer.

    ``stop`` are texts that end an answer where the model has no token for it. ``system_leads``: instructions have no
    turn of their own but open that of the user.
    """

    name: str
    before: Mapping[str, str]
    after: Mapping[str, str]
    opening: str
    stop: tuple[str, ...]
    system_leads: bool = False

    def pieces(self, roles: Sequence[str]) -> tuple[str, ...]:
        """The markup before the first text, between each two, and after the last."""
        markup = [""]
        for index, role in enumerate(roles):
            follows_system = self.system_leads and index > 0 and roles[index - 1] == "system"
            markup[-1] += "" if follows_system else self.before[role]
            markup.append(self.after[role])
        markup[-1] += self.opening
        return tuple(markup)


def _same_for_all(name: str, before: str, after: str, stop: str) -> ChatForm:
    roles = ("system", "user", "assistant")
    return ChatForm(
        name,
        {role: before.format(role=role) for role in roles},
        dict.fromkeys(roles, after),
        before.format(role="assistant"),
        (stop,),
    )


# Microsoft's model cards: Phi-3 (3.1, 3.5, MoE), Phi-4-mini, Phi-4, Phi-2. ChatML: OpenAI's chat markup language.
PHI_3 = _same_for_all("phi-3", "<|{role}|>\n", "<|end|>\n", "<|end|>")
PHI_4_MINI = _same_for_all("phi-4-mini", "<|{role}|>", "<|end|>", "<|end|>")
PHI_4 = _same_for_all("phi-4", "<|im_start|>{role}<|im_sep|>", "<|im_end|>", "<|im_end|>")
CHATML = _same_for_all("chatml", "<|im_start|>{role}\n", "<|im_end|>\n", "<|im_end|>")
PHI_2 = ChatForm(
    "phi-2",
    {"system": "Instruct: ", "user": "Instruct: ", "assistant": "Output: "},
    {"system": "\n", "user": "\n", "assistant": "\n"},
    "Output:",
    ("\nInstruct:", "\nOutput:"),
    system_leads=True,
)
FORMS: Mapping[str, ChatForm] = {form.name: form for form in (PHI_2, PHI_3, PHI_4_MINI, PHI_4, CHATML)}


class ChatTemplate:
    """How one model wants to be spoken to: by the template in its header where that is sound, else by ``form``."""

    def __init__(
        self, form: ChatForm, render: Callable[[tuple[str, ...]], tuple[str, ...]] | None, refusal: str
    ) -> None:
        """See ``choose_template``, which makes it."""
        self.form = form
        self.refusal = refusal
        self._render = render

    @property
    def is_from_header(self) -> bool:
        """Whether the header's own template is used; where not, ``refusal`` says why ("" where there was none)."""
        return self._render is not None

    @property
    def stop(self) -> tuple[str, ...]:
        """Texts that end an answer."""
        return self.form.stop

    def pieces(self, messages: Sequence[ChatMessage]) -> tuple[PromptPiece, ...]:
        """The prompt for ``messages``, up to where the answer begins. No piece is empty."""
        markup = self._markup(tuple(message.role for message in messages))
        pieces = [PromptPiece(markup[0], is_markup=True)]
        for message, after in zip(messages, markup[1:], strict=True):
            pieces += [PromptPiece(block.text, is_markup=False, owner=block.owner) for block in message.blocks]
            pieces += [PromptPiece(message.text, is_markup=False), PromptPiece(after, is_markup=True)]
        return tuple(piece for piece in pieces if piece.text)

    def _markup(self, roles: tuple[str, ...]) -> tuple[str, ...]:
        if self._render is not None:
            try:
                return self._render(roles)
            except TemplateRefused:
                # Sound for an ordinary conversation, but not for this one (two questions in a row, say).
                return self.form.pieces(roles)
        return self.form.pieces(roles)


def choose_template(header: GgufHeader, form_name: str | None = None) -> ChatTemplate:
    """The template for the model with ``header``; ``form_name`` is its form where the model is a Phi of the table.

    The header's template is taken where it is sound (see the module). A Phi was trained on its form and no other: there
    it must, but for white space, be one of the known forms; other markup would be somebody's change.
    """
    form = FORMS[form_name] if form_name else _form_for(header)
    if not header.chat_template:
        return ChatTemplate(form, None, "")
    try:
        render = _header_renderer(header)
        rendered = {probe: render(probe) for probe in _PROBES}
    except TemplateRefused as refusal:
        return ChatTemplate(form, None, str(refusal))
    known = next((each for each in (form, *FORMS.values()) if _is_alike(each, rendered, header)), None)
    if known is None and header.architecture in PHI_ARCHITECTURES:
        return ChatTemplate(form, None, "not a form of Phi")
    return ChatTemplate(known or form, render, "")


def _form_for(header: GgufHeader) -> ChatForm:
    if "<|im_sep|>" in header.tags:
        return PHI_4
    if "<|im_start|>" in header.tags:
        return CHATML
    if "<|assistant|>" in header.tags and "<|end|>" in header.tags:
        # Phi-4-mini has a byte-pair vocabulary (gpt2), Phi-3 a SentencePiece one (llama).
        return PHI_4_MINI if header.tokenizer == "gpt2" else PHI_3
    return PHI_2


def _header_renderer(header: GgufHeader) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    render = compile_template(header.chat_template)

    @functools.lru_cache(maxsize=32)
    def markup(roles: tuple[str, ...]) -> tuple[str, ...]:
        text = render(
            messages=[{"role": role, "content": f"\ue000{index}\ue001"} for index, role in enumerate(roles)],
            add_generation_prompt=True,
            bos_token=header.beginning_text,
            eos_token=header.end_text,
            tools=None,
        )
        parts = _MARK.split(text)
        if parts[1::2] != [str(index) for index in range(len(roles))]:
            raise TemplateRefused("drops, repeats or reorders a text")
        between = tuple(parts[::2])
        if not all(part.strip() for part in between[1:]):
            raise TemplateRefused("runs two texts together")
        if any(len(part) > MOST_MARKUP for part in between):
            raise TemplateRefused("adds a text of its own")
        return between

    return markup


def _is_alike(form: ChatForm, rendered: Mapping[tuple[str, ...], tuple[str, ...]], header: GgufHeader) -> bool:
    """Whether a header's template renders ``form``, but for white space and the token that begins every prompt.

    A conversation without instructions is left out: there some templates add their own.
    """

    def bare(text: str) -> str:
        return re.sub(r"\s+", "", text)

    def is_alike(roles: tuple[str, ...]) -> bool:
        theirs = [bare(part) for part in rendered[roles]]
        beginning = bare(header.beginning_text)
        ours = [bare(part) for part in form.pieces(roles)]
        return theirs == ours or (bool(beginning) and theirs == [beginning + ours[0], *ours[1:]])

    return all(is_alike(roles) for roles in rendered if roles[0] == "system")

"""Writes tiny GGUF models with random weights: whole and valid, of every architecture that Phial is for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import gguf
import numpy as np

WIDTH, FEED_FORWARD, HEADS, LAYERS, CONTEXT, EXPERTS = 32, 64, 4, 2, 512, 4
LONG_ROTARY, LONG_KV_HEADS = 6, 2  # of a model in the form of Phi-4-mini; a head has WIDTH // HEADS = 8 dimensions
TAGS = ("<|system|>", "<|user|>", "<|assistant|>", "<|end|>", "<|im_start|>", "<|im_end|>")
PHI_3_TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}{{ '<|' + message['role'] + '|>\n' + message['content'] + "
    "'<|end|>\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>\n' }}{% endif %}"
)


def vocabulary(
    tag_type: gguf.TokenType, tags: Sequence[str] = TAGS
) -> tuple[list[bytes], list[float], list[gguf.TokenType]]:
    """A SentencePiece vocabulary that spells any text in bytes, with ``tags`` as tokens of ``tag_type``."""
    special = [(b"<unk>", gguf.TokenType.UNKNOWN), (b"<s>", gguf.TokenType.CONTROL), (b"</s>", gguf.TokenType.CONTROL)]
    spelled = [(f"<0x{byte:02X}>".encode(), gguf.TokenType.BYTE) for byte in range(256)]
    words = [(letter.encode(), gguf.TokenType.NORMAL) for letter in "▁abcdefghijklmnopqrstuvwxyz"]
    every = [*special, *spelled, *words, *((tag.encode(), tag_type) for tag in tags)]
    return [text for text, _ in every], [-float(rank) for rank in range(len(every))], [kind for _, kind in every]


def byte_pair_vocabulary(tag_type: gguf.TokenType, tags: Sequence[str]) -> tuple[list[str], list[gguf.TokenType]]:
    """A byte-pair vocabulary of the 256 bytes and one pair of them, with ``tags`` as tokens of ``tag_type``.

    A byte that is no visible character is written as the next one from U+0100 on (Radford et al. 2019, GPT-2).
    """
    visible = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    hidden = [byte for byte in range(256) if byte not in visible]
    letters = [*map(chr, visible), *(chr(256 + rank) for rank in range(len(hidden)))]
    words = [*letters, "qz"]
    return [*words, *tags], [gguf.TokenType.NORMAL] * len(words) + [tag_type] * len(tags)


def write_model(
    path: Path,
    architecture: str = "llama",
    *,
    name: str = "tiny",
    template: str = PHI_3_TEMPLATE,
    tag_type: gguf.TokenType = gguf.TokenType.CONTROL,
    seed: int = 0,
    context: int = CONTEXT,
    is_long: bool = False,
    attention_factor: float = 0.0,
    goes_on: bool = False,
    tags: Sequence[str] = TAGS,
    pre_tokenizer: str = "",
) -> Path:
    """Write a model of ``architecture`` to ``path`` and give the path back.

    ``is_long`` gives it the form of Phi-4-mini: RoPE turns a part of each head, by factors for contexts beyond CONTEXT
    (LongRoPE, Ding et al. 2024); queries share keys; the embeddings are the output's weights. What is turned is scaled
    by ``attention_factor``. One that ``goes_on`` has no marker for its likeliest token, so its answers end at their
    limit. A ``pre_tokenizer`` (by llama.cpp's name) goes with a byte-pair vocabulary; without one it is SentencePiece.
    """
    writer = gguf.GGUFWriter(path, architecture)
    if pre_tokenizer:
        tokens, kinds = byte_pair_vocabulary(tag_type, tags)
    else:
        tokens, scores, kinds = vocabulary(tag_type, tags)
    writer.add_name(name)
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_context_length(context)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(LONG_KV_HEADS if is_long else HEADS)
    writer.add_rope_dimension_count(LONG_ROTARY if is_long else WIDTH // HEADS)
    if is_long:
        writer.add_rope_scaling_orig_ctx_len(CONTEXT)
    if attention_factor:
        writer.add_rope_scaling_attn_factors(attention_factor)
    writer.add_layer_norm_eps(1e-5)
    writer.add_layer_norm_rms_eps(1e-5)
    if architecture == "phimoe":
        writer.add_expert_count(EXPERTS)
        writer.add_expert_used_count(2)
    if pre_tokenizer:
        writer.add_tokenizer_model("gpt2")
        writer.add_tokenizer_pre(pre_tokenizer)
        writer.add_token_list(tokens)
        writer.add_token_types(kinds)
        writer.add_token_merges(["q z"])
    else:
        writer.add_tokenizer_model("llama")
        writer.add_token_list(tokens)
        writer.add_token_scores(scores)
        writer.add_token_types(kinds)
        writer.add_bos_token_id(1)
        writer.add_eos_token_id(2)
        writer.add_unk_token_id(0)
        writer.add_add_space_prefix(False)
    if template:
        writer.add_chat_template(template)
    numbers = np.random.default_rng(seed)
    markers = [at for at, kind in enumerate(kinds) if kind in {gguf.TokenType.UNKNOWN, gguf.TokenType.CONTROL}]
    for tensor, shape in _tensors(architecture, len(tokens), is_long=is_long).items():
        values = np.ones(shape) if tensor.endswith("norm.weight") else numbers.normal(0, 0.2, shape)
        if goes_on and tensor.startswith("token_embd" if is_long else "output."):
            values[markers] = 0  # the likeliest of hundreds of words has more than that
        writer.add_tensor(tensor, values.astype(np.float32))
    if is_long:
        for reach, factor in (("short", 1.0), ("long", 16.0)):
            writer.add_tensor(f"rope_factors_{reach}.weight", np.full(LONG_ROTARY // 2, factor, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _tensors(architecture: str, words: int, *, is_long: bool) -> dict[str, tuple[int, ...]]:
    has_bias = architecture in {"phi2", "phimoe"}
    tensors: dict[str, tuple[int, ...]] = {"token_embd.weight": (words, WIDTH)}

    def add(name: str, *shape: int, bias: bool = has_bias) -> None:
        tensors[f"{name}.weight"] = shape
        if bias:
            tensors[f"{name}.bias"] = shape[:1]

    add("output_norm", WIDTH)
    if not is_long:
        add("output", words, WIDTH)
    for layer in range(LAYERS):
        block = f"blk.{layer}"
        add(f"{block}.attn_norm", WIDTH)
        add(f"{block}.attn_output", WIDTH, WIDTH)
        if architecture == "llama":
            for part in "qkv":
                add(f"{block}.attn_{part}", WIDTH, WIDTH)
        else:
            add(f"{block}.attn_qkv", WIDTH + 2 * (WIDTH // HEADS) * (LONG_KV_HEADS if is_long else HEADS), WIDTH)
        if architecture != "phi2":
            add(f"{block}.ffn_norm", WIDTH)
        if architecture == "phimoe":
            add(f"{block}.ffn_gate_inp", EXPERTS, WIDTH, bias=False)
            add(f"{block}.ffn_gate_exps", EXPERTS, FEED_FORWARD, WIDTH, bias=False)
            add(f"{block}.ffn_up_exps", EXPERTS, FEED_FORWARD, WIDTH, bias=False)
            add(f"{block}.ffn_down_exps", EXPERTS, WIDTH, FEED_FORWARD, bias=False)
            continue
        # Phi-3 keeps the gate and the upward projection in one tensor.
        add(f"{block}.ffn_up", FEED_FORWARD * (2 if architecture == "phi3" else 1), WIDTH)
        if architecture == "llama":
            add(f"{block}.ffn_gate", FEED_FORWARD, WIDTH)
        add(f"{block}.ffn_down", WIDTH, FEED_FORWARD)
    return tensors

"""Writes GGUF embedders: all-MiniLM-L6-v2 as llama.cpp runs it, and tiny ones of the same kind with random weights."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import gguf
import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

Tensors = Mapping[str, NDArray[np.float32]]

_PARTS = {
    "attention.self.query": "attn_q",
    "attention.self.key": "attn_k",
    "attention.self.value": "attn_v",
    "attention.output.dense": "attn_output",
    "attention.output.LayerNorm": "attn_output_norm",
    "intermediate.dense": "ffn_up",
    "output.dense": "ffn_down",
    "output.LayerNorm": "layer_output_norm",
}


def write_bert(
    path: Path,
    tensors: Tensors,
    words: list[str],
    heads: int,
    *,
    window: int = 512,
    name: str = "bert",
    pooling: gguf.PoolingType | None = gguf.PoolingType.MEAN,
) -> Path:
    """Write the ``tensors`` of a BERT, by their names in its own checkpoint, as a GGUF; give its path back."""
    layers = 1 + max(int(key.split(".")[2]) for key in tensors if key.startswith("encoder.layer."))
    writer = gguf.GGUFWriter(path, "bert")
    writer.add_name(name)
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_context_length(window)
    writer.add_embedding_length(tensors["embeddings.word_embeddings.weight"].shape[1])
    writer.add_block_count(layers)
    writer.add_feed_forward_length(tensors["encoder.layer.0.intermediate.dense.weight"].shape[0])
    writer.add_head_count(heads)
    writer.add_layer_norm_eps(1e-12)
    writer.add_causal_attention(False)
    if pooling is not None:
        writer.add_pooling_type(pooling)
    writer.add_tokenizer_model("bert")
    writer.add_tokenizer_pre("default")
    writer.add_token_type_count(2)
    writer.add_token_list([phantom(word) for word in words])
    writer.add_token_types(
        [gguf.TokenType.CONTROL if word.startswith("[") and word.endswith("]") and len(word) > 2 else
         gguf.TokenType.NORMAL for word in words]
    )  # fmt: skip
    # llama.cpp puts what it calls the beginning, and the separator, around every text of a BERT.
    for special, word in (("bos", "CLS"), ("unk", "UNK"), ("sep", "SEP"), ("pad", "PAD"), ("mask", "MASK")):
        getattr(writer, f"add_{special}_token_id")(words.index(f"[{word}]"))
    for key, values in tensors.items():
        if tensor := _name(key):
            kept = values[:window] if tensor == "position_embd.weight" else values
            writer.add_tensor(tensor, np.ascontiguousarray(kept, dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def phantom(word: str) -> str:
    """A word of WordPiece as llama.cpp's vocabularies have it: one that begins a word begins with a space's mark."""
    if word.startswith("[") and word.endswith("]") and len(word) > 2:
        return word
    return word[2:] if word.startswith("##") else f"▁{word}"


def _name(key: str) -> str:
    """The name that llama.cpp has for a tensor of BERT; "" where it has none."""
    fixed = {"word_embeddings": "token_embd", "position_embeddings": "position_embd",
             "token_type_embeddings": "token_types", "LayerNorm": "token_embd_norm"}  # fmt: skip
    first, *rest = key.split(".")
    if first == "embeddings" and rest[0] in fixed and len(rest) == 2:
        return f"{fixed[rest[0]]}.{rest[1]}"
    if first == "encoder":
        layer, part, ending = rest[1], ".".join(rest[2:-1]), rest[-1]
        return f"blk.{layer}.{_PARTS[part]}.{ending}"
    return ""


def write_minilm(path: Path, folder: Path) -> Path:
    """all-MiniLM-L6-v2, whose sentence-transformers ``folder`` is given, as a GGUF with all of its precision."""
    vocabulary = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    words = sorted(vocabulary, key=vocabulary.__getitem__)
    return write_bert(path, load_file(folder / "model.safetensors"), words, 12, name="all-MiniLM-L6-v2")


def write_tiny_embedder(
    path: Path,
    *,
    dimensions: int = 16,
    window: int = 512,
    name: str = "tiny embedder",
    seed: int = 0,
    pooling: gguf.PoolingType | None = gguf.PoolingType.MEAN,
) -> Path:
    """An embedder of one layer with random weights, which spells words by their letters."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789.,;:?!'()-"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    numbers = np.random.default_rng(seed)

    def some(*shape: int) -> NDArray[np.float32]:
        return numbers.normal(0, 0.5, shape).astype(np.float32)

    tensors = {
        "embeddings.word_embeddings.weight": some(len(words), dimensions),
        "embeddings.position_embeddings.weight": some(window, dimensions),
        "embeddings.token_type_embeddings.weight": some(2, dimensions),
    }
    for norm in ("embeddings", "encoder.layer.0.attention.output", "encoder.layer.0.output"):
        tensors[f"{norm}.LayerNorm.weight"] = np.ones(dimensions, np.float32)
        tensors[f"{norm}.LayerNorm.bias"] = np.zeros(dimensions, np.float32)
    for part in _PARTS:
        if not part.endswith("LayerNorm"):
            wide = {"intermediate.dense": (2 * dimensions, dimensions), "output.dense": (dimensions, 2 * dimensions)}
            shape = wide.get(part, (dimensions, dimensions))
            tensors[f"encoder.layer.0.{part}.weight"] = some(*shape)
            tensors[f"encoder.layer.0.{part}.bias"] = some(shape[0])
    return write_bert(path, tensors, words, 2, window=window, name=name, pooling=pooling)

"""Which model files hold a language model that can be asked: the architectures, and what else comes as a GGUF."""

from __future__ import annotations

from pathlib import Path

from engine.errors import EngineProblem, PhialError
from engine.gguf_header import GgufHeader

# The architectures of the llama.cpp that is compiled in (src/llama-arch.cpp) which write one token after another. A
# test holds both lists against llama.cpp itself, so a newer one can't leave them behind.
WRITERS = frozenset({
    "afmoe", "apertus", "arcee", "arctic", "arwkv7", "baichuan", "bailingmoe", "bailingmoe2", "bailingmoe3", "bitnet",
    "bloom", "chameleon", "chatglm", "codeshell", "cogvlm", "cohere2", "cohere2moe", "command-r", "dbrx", "deci",
    "deepseek", "deepseek2", "deepseek2-ocr", "deepseek32", "deepseek4", "dots1", "dots3note", "ernie4_5",
    "ernie4_5-moe", "exaone", "exaone-moe", "exaone4", "falcon", "falcon-h1", "gemma", "gemma2", "gemma3", "gemma3n",
    "gemma4", "glm-dsa", "glm4", "glm4moe", "glm5-next", "gpt-oss", "gpt2", "gptj", "gptneox", "granite",
    "granite_swa", "granitehybrid", "granitemoe", "graniteswitch", "grok", "grovemoe", "hrm_text", "hunyuan-dense",
    "hunyuan-moe", "hunyuan_vl", "hy_v3", "hy_v4", "internlm2", "jais", "jais2", "jamba", "kimi-k3", "kimi-linear",
    "laguna", "lfm2", "lfm2moe", "llama", "llama4", "maincoder", "mamba", "mamba2", "maple", "mellum", "mimo2",
    "minicpm", "minicpm3", "minimax-01", "minimax-m2", "minimax-m3", "mistral3", "mistral4", "mpt", "muse-glimmer",
    "nemotron", "nemotron_h", "nemotron_h_moe", "olmo", "olmo2", "olmoe", "openelm", "orion", "paddleocr",
    "pangu-embedded", "phi2", "phi3", "phimoe", "plamo", "plamo2", "plamo3", "plm", "qwen", "qwen2", "qwen2moe",
    "qwen2vl", "qwen3", "qwen35", "qwen35moe", "qwen3moe", "qwen3next", "qwen3vl", "qwen3vlmoe", "qwen4exp", "refact",
    "rwkv6", "rwkv6qwen2", "rwkv7", "seed_oss", "smallthinker", "smollm3", "spark2_5", "stablelm", "starcoder",
    "starcoder2", "step35", "talkie", "xverse",
})  # fmt: skip

# Those that llama.cpp knows, and that don't: they embed, see, speak, draft for another model, translate from an encoder
# or fill in a whole text at once.
OTHERS = frozenset({
    "bert", "clip", "dflash", "dream", "eagle3", "eurobert", "gemma-embedding", "gemma4-assistant", "jina-bert-v2",
    "jina-bert-v3", "llada", "llada-moe", "llama-embed", "modern-bert", "neo-bert", "nomic-bert", "nomic-bert-moe",
    "rnd1", "t5", "t5encoder", "wavtokenizer-dec",
})  # fmt: skip


def why_not_a_writer(header: GgufHeader, path: Path) -> PhialError | None:
    """Why the model at ``path`` can't be asked anything, or None: MODEL_WRITES_NOTHING, MODEL_ARCHITECTURE."""
    is_other = (
        header.architecture in OTHERS
        or header.kind != "model"
        or header.pooling > 0
        or not header.is_causal
        or not header.vocabulary_size
        or not header.tensor_count
    )
    if is_other:
        return PhialError(EngineProblem.MODEL_WRITES_NOTHING, path=str(path))
    if header.architecture not in WRITERS:
        return PhialError(EngineProblem.MODEL_ARCHITECTURE, path=str(path), architecture=header.architecture)
    return None

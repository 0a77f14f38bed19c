"""The model process and what stands under everything: links between processes, paths, errors."""

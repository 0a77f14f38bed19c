"""The model process and what stands under everything: links between processes, paths, errors."""

import os

# onnxruntime (from 1.29) reports to its maker from the moment it is loaded, and leaves a number for this computer in
# the person's cache. Nothing connects to a network that the person didn't ask for by name: it is told so before it is
# loaded, for every process that is started from here. Each of ours imports this package first. Decision 0192.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

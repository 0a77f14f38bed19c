"""The worker: documents become passages, passages become answers."""

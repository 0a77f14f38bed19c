"""The two stores: library.db, the truth, and Chroma, an index over it."""

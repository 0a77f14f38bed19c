"""The installer for Windows: what goes in, what it needs, how it is signed, and its trial."""

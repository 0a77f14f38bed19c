"""The bundle and the disk image for macOS: what they say of themselves, how they are signed, how they are made."""

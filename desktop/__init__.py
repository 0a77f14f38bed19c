"""The window: Qt and nothing heavy."""

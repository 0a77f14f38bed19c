"""The three panes of the main window."""

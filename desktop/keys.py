"""The keys of the window: bound where they act, listed in the window of shortcuts, named in tooltips.

Written as Qt's portable text: Ctrl is the Command key on a Mac.
"""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

SHORTCUTS = "F1"
NEXT_PANE = "F6"
PREVIOUS_PANE = "Shift+F6"
SEARCH_DOCUMENTS = "Ctrl+K"
LOOK_INSIDE = "Ctrl+Return"
"""In that search: what is typed is looked for in the text of the documents."""
SEARCH_CONVERSATIONS = "Ctrl+F"
NEW_CONVERSATION = "Ctrl+N"
ADD_FILES = "Ctrl+O"
SAVE = "Ctrl+S"
PREVIOUS_QUESTION = "Alt+Up"
NEXT_QUESTION = "Alt+Down"
HEALTH = "Ctrl+Shift+H"
MODELS = "Ctrl+Shift+M"
SETTINGS = "Ctrl+,"
ACTIVITIES = "Ctrl+Shift+A"
QUIT = "Ctrl+Q"
NEXT_CITATION = "F3"
PREVIOUS_CITATION = "Shift+F3"
LARGER = "Ctrl++"
LARGER_WITHOUT_SHIFT = "Ctrl+="
SMALLER = "Ctrl+-"
FIT_WIDTH = "Ctrl+0"
FIT_PAGE = "Ctrl+9"
PAPER_SIZE = "Ctrl+1"
TURN_PAGES = "R"
CONTENTS = "F4"
FIND_IN_DOCUMENT = SEARCH_CONVERSATIONS
"""Which of the two is meant is told by the pane that has the keyboard."""
COPY = "Ctrl+C"
COPY_WITH_PLACE = "Ctrl+Shift+C"
ASK_ABOUT = "Ctrl+E"
SELECT_ALL = "Ctrl+A"
RENAME = "F2"
FORGET = "Del"
UNDO = "Ctrl+Z"
SELECT_ALL = "Ctrl+A"
MENU = "Menu"
PASTE = "Ctrl+V"
BACK_OUT = "Esc"
ASK = "Return"
NEW_LINE = "Shift+Return"
CONTINUE = "Ctrl+Return"


def native(key: str) -> str:
    """``key`` as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)

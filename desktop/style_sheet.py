"""The rules of the style sheet, as a template that the theme fills with its tokens: no colour stands here."""

from __future__ import annotations

from string import Template

TEMPLATE = Template(
    """
QMainWindow, QDialog { background: $ground; }
QWidget[role="plain"] { background: transparent; border: none; }
QFrame[role="sidebar"] { background: $sidebar; border: none; }
QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[role="card"][selected="true"] { border: 2px solid $teal; }
QFrame[role="card"]:focus { border: 2px solid $teal; }
QFrame[role="bubble"] { background: $teal_soft; border: none; border-radius: 12px; }
QFrame[role="composer"] { background: $surface; border: 1px solid $line; border-radius: 12px; }
QFrame[role="bar"] { background: $danger_soft; border: none; }
QFrame[role="well"] { background: $teal_soft; border: none; }
QFrame[role="notice"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[role="drop"] { background: $teal_soft; border: 2px dashed $teal; border-radius: 12px; }
QFrame[role="place"] { background: $surface; border: 1px dashed $muted; border-radius: 12px; }
QFrame[role="popup"] { background: $surface; border: 1px solid $line; border-radius: 12px; }
QFrame[role="line"] { background: $line; border: none; max-height: 1px; min-height: 1px; }

QLabel { background: transparent; color: $text; }
QLabel:disabled { color: $muted; }
QLabel[role="title"] { font-weight: 600; }
QLabel[role="section"] { color: $muted; font-weight: 600; font-size: $small; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: $small; }
QLabel[role="danger"] { color: $danger; }
QLabel[role="key"] { color: $muted; border: 1px solid $line; border-radius: 4px; padding: 0 5px; font-size: $small; }
QLabel[role="keycap"] { color: $text; background: $surface; border: 1px solid $muted; border-radius: 8px;
    padding: 8px 16px; font-weight: 600; }
QLabel[role="heading"] { font-weight: 600; font-size: $large; }
QLabel[role="chip"] { color: $muted; border: 1px solid $line; border-radius: 12px; padding: 3px 10px;
    background: $surface; }

QPushButton { background: $surface; color: $text; border: 1px solid $line; border-radius: 8px; padding: 6px 14px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $teal_soft; }
QPushButton:focus { border: 1px solid $teal; outline: none; }
QPushButton:disabled { color: $muted; background: transparent; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton[role="primary"] { background: $teal; color: $on_teal; border: 1px solid $teal; font-weight: 600; }
QPushButton[role="primary"]:focus { border: 2px solid $text; padding: 5px 13px; }
QPushButton[role="primary"]:disabled { background: $hover; color: $muted; border-color: $hover; }
QPushButton[role="quiet"] { background: transparent; border: 1px solid transparent; color: $muted; padding: 4px 6px;
    border-radius: 6px; font-size: $small; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: $teal; padding: 3px 6px;
    border-radius: 6px; font-weight: 600; }
QPushButton[role="link"]:hover { background: $hover; }
QPushButton[role="link"]:focus { border: 1px solid $teal; }
QPushButton[role="quiet"]:hover { color: $text; background: $hover; }
QPushButton[role="quiet"]:focus { border: 1px solid $teal; }
QPushButton[role="icon"], QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px;
    padding: 4px; }
QPushButton[role="icon"]:hover, QToolButton:hover { background: $hover; }
QPushButton[role="icon"]:focus, QToolButton:focus { border: 1px solid $teal; }
QToolButton::menu-indicator { image: none; }
QPushButton[role="chip"] { color: $muted; border: 1px solid $line; border-radius: 12px; padding: 5px 11px;
    background: $surface; text-align: left; font-size: $small; }
QPushButton[role="chip"]:hover { background: $hover; color: $text; }
QPushButton[role="chip"]:focus { border: 1px solid $teal; }
QPushButton[role="row"] { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 8px 7px;
    text-align: left; }
QPushButton[role="row"]:hover { background: $hover; }
QPushButton[role="row"]:focus { border: 1px solid $teal; }
QPushButton[role="heading"] { background: transparent; border: 1px solid transparent; border-radius: 6px;
    padding: 3px 7px; color: $muted; font-weight: 600; font-size: $small; text-align: left; }
QPushButton[role="heading"]:hover { color: $text; background: $hover; }
QPushButton[role="heading"]:focus { border: 1px solid $teal; }
QPushButton[role="chip"]:checked { background: $teal_soft; color: $text; border: 1px solid $teal; }
QPushButton[role="chip"]:checked:focus { border: 2px solid $teal; padding: 4px 10px; }

QLineEdit { background: $surface; color: $text; border: 1px solid $line; border-radius: 8px; padding: 6px 8px;
    placeholder-text-color: $muted;
    selection-background-color: $teal; selection-color: $on_teal; }
QLineEdit:focus { border: 1px solid $teal; }
QLineEdit[role="cell"] { padding: 0 6px; border-radius: 6px; border: 1px solid $teal; }
QComboBox { background: $surface; color: $text; border: 1px solid $line; border-radius: 8px; padding: 5px 2px 5px 7px;
    combobox-popup: 0; }
QComboBox:hover { background: $hover; }
QComboBox:focus, QComboBox:on { border: 1px solid $teal; }
QComboBox:disabled { color: $muted; background: transparent; }
QComboBox::drop-down { border: none; width: 20px; subcontrol-origin: padding; subcontrol-position: center right; }
QComboBox::down-arrow { image: $arrow; width: 16px; height: 16px; }

QCheckBox { background: transparent; color: $text; spacing: 0; }
QCheckBox::indicator { width: 16px; height: 16px; margin: 3px;
    border: 1px solid $muted; border-radius: 4px; background: $surface; }
QCheckBox::indicator:hover { background: $hover; }
QCheckBox::indicator:checked { background: $teal; border: 1px solid $teal; image: $tick; }
QCheckBox::indicator:focus { border: 2px solid $teal; width: 14px; height: 14px; }
QCheckBox::indicator:checked:focus { border: 2px solid $text; }
QCheckBox:disabled { color: $muted; }
QCheckBox::indicator:disabled { background: transparent; }

QLineEdit[role="quick"] { background: transparent; border: none; padding: 0; }
QPlainTextEdit, QTextEdit, QTextBrowser { background: transparent; color: $text; border: none;
    placeholder-text-color: $muted;
    selection-background-color: $teal; selection-color: $on_teal; }

QAbstractScrollArea[role="read"] { border: 1px solid transparent; }
QAbstractScrollArea[role="read"]:focus { border: 1px solid $teal; }

QPushButton[role="tab"] { background: transparent; border: none; border-bottom: 2px solid transparent; color: $muted;
    padding: 5px 8px; font-size: $small; }
QPushButton[role="tab"]:hover { color: $text; }
QPushButton[role="tab"]:checked { color: $text; border-bottom: 2px solid $teal; }
QPushButton[role="tab"]:focus { background: $hover; }

QTreeView { background: transparent; border: 1px solid transparent; outline: none; color: $text; }
QTreeView:focus { border: 1px solid $teal; border-radius: 6px; }
QTreeView::item { padding: 4px 2px; border: none; color: $text; }
QTreeView::item:hover { background: $hover; }
QTreeView::item:selected { background: $teal_soft; color: $text; }
QListView { background: $surface; border: 1px solid $line; outline: none; color: $text; }
QWidget QListView { background: transparent; border: none; }
QComboBox QListView { background: $surface; border: 1px solid $line; padding: 4px; }
QComboBox QListView::item { padding: 5px 6px; border-radius: 6px; border: none; color: $text; }
QComboBox QListView::item:selected { background: $teal_soft; color: $text; }
QListWidget::item { padding: 5px 6px; border-radius: 6px; border: none; color: $text; }
QListWidget::item:hover { background: $hover; }
QListWidget::item:selected { background: $teal_soft; color: $text; }
QListWidget::item:focus { border: 1px solid $teal; padding: 4px 5px; }
QComboBoxPrivateContainer { background: $surface; border: none; }
QTableView { background: $surface; color: $text; border: 1px solid $line; border-radius: 8px; outline: none;
    selection-background-color: $teal_soft; selection-color: $text; }
QTableView:focus { border: 1px solid $teal; }
QTableView::item { padding: 4px 8px; border: none; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: $muted; border: none; border-bottom: 1px solid $line;
    padding: 6px 8px; font-size: $small; font-weight: 600; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: $line; border-radius: 3px; min-height: 32px; margin: 2px; }
QScrollBar::handle:vertical:hover { background: $muted; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: $line; border-radius: 3px; min-width: 32px; margin: 2px; }
QScrollBar::handle:horizontal:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none;
    border: none; width: 0; height: 0; }

QMenu { background: $surface; color: $text; border: 1px solid $line; padding: 6px; }
QMenu::item { padding: 6px 20px 6px 12px; border-radius: 6px; }
QMenu::item:selected { background: $teal_soft; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QToolTip { background: $surface; color: $text; border: 1px solid $line; padding: 5px 7px; }
"""
)

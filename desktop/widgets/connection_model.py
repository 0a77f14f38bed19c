"""The ledger of connections as a table: when, where to, what for, what came, and what became of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QAbstractTableModel, QDateTime, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.widgets.model_words import locale_size
from rag.protocol import FOR_AN_UPDATE, Connection

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_GIVEN, _ELSEWHERE = frozenset({200, 206}), range(300, 400)
"""What a server's number says: all of it or the part that was asked for; another address (RFC 9110)."""

_HTTPS = ":443"
"""The port that every connection for a model has, but for mirrors of one's own."""

_WORDS = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_FIGURES = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class ConnectionModel(QAbstractTableModel):
    """Every connection that was made, the newest first."""

    WHEN, ADDRESS, PURPOSE, RECEIVED, OUTCOME = range(5)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.connections: tuple[Connection, ...] = ()

    def replace(self, connections: Sequence[Connection]) -> None:
        """Hold these, which come oldest first."""
        self.beginResetModel()
        self.connections = tuple(reversed(connections))
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """A row for each."""
        return 0 if parent.isValid() else len(self.connections)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """As the head says."""
        return 0 if parent.isValid() else 5

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole.value
    ) -> object:
        """What each column holds."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _FIGURES if section == self.RECEIVED else _WORDS
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("When"), self.tr("Where to"), self.tr("What for"), self.tr("Received"), self.tr("Outcome")
        )[section]  # fmt: skip

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole.value) -> object:
        """The words of a cell; the whole of it as its tip."""
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == self.RECEIVED:
            return _FIGURES
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        connection = self.connections[index.row()]
        return (
            QLocale().toString(QDateTime.fromSecsSinceEpoch(int(connection.at)), QLocale.FormatType.ShortFormat),
            connection.address.removesuffix(_HTTPS),
            self.purpose_words(connection.model),
            locale_size(connection.bytes),
            self.outcome_words(connection.outcome),
        )[index.column()]

    def purpose_words(self, model: str) -> str:
        """What it was for."""
        purpose, _, version = model.partition(" ")
        if purpose != FOR_AN_UPDATE:
            return self.tr("Model {model}").format(model=model)
        return self.tr("Phial {version}").format(version=version) if version else self.tr("Is there a new version?")

    def outcome_words(self, outcome: str) -> str:
        """What became of it, for those who know no server's numbers."""
        status, _, trouble = outcome.rpartition(", ") if outcome[:1].isdigit() and "," in outcome else ("", "", outcome)
        said = {
            "": self.tr("Not ended"),
            "unreachable": self.tr("Out of reach"),
            "untrusted": self.tr("Its certificate is not trusted"),
            "broken off": self.tr("Broken off"),
        }.get(trouble)
        if said is not None:
            return said
        number = int(trouble) if trouble.isdigit() else 0
        if number in _GIVEN:
            return self.tr("Done")
        if number in _ELSEWHERE:
            return self.tr("Sent on to another address")
        return self.tr("Refused ({status})").format(status=trouble or status)


def as_csv(connections: Sequence[Connection]) -> bytes:
    """The ledger as a table for other programs: in no language, times in UTC, bytes as numbers."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(["time", "address", "model", "bytes", "outcome"])
    for one in connections:
        at = datetime.fromtimestamp(one.at, UTC).isoformat(timespec="seconds")
        table.writerow([at, one.address, one.model, one.bytes, one.outcome])
    return written.getvalue().encode()

"""The button that says in which order documents are listed, with the menu that changes it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSettings, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from desktop.theme import Theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.document_order import Order, Sorting

_ORDER, _IS_REVERSED = "library/order", "library/is_reversed"


def kept_sorting(store: QSettings) -> Sorting:
    """What was chosen before; the default where that is none of ours."""
    order = str(store.value(_ORDER, ""))
    is_reversed = bool(store.value(_IS_REVERSED, defaultValue=False, type=bool))
    return Sorting(Order(order) if order in set(Order) else Order.NAME, is_reversed)


def keep_sorting(store: QSettings, sorting: Sorting) -> None:
    """Write down what was chosen."""
    store.setValue(_ORDER, sorting.order.value)
    store.setValue(_IS_REVERSED, sorting.is_reversed)


class SortButton(IconButton):
    """``chosen`` carries the Sorting that is wanted from now on."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, sorting: Sorting, parent: QWidget | None = None) -> None:
        super().__init__(theme, "sort", "", parent=parent)
        self._sorting = sorting
        self.clicked.connect(self._open)
        self._tell()

    def _open(self) -> None:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for order, name in self._names().items():
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(order is self._sorting.order)
            action.triggered.connect(lambda _=False, order=order: self._choose(Sorting(order)))
            group.addAction(action)
        menu.addSeparator()
        reverse = menu.addAction(self.tr("The other way round"))
        reverse.setCheckable(True)
        reverse.setChecked(self._sorting.is_reversed)
        reverse.triggered.connect(lambda on: self._choose(Sorting(self._sorting.order, on)))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _choose(self, sorting: Sorting) -> None:
        self._sorting = sorting
        self._tell()
        self.chosen.emit(sorting)

    def _tell(self) -> None:
        name = self._names()[self._sorting.order]
        self.set_name(self.tr("Order: {order}").format(order=name))

    def _names(self) -> dict[Order, str]:
        return {
            Order.NAME: self.tr("Name"),
            Order.ADDED: self.tr("Date added"),
            Order.DATED: self.tr("Date of the document"),
            Order.KIND: self.tr("Kind"),
            Order.PAGES: self.tr("Pages"),
            Order.STATE: self.tr("State"),
            Order.SIZE: self.tr("Size"),
        }

"""The button that says in which order documents are listed, with the menu that changes it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QAction
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
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for order, name in self._names().items():
            self._offer(menu, name, order, is_chosen=order is self._sorting.order)
        menu.addSeparator()
        self._offer(menu, self.tr("The other way round"), None, is_chosen=self._sorting.is_reversed)
        menu.triggered.connect(self._choose)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _offer(self, menu: QMenu, name: str, order: Order | None, *, is_chosen: bool) -> None:
        action = menu.addAction(name)
        action.setData(order)
        action.setCheckable(True)
        action.setChecked(is_chosen)

    def _choose(self, action: QAction) -> None:
        order = action.data()
        if order:
            self._sorting = Sorting(Order(order))
        else:
            self._sorting = Sorting(self._sorting.order, action.isChecked())
        self._tell()
        self.chosen.emit(self._sorting)

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

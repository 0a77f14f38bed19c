"""One model as a card: what it is good for, what it needs of this computer, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme import Theme, set_role
from desktop.widgets.buttons import Button, QuietButton
from desktop.widgets.download_line import DownloadLine
from desktop.widgets.labels import make_label
from desktop.widgets.model_words import fit_words, locale_size, needs_words, speed_words
from desktop.widgets.soft_breaks import breakable
from desktop.widgets.trouble import sentences_of
from rag.protocol import Download, DownloadState, Machine, Model, Offer


class ModelCard(QFrame):
    """Of a model that is here, or could be had. The signals carry nothing: who made the card knows its model.

    ``get_wanted``: from the network, or on with it. ``file_wanted``: from a file or a folder. ``use_wanted``: have it
    answer from now on.
    """

    get_wanted = Signal()
    file_wanted = Signal()
    pause_wanted = Signal()
    drop_wanted = Signal()
    use_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._can_be_had = False
        self.setProperty("role", "card")
        self._title = make_label("title")
        self._badge = make_label("chip")
        self._badge.setWordWrap(False)
        self._text = make_label()
        self._facts = make_label("small")
        self._get = Button()
        self._get.clicked.connect(self.get_wanted)
        self._use = Button(self.tr("Use this one"))
        self._use.clicked.connect(self.use_wanted)
        self._file = QuietButton(self.tr("Use a file I already have…"))
        self._file.clicked.connect(self.file_wanted)
        self._line = DownloadLine(theme)
        self._line.go_wanted.connect(self.get_wanted)
        self._line.pause_wanted.connect(self.pause_wanted)
        self._line.drop_wanted.connect(self.drop_wanted)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.space(1))
        for button in (self._get, self._use, self._file):
            buttons.addWidget(button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space(2), theme.space(1.5), theme.space(2), theme.space(1.5))
        layout.setSpacing(theme.space(0.75))
        layout.addLayout(head)
        layout.addWidget(self._text)
        layout.addWidget(self._facts)
        layout.addLayout(buttons)
        layout.addWidget(self._line)

    def show_offer(self, offer: Offer, machine: Machine, installed: Model | None) -> None:
        """Show a model of the catalogue; ``installed`` is the one on this computer that is this one."""
        if offer.reason:
            self._say(offer.name, "", offer.good_for, offer.reason)
        else:
            facts = [needs_words(offer, machine), speed_words(offer.speed)]
            if installed is None and offer.bytes:
                facts.insert(0, self.tr("{size} to download").format(size=locale_size(offer.bytes)))
            elif installed is None:
                facts.insert(0, self.tr("Its size, and what it needs of this computer, are known once it is fetched"))
            badge = self.tr("Recommended here") if offer.is_recommended else fit_words(offer.fit)
            if offer.is_recommended:
                facts.insert(0, fit_words(offer.fit))
            self._say(offer.name, badge, offer.good_for, " · ".join(filter(None, facts)))
        set_role(self._title, "muted" if offer.reason else "title")
        self._can_be_had = installed is None and not offer.reason
        self._get.setText(self.tr("Download"))
        self._get.setAccessibleName(self.tr("Download {model}").format(model=offer.name))
        set_role(self._get, "primary" if offer.is_recommended else "")
        self._file.setAccessibleName(self.tr("Use a file of {model} that I already have").format(model=offer.name))
        self._show_use(installed, offer.name)
        # One that came once, and is not here now, was taken away since: it can be had again.
        came = offer.download is not None and offer.download.state is DownloadState.DONE
        self.show_download(None if came else offer.download)

    def show_download(self, download: Download | None) -> None:
        """Show how the getting of it stands."""
        has_ended = download is None or download.state is DownloadState.DROPPED
        if download is not None and download.state is DownloadState.DONE:
            self._can_be_had = False  # it is here; what else there is to say of it comes with the offer
        self._line.show_download(download)
        for button in (self._get, self._file):
            button.setVisible(self._can_be_had and has_ended)

    def show_installed(self, model: Model) -> None:
        """Show a model on this computer that is none of the catalogue, or has a trouble of its own."""
        facts = [locale_size(model.bytes) if model.bytes else "", speed_words(model.speed)]
        badge = self.tr("Found in {program}").format(program=model.source) if model.source else ""
        if model.problem is not None:
            said = breakable(str(sentences_of(model.problem)))
        elif model.is_stand_in:
            said = self.tr("A small stand-in until a Phi model is added: trust the passages rather than its words.")
        else:
            said = ""
            facts.append(breakable(model.path))
        self._say(model.name, badge, said, " · ".join(filter(None, facts)))
        self._get.hide()
        self._file.hide()
        self._line.show_download(None)
        self._show_use(model, model.name)

    def _show_use(self, installed: Model | None, name: str) -> None:
        can_be_used = installed is not None and installed.problem is None
        is_chosen = installed is not None and installed.is_chosen
        self._use.setVisible(can_be_used and not is_chosen)
        self._use.setAccessibleName(self.tr("Answer with {model}").format(model=name))
        if is_chosen:
            self._say_badge(self.tr("Answers your questions"))
        self.setProperty("selected", is_chosen)
        self.style().unpolish(self)
        self.style().polish(self)

    def _say(self, title: str, badge: str, text: str, facts: str) -> None:
        self._title.setText(title)
        self._say_badge(badge)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._facts.setText(facts)
        self._facts.setVisible(bool(facts))
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join(filter(None, (badge, text, facts))))

    def _say_badge(self, badge: str) -> None:
        self._badge.setText(badge)
        self._badge.setVisible(bool(badge))

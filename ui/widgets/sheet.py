"""A sheet: a card in front of a page that is dimmed meanwhile; it keeps the keys and the focus to itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from pos.i18n import _
from ui.theme import Colour, Size, Theme
from ui.widgets.key_hints import Hints
from ui.widgets.panel import Card

_DIM = 150


class Sheet(QWidget):
    """`left` is the wish to go back (Esc), `entered` the Enter key where no button took it.

    A line edit tells of Enter and passes it on too: whoever listens to `entered` must not listen to the field.
    """

    left = Signal()
    entered = Signal()

    def __init__(self, theme: Theme, page: QWidget, *, width: int = 760) -> None:
        super().__init__(page)
        self._page = page
        self._back: QWidget | None = None
        self.card = Card(theme)
        self.card.setFixedWidth(theme.px(width))
        grid = QGridLayout(self)
        edge = theme.px(Size.GAP)
        grid.setContentsMargins(edge, edge, edge, edge)
        # Not by alignment, which gives a card its hint though it needs a little more.
        grid.addWidget(self.card, 1, 1)
        for side in (0, 2):
            grid.setRowStretch(side, 1)
            grid.setColumnStretch(side, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        page.installEventFilter(self)
        self.hide()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""

    def hints(self) -> Hints:
        """The keys that none of its buttons shows: while it lies on a page the foot of the window tells these."""
        return (("Tab", _("Next question")),)

    @property
    def is_open(self) -> bool:
        """Whether the sheet lies on its page."""
        return not self.isHidden()

    def open_on(self, first: QWidget) -> None:
        """Lie down on the page and give the focus to `first`."""
        if not self.is_open:
            self._back = self._page.focusWidget()
        self.setGeometry(self._page.rect())
        self.show()
        self.raise_()
        # Words that were put in while it was hidden: without this the first picture has the room of the old ones.
        for layout in reversed(self.findChildren(QLayout)):
            layout.activate()
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_away(self) -> None:
        """Go, and give the focus back to where it was."""
        if self.is_open:
            self.hide()
            (self._back or self._page).setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the page."""
        if watched is self._page and event.type() is QEvent.Type.Resize:
            self.setGeometry(self._page.rect())
        return False

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002  # Qt's own name
        """Tab goes round within the sheet."""
        stops = [
            child
            for child in self._tab_order()
            if child.isVisibleTo(self) and child.isEnabled() and child.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        if not stops:
            return True
        now = self.focusWidget()
        at = stops.index(now) if now in stops else -1
        stops[(at + (1 if next else -1)) % len(stops)].setFocus(
            Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        )
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Enter; every other key ends here and never reaches the page."""
        if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat():
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.entered.emit()
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim the page."""
        colour = QColor(Colour.HEADER)
        colour.setAlpha(_DIM)
        QPainter(self).fillRect(self.rect(), colour)

    def _tab_order(self) -> list[QWidget]:
        order: list[QWidget] = []
        child = self.nextInFocusChain()
        while child is not None and child is not self:
            if self.isAncestorOf(child):
                order.append(child)
            child = child.nextInFocusChain()
        return order

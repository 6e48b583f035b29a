"""The middle panel: today's dishes as large tiles, shelf by shelf and page by page."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from pos import words
from pos.domain.menu import DishKind, Offer
from pos.i18n import _, pgettext
from ui.sales.counter import Counter
from ui.sales.shelves import MOST_TILES, Shelves, TypedKeys, key_of
from ui.sales.tray import EMPTY, Tray
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label, Tone
from ui.widgets.paint import Sign
from ui.widgets.tile import Tile

_TILE_WIDTH = 184
_TILE_HEIGHT = 104
_PICTURE = 100


class MenuPanel(QWidget):
    """Tiles are made once and filled again: two hundred made anew would take half a second."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shelves = Shelves()
        self._typed = TypedKeys()
        self._tray: Tray = EMPTY
        self._photos: Mapping[str, bytes] = {}
        self._pictures: dict[str, QPixmap | None] = {}
        self._columns = 3
        self._tabs = _Tabs(theme)
        # Tiles have their parent from the start: a widget without one is shown as a window of its own.
        self._field = QWidget(self)
        self._tiles = [self._tile(place) for place in range(MOST_TILES)]
        self._more = Button(theme, "", Kind.SECONDARY, sign=Sign.NEXT, parent=self._field)
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._none = Label(theme, "", Text.HEADING, Tone.MUTED, wrap=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._grid = QGridLayout(self._field)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(10))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._field)
        self._stack.addWidget(self._none)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(10))
        layout.addWidget(self._tabs)
        layout.addWidget(self._stack, 1)
        self._tabs.picked.connect(lambda kind: self._turn(self._shelves.at_kind(kind)))
        self._tabs.stepped.connect(self.next_shelf)
        self._more.clicked.connect(lambda: self.turn_page(1))
        self.retranslate()

    def show_counter(self, counter: Counter) -> None:
        """Show the menu and what is on the tray."""
        self._tray = counter.tray
        if counter.today:
            before, self._shelves = self._shelves, self._shelves.with_menu(counter.today.menu)
            if before is not self._shelves:
                self._fill()
        self._count()

    def show_photos(self, photos: Mapping[str, bytes]) -> None:
        """The pictures of the dishes, by dish; one that Qt cannot read is none."""
        self._photos, self._pictures = photos, {}
        self._fill()

    def press_digit(self, digit: int) -> None:
        """A number key: a dish, or the 0 before its second digit."""
        shown = self._shelves.shown
        self._typed, place = self._typed.typed(digit, len(shown))
        if place is not None:
            self.chosen.emit(shown[place].dish_id)

    def forget_digit(self) -> None:
        """Another key came after the 0."""
        self._typed = TypedKeys()

    def turn_page(self, step: int) -> None:
        """The next page of this shelf."""
        self._turn(self._shelves.turned(step))

    def next_shelf(self, step: int) -> None:
        """The shelf beside this one."""
        self._turn(self._shelves.next_kind(step))

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        self._none.setText(_("There is no menu for this meal yet."))
        for tile in self._tiles:
            tile.retranslate()
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many tiles as there is room for."""
        super().resizeEvent(event)
        gap, px = self._grid.spacing(), self._theme.px
        height = self.height() - px(Size.TARGET) - px(10)
        columns = max(2, (self.width() + gap) // (px(_TILE_WIDTH) + gap))
        rows = max(2, (height + gap) // (px(_TILE_HEIGHT) + gap))
        rows = min(rows, MOST_TILES // columns)
        self._columns = columns
        self._shelves = self._shelves.with_room(columns * rows)
        self._fill()

    def sizeHint(self) -> QSize:
        """Two columns at least."""
        return QSize(self._theme.px(2 * _TILE_WIDTH), self._theme.px(400))

    def _tile(self, place: int) -> Tile:
        tile = Tile(self._theme, parent=self._field)
        tile.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tile.clicked.connect(lambda: self._choose(place))
        return tile

    def _choose(self, place: int) -> None:
        if place < len(self._shelves.shown):
            self.chosen.emit(self._shelves.shown[place].dish_id)

    def _turn(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self._typed = TypedKeys()
        self._fill()

    def _fill(self) -> None:
        shelves = self._shelves
        shown = shelves.shown
        self._tabs.show_shelves(shelves)
        self._stack.setCurrentWidget(self._field if shown or shelves.menu is None else self._none)
        for place, tile in enumerate(self._tiles):
            if place < len(shown):
                offer = shown[place]
                self._show_dish(tile, offer, key_of(place))
                self._grid.addWidget(tile, place // self._columns, place % self._columns)
            tile.setVisible(place < len(shown))
        self._place_more(len(shown))
        self._even_out()
        self._count()

    def _show_dish(self, tile: Tile, offer: Offer, key: str) -> None:
        picture, gone = self._picture(offer.dish_id), offer.capacity == 0
        tile.show_dish(offer.name, offer.price, key=key, badge=_left(offer), picture=picture, gone=gone)

    def _picture(self, dish_id: str) -> QPixmap | None:
        """Made when it is first shown: a menu has more pictures than a page."""
        if dish_id in self._photos and dish_id not in self._pictures:
            self._pictures[dish_id] = _made_small(self._photos[dish_id], self._theme.px(_PICTURE))
        return self._pictures.get(dish_id)

    def _place_more(self, place: int) -> None:
        """The last place of a page turns over to the next one."""
        shelves = self._shelves
        self._more.setVisible(shelves.pages > 1)
        if shelves.pages > 1:
            self._more.setText(_("Page {page}/{pages}").format(page=shelves.page + 1, pages=shelves.pages))
            self._more.setAccessibleName(_("More dishes, {page}").format(page=self._more.text()))
            self._grid.addWidget(self._more, place // self._columns, place % self._columns)

    def _even_out(self) -> None:
        """Rows and columns stay equal however few dishes there are."""
        rows = self._shelves.room // self._columns
        for number in range(MOST_TILES):
            self._grid.setColumnStretch(number, 1 if number < self._columns else 0)
            self._grid.setColumnMinimumWidth(number, 0)
            self._grid.setRowStretch(number, 1 if number < rows else 0)

    def _count(self) -> None:
        for tile, offer in zip(self._tiles, self._shelves.shown, strict=False):
            count = self._tray.count_of(offer.dish_id)
            if tile.count != count:
                tile.set_count(count)


class _Tabs(QWidget):
    """One tab for each shelf where all have room, else one shelf between two arrows."""

    picked = Signal(object)
    stepped = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shelves = Shelves()
        self._kinds: tuple[DishKind | None, ...] = (None, *DishKind)
        self._row, self._narrow = QWidget(self), QWidget(self)
        self._buttons = {kind: self._tab(kind) for kind in self._kinds}
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(Size.GAP))
        for button in self._buttons.values():
            row.addWidget(button, 1)
        self._back = Button(theme, "", Kind.SECONDARY, sign=Sign.BACK)
        self._next = Button(theme, "", Kind.SECONDARY, sign=Sign.NEXT)
        self._name = Label(theme, "", Text.HEADING)
        self._name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        narrow = QHBoxLayout(self._narrow)
        narrow.setContentsMargins(0, 0, 0, 0)
        narrow.addWidget(self._back)
        narrow.addWidget(self._name, 1)
        narrow.addWidget(self._next)
        self._back.clicked.connect(lambda: self.stepped.emit(-1))
        self._next.clicked.connect(lambda: self.stepped.emit(1))
        for button in (self._back, self._next):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._row)
        self._stack.addWidget(self._narrow)
        self._row.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(Size.TARGET))

    def show_shelves(self, shelves: Shelves) -> None:
        """Mark the shelf that is shown."""
        self._shelves = shelves
        for kind, button in self._buttons.items():
            button.setText(_shelf(kind))
            button.setVisible(kind in shelves.kinds)
            button.setChecked(kind is shelves.kind)
        self._name.setText(_shelf(shelves.kind))
        self._back.setAccessibleName(_("Shelf to the left"))
        self._next.setAccessibleName(_("Shelf to the right"))
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """The narrow form."""
        return QSize(self._narrow.minimumSizeHint().width(), self._theme.px(Size.TARGET))

    def sizeHint(self) -> QSize:
        """The narrow form; the wide one takes the room it finds."""
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The wide form where it fits."""
        super().resizeEvent(event)
        self._stack.setGeometry(self.rect())
        self._arrange()

    def _arrange(self) -> None:
        shown = [self._buttons[kind] for kind in self._shelves.kinds]
        gaps = self._theme.px(Size.GAP) * (len(shown) - 1)
        wide = sum(button.minimumSizeHint().width() for button in shown) + gaps <= self.width()
        self._stack.setCurrentWidget(self._row if wide else self._narrow)

    def _tab(self, kind: DishKind | None) -> Button:
        button = Button(self._theme, _shelf(kind), Kind.SECONDARY, parent=self._row)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.picked.emit(kind))
        return button


def _made_small(photo: bytes, side: int) -> QPixmap | None:
    """A picture about as large as tiles show it: scaled once, not each time that a tile is painted."""
    picture = QPixmap()
    if not picture.loadFromData(photo):
        return None
    room = QSize(side, side)
    return picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation)


def _left(offer: Offer) -> str:
    if offer.capacity is None:
        return ""
    # Shorter than elsewhere: a tile has room for two words beside the price.
    return pgettext("tile", "{left} left").format(left=offer.capacity) if offer.capacity else _("sold out")


def _shelf(kind: DishKind | None) -> str:
    return _("All") if kind is None else words.dish_kind(kind)

"""The form of one dish: its name, its shelf, its price, its tags, and whether it is still cooked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos import words
from pos.domain.menu import Dish, DishKind
from pos.domain.money import yuan
from pos.domain.staff import LONGEST_NAME
from pos.i18n import _
from ui.menu.dishes import Typed
from ui.menu.part_fields import PartFields
from ui.menu.photo_box import PhotoBox
from ui.menu.tag_ticks import TagTicks
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.choice import Choice
from ui.widgets.field import Field
from ui.widgets.labels import ElidedLabel
from ui.widgets.panel import column, row
from ui.widgets.sheet import Sheet
from ui.widgets.tick import Tick


class DishSheet(Sheet):
    """`saved` carries what was typed, `picture_wanted` is the wish to choose a picture file."""

    saved = Signal(Typed)
    picture_wanted = Signal()

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=1000)
        self._dish: Dish | None = None
        self._title = ElidedLabel(theme, "", Text.HEADING)
        self._name = Field(theme, longest=LONGEST_NAME)
        self._kind = Choice(theme)
        self._price = Field(theme, longest=10)
        self._parts = PartFields(theme)
        self._tags = TagTicks(theme)
        self._photo = PhotoBox(theme)
        self._cooked = Tick(theme)
        self._cancel = Button(theme, key="Esc")
        self._save = Button(theme, "", Kind.PRIMARY, key="Enter")
        self._lay_out(theme)
        self._cancel.clicked.connect(self.take_away)
        self.left.connect(self.take_away)
        self._save.clicked.connect(self._go)
        self._photo.wanted.connect(self.picture_wanted)
        self._kind.chosen.connect(self._show_parts)
        self.entered.connect(self._go)
        self.retranslate()

    def ask(self, dish: Dish | None) -> None:
        """Open for a dish, or empty for a new one."""
        self._dish = dish
        self._name.set_text(dish.name if dish else "")
        self._kind.set_value((dish.kind if dish else DishKind.SET_MEAL).value)
        self._price.set_text(yuan(dish.price) if dish else "")
        self._parts.set_parts(dish.parts if dish else ())
        self._tags.set_tags(dish.tags if dish else ())
        self._photo.show_photo(None)
        self._cooked.setChecked(dish is None or dish.cooked)
        self._cooked.setVisible(dish is not None)
        self._show_parts(self._kind.value)
        self.retranslate()
        self.open_on(self._name.line)

    def point_at_price(self) -> None:
        """The price was wrong."""
        self._price.line.setFocus()
        self._price.line.selectAll()

    def show_photo(self, photo: bytes | None) -> None:
        """Show a picture, or that there is none."""
        self._photo.show_photo(photo)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F5 chooses a picture, F6 takes it away."""
        if event.key() == Qt.Key.Key_F5 and not event.isAutoRepeat():
            self.picture_wanted.emit()
            event.accept()
        elif event.key() == Qt.Key.Key_F6:
            self._photo.show_photo(None)
            event.accept()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._title.setText(_("A new dish") if self._dish is None else _("Change {name}").format(name=self._dish.name))
        self._name.set_words(_("Name of the dish"), _("As it stands on the menu"))
        self._kind.set_label(_("Shelf"))
        self._kind.set_options((kind.value, words.dish_kind(kind)) for kind in DishKind)
        self._price.set_words(_("Price in yuan"), _("Like 12.50"))
        self._parts.retranslate()
        self._photo.retranslate()
        self._tags.retranslate()
        self._cooked.say(_("Still cooked (Space)"))
        self._cancel.setText(_("Cancel"))
        self._save.setText(_("Save"))

    def _go(self) -> None:
        kind, cooked = DishKind(self._kind.value), self._cooked.isChecked()
        contents = self._tags.tags, self._parts.parts
        self.saved.emit(Typed(self._name.text, kind, self._price.text, cooked, *contents, self._photo.photo))

    def _show_parts(self, kind: str) -> None:
        self._parts.setVisible(kind == DishKind.SET_MEAL.value)

    def _lay_out(self, theme: Theme) -> None:
        price = row(theme, self._kind, self._price)
        price.setStretch(0, 1)
        price.setStretch(1, 1)
        price.setAlignment(self._kind, Qt.AlignmentFlag.AlignTop)
        left = column(theme, self._name)
        left.addLayout(price)
        left.addWidget(self._parts)
        left.addStretch(1)
        right = column(theme, self._tags, self._cooked, self._photo)
        right.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(theme.px(Size.WIDE))
        both.addLayout(left, 1)
        both.addLayout(right)
        foot = row(theme, self._cancel)
        foot.addWidget(self._save, 1)
        self.card.body.addWidget(self._title)
        self.card.body.addLayout(both)
        self.card.body.addLayout(foot)

"""The parts of a set meal: how many of the day's dishes of each shelf belong to it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos import words
from pos.domain.menu import DishKind, Part
from pos.i18n import _
from ui.theme import Text, Theme
from ui.widgets.field import Field
from ui.widgets.labels import Label, Tone
from ui.widgets.panel import row

_SHELVES = tuple(kind for kind in DishKind if kind is not DishKind.SET_MEAL)


class PartFields(QWidget):
    """A digit for each shelf; none is nothing of it."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = Label(theme, "", Text.SMALL, Tone.MUTED, wrap=True)
        self._fields = {kind: Field(theme, longest=1) for kind in _SHELVES}
        digit = QRegularExpressionValidator(QRegularExpression("[0-9]?"), self)
        for field in self._fields.values():
            field.line.setValidator(digit)
            field.line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(2))
        layout.addWidget(self._label)
        layout.addLayout(row(theme, *self._fields.values()))
        self.retranslate()

    @property
    def parts(self) -> tuple[Part, ...]:
        """The shelves with a digit above 0."""
        typed = ((kind, int(field.text or "0")) for kind, field in self._fields.items())
        return tuple(Part(kind, count) for kind, count in typed if count)

    def set_parts(self, parts: Iterable[Part]) -> None:
        """Show these."""
        counts = {part.kind: part.count for part in parts}
        for kind, field in self._fields.items():
            field.set_text(str(counts.get(kind, "")))

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._label.setText(_("Dishes of the day that belong to it, chosen at the counter"))
        for kind, field in self._fields.items():
            field.set_words(words.dish_kind(kind), "0")

"""What eyes would see at once: cut words, targets too small for a thumb, controls without a name."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollBar,
    QWidget,
)

_CONTROLS = (QAbstractButton, QLineEdit, QComboBox)


def clipped(widget: QWidget) -> list[str]:
    """What does not have room: words wider than their label, widgets below their least size or out of their parent."""
    found = []
    for child in _seen(widget):
        told = _words_of(child)
        if not _fits(child):
            found.append(f"{told}: no room in {child.width()}x{child.height()}")
        if isinstance(child, QHeaderView):  # its table gives it its height
            continue
        least = child.minimumSizeHint()
        if child.width() < least.width() or child.height() < least.height():
            found.append(f"{told}: {child.width()}x{child.height()} is below {least.width()}x{least.height()}")
        if _inside_scroll(child, widget):
            continue
        parent = child.parentWidget()
        if child is not widget and parent is not None and not parent.rect().contains(child.geometry()):
            found.append(f"{told}: sticks out of its parent, {child.geometry()} in {parent.rect()}")
    return found


def overlapping(widget: QWidget) -> list[str]:
    """Siblings that lie on each other."""
    found = []
    for parent in (widget, *_seen(widget)):
        children = [c for c in parent.children() if isinstance(c, QWidget) and c.isVisible() and not c.isWindow()]
        for number, one in enumerate(children):
            for other in children[number + 1 :]:
                common: QRect = one.geometry().intersected(other.geometry())
                if common.width() > 1 and common.height() > 1:
                    found.append(f"{_words_of(one)} and {_words_of(other)} lie on each other")
    return found


def small_targets(widget: QWidget, least: int = 60) -> list[str]:
    """Controls that are less than so many px wide or high."""
    return [
        f"{_words_of(child)}: {child.width()}x{child.height()}"
        for child in _seen(widget)
        if isinstance(child, _CONTROLS)
        and not isinstance(child.parentWidget(), QComboBox)
        and (child.width() < least or child.height() < least)
    ]


def nameless(widget: QWidget) -> list[str]:
    """Controls that a screen reader cannot name."""
    return [
        f"{type(child).__name__} at {child.geometry()}"
        for child in _seen(widget)
        if isinstance(child, _CONTROLS) and not child.accessibleName().strip()
    ]


def unreachable(widget: QWidget) -> list[str]:
    """Controls that the Tab key does not reach, except keys that stand in for a keyboard."""
    return [
        _words_of(child)
        for child in _seen(widget)
        if isinstance(child, _CONTROLS)
        and child.isEnabled()
        and not child.focusPolicy() & Qt.FocusPolicy.TabFocus
        and type(child.parentWidget()).__name__ != "NumberPad"
    ]


def _seen(widget: QWidget) -> Iterator[QWidget]:
    for child in widget.findChildren(QWidget):
        if child.isVisibleTo(widget) and not isinstance(child, QScrollBar) and not child.isWindow():
            yield child


def _fits(child: QWidget) -> bool:
    own = getattr(child, "fits", None)
    if own is not None:
        return bool(own())
    if isinstance(child, QLabel) and child.text():
        room = child.contentsRect()
        if child.wordWrap():
            return child.heightForWidth(child.width()) <= child.height()
        lines = child.text().split("\n")
        metrics = QFontMetrics(child.font())
        return max(metrics.horizontalAdvance(line) for line in lines) <= room.width() + 1
    if isinstance(child, QLineEdit) and child.placeholderText() and not child.text():
        return QFontMetrics(child.font()).horizontalAdvance(child.placeholderText()) <= child.width() - 24
    return True


def _inside_scroll(child: QWidget, top: QWidget) -> bool:
    parent = child.parentWidget()
    while parent is not None and parent is not top:
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def _words_of(child: QWidget) -> str:
    for name in ("text", "words"):
        value = getattr(child, name, None)
        text = value() if callable(value) else value
        if isinstance(text, str) and text:
            return f"{type(child).__name__} {text!r}"
    return f"{type(child).__name__} {child.accessibleName()!r}"

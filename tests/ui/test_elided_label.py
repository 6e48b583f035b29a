"""A line that gets smaller before anything of it is cut."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ui.theme import Text, Theme
from ui.widgets.labels import ElidedLabel


@pytest.mark.parametrize(
    ("name", "size", "tip"),
    [("王䶮", Text.AMOUNT, ""), ("欧阳桂英", Text.AMOUNT, ""), ("阿依古丽·买买提", Text.STRONG, ""), ("阿卜杜热依木·买买提明", Text.STRONG, "阿卜杜热依木·买买提明"), ("", Text.AMOUNT, "")],
)
def test_a_name_is_as_large_as_it_has_room(theme: Theme, qtbot: QtBot, name: str, size: Text, tip: str) -> None:
    label = ElidedLabel(theme, "", Text.AMOUNT, smaller=(Text.TITLE, Text.STRONG))
    qtbot.addWidget(label)
    label.setFixedWidth(theme.px(190))
    height = label.sizeHint().height()

    label.setText(name)

    assert (label.font(), label.toolTip(), label.sizeHint().height()) == (theme.font(size), tip, height)

"""Words for what was refused and what failed: what happened, whether money moved, and what to do now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pos.config import ConfigTrouble
from pos.domain.errors import Refusal, Trouble
from pos.i18n import _
from ui.messages import (
    accounts,
    calendar,
    cards,
    claims,
    counter,
    deliveries,
    kitchen,
    members,
    menu,
    reservations,
    routes,
    standing_orders,
    tables,
    tariff,
    tariffs,
)
from ui.presenting import Message as Message
from ui.presenting import Tone as Tone


def words(error: Refusal | Trouble) -> Message:
    """The words for a refusal or a trouble, in the language of the moment. A test finds every error in the table."""
    title, todo = _TABLE.get(type(error), _other)(error)
    if isinstance(error, Trouble):
        return Message(title, _money(error.money_moved), todo, Tone.FAILED)
    return Message(title, _money(moved=False), todo)


def crash_words() -> Message:
    """The words for a bug: the till does not know what it did, so somebody looks."""
    return Message(
        _("Something went wrong inside the till."),
        _money(None),
        _("Look at the last sales before you charge again. The log says more."),
        Tone.FAILED,
    )


def library_words(library: str) -> Message:
    """The words for a library that turns out to be missing or damaged in the midst of something."""
    return Message(
        _("A part of the program is missing or damaged: {part}.").format(part=library),
        _money(None),
        _("Close the till, delete the folder .venv beside main.py, and start again with the network on."),
        Tone.FAILED,
    )


def good(title: str, todo: str = "") -> Message:
    """A message that something went well."""
    return Message(title, todo=todo, tone=Tone.GOOD)


def note(title: str, todo: str = "") -> Message:
    """A message that nothing is wrong with, such as a question."""
    return replace(good(title, todo), tone=Tone.NOTE)


def preparing(percent: int) -> Message:
    """The practice canteen is being made up."""
    return note(_("The practice canteen is being made: {percent}%").format(percent=percent))


def settings_words(trouble: ConfigTrouble) -> tuple[str, str]:
    """What is wrong with canteen.toml: one line in Chinese and one in English, for the language stands in that file."""
    where = f"{trouble.file}:{trouble.line}" if trouble.line else str(trouble.file)
    facts = " ".join(part for part in (trouble.key, trouble.found and repr(trouble.found)) if part)
    chinese = {
        "unreadable": "读不了这个文件",
        "syntax": "不是正确的 TOML",
        "unknown_key": "没有这个设置项",
        "wrong_type": "类型不对",
        "unknown_choice": "没有这个选项",
        "out_of_range": "超出范围",
    }[trouble.why]
    wanted = f"；应为 {trouble.expected}" if trouble.expected else ""
    expected = f"; expected {trouble.expected}" if trouble.expected else ""
    return (
        f"{where}：{facts} {chinese}{wanted}",
        f"{where}: {facts} {trouble.why.replace('_', ' ')}{expected}",
    )


def _money(moved: bool | None) -> str:
    if moved is None:
        return _("Not known whether money moved.")
    return _("Money did move.") if moved else _("No money moved.")


def _other(_error: Refusal | Trouble) -> tuple[str, str]:
    # A device's own trouble, which rooms that this one must not import may raise; lamps tell those in full.
    return _("A device of the till failed."), _("Look at the lamps at the top of the window.")


_TABLE: dict[type[Refusal | Trouble], Callable[[Any], tuple[str, str]]] = {
    **counter.TABLE,
    **tariff.TABLE,
    **tariffs.TABLE,
    **calendar.TABLE,
    **menu.TABLE,
    **claims.TABLE,
    **tables.TABLE,
    **accounts.TABLE,
    **cards.TABLE,
    **members.TABLE,
    **routes.TABLE,
    **reservations.TABLE,
    **kitchen.TABLE,
    **standing_orders.TABLE,
    **deliveries.TABLE,
}
"""Each word of the till has its own table; a new word adds one."""

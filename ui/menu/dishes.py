"""The form of a dish: what is typed, its picture, and that both are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from pos.domain.diet import Tags
from pos.domain.errors import BadAmount, BadName, Refusal, Trouble
from pos.domain.menu import Dish, DishKind, DishTaken, Part
from pos.domain.money import money, parse_yuan
from pos.domain.staff import Actor
from pos.i18n import _
from pos.services.menu import Menus
from ui import messages
from ui.presenting import Lane, Notices


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form of a dish; the price in yuan as typed. `photo` is a picture file, or None."""

    name: str
    kind: DishKind
    price: str
    cooked: bool = True
    tags: Tags = ()
    parts: tuple[Part, ...] = ()
    photo: bytes | None = field(default=None, repr=False)


class DishForm(Protocol):
    """The face of the form."""

    def ask_dish(self, dish: Dish | None) -> None:
        """Open the form, empty for a new dish; its picture comes after it."""
        ...

    def show_photo(self, photo: bytes | None) -> None:
        """Show a picture, or that there is none."""
        ...

    def ask_picture(self) -> Path | None:
        """A picture file; None when nobody chose one."""
        ...

    def point_at_price(self) -> None:
        """The price was wrong: put the focus there."""
        ...

    def close_form(self) -> None:
        """Take the form away."""
        ...


class DishPresenter:
    """One form at a time. `read_picture` makes a file small (None: it is no picture), `changed` is told when one is kept."""

    def __init__(
        self,
        form: DishForm,
        notices: Notices,
        menus: Menus,
        lane: Lane,
        actor: Callable[[], Actor],
        *,
        read_picture: Callable[[Path], bytes | None],
        changed: Callable[[], None],
    ) -> None:
        self._form = form
        self._notices = notices
        self._menus = menus
        self._lane = lane
        self._actor = actor
        self._read_picture = read_picture
        self._changed = changed
        self._dish: Dish | None = None
        self._photo: bytes | None = None

    def new(self) -> None:
        """Ask for a new dish."""
        self._open(None)

    def edit(self, dish: Dish) -> None:
        """Ask what is different about a dish."""
        self._open(dish)
        if dish.photo:
            self._lane.run(lambda: self._menus.photo(dish.id), lambda photo: self._came(dish, photo), self._failed)

    def choose_picture(self) -> None:
        """Let a picture file be chosen, and made small."""
        path, dish = self._form.ask_picture(), self._dish
        if path is None:
            return

        def read(photo: bytes | None) -> None:
            if photo is None:
                message = messages.note(_("This file is no picture."), _("Choose a JPEG or PNG file."))
                self._notices.show_message(message)
            elif self._dish is dish:
                self._form.show_photo(photo)

        self._lane.run(lambda: self._read_picture(path), read, self._failed)

    def save(self, typed: Typed) -> None:
        """Keep what was typed, and the picture where it is another one."""
        actor, dish, before = self._actor(), self._dish, self._photo
        try:
            price = parse_yuan(typed.price)
        except BadAmount as error:
            self._wrong(error)
            return

        def keep() -> Dish:
            if dish is None:
                kept = self._menus.add_dish(actor, typed.name, typed.kind, price, typed.tags, typed.parts)
            else:
                kept = replace(
                    dish, name=typed.name, kind=typed.kind, price=price, cooked=typed.cooked, tags=typed.tags, parts=typed.parts
                )
                self._menus.change_dish(actor, kept)
            if typed.photo != before:
                self._menus.picture(actor, kept.id, typed.photo)
            return kept

        self._lane.run(keep, self._saved, self._wrong)

    def _open(self, dish: Dish | None) -> None:
        self._dish, self._photo = dish, None
        self._form.ask_dish(dish)

    def _came(self, dish: Dish, photo: bytes | None) -> None:
        if self._dish is dish:
            self._photo = photo
            self._form.show_photo(photo)

    def _saved(self, dish: Dish) -> None:
        self._form.close_form()
        self._changed()
        self._notices.show_message(
            messages.good(_("{name} costs {price} from today on.").format(name=dish.name, price=money(dish.price)))
            if dish.cooked
            else messages.good(_("{name} is not cooked any more.").format(name=dish.name))
        )

    def _wrong(self, error: Refusal | Trouble) -> None:
        if not isinstance(error, BadName | DishTaken):
            self._form.point_at_price()
        self._failed(error)

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))

"""The face of the menu section: the days of a week above, the menu at the left, all dishes at the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos import words
from pos.domain.cards import CardUid
from pos.domain.menu import Dish, Meal
from pos.domain.staff import Permission
from pos.i18n import _
from pos.services.menu import Menus
from ui.menu import lines
from ui.menu.dish_sheet import DishSheet
from ui.menu.dishes import Typed
from ui.menu.limit_sheet import LimitSheet
from ui.menu.presenter import Limits, MenuPresenter, Planning, TypedLimits
from ui.office.section import Office, Section, SectionView
from ui.theme import Text, Theme
from ui.widgets.buttons import Button
from ui.widgets.drag_table import DragTable
from ui.widgets.field import Field
from ui.widgets.files import ask_open, ask_save, show_file
from ui.widgets.key_hints import Hints
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.panel import Card, row
from ui.widgets.picture_file import PATTERN, read_picture
from ui.widgets.tab import Tab
from ui.widgets.table import Column

DAYS = 7
DISH_PHOTO = 320
"""Px of a dish's picture: a tile shows it, and sixty of them go over a network at noon."""
_MENU, _DISHES = "menu", "dishes"
_LEAST, _WIDE_FROM = 740, 940
"""Px that the page has at least, and from which everything stands side by side."""


class MenuPage(QWidget):
    """Tab goes between the menu and the dishes; Enter puts a dish on, Del takes one off, - and + move it."""

    wanted = Signal()
    looked = Signal(object)
    stepped = Signal(int)
    meal_turned = Signal()
    sought = Signal(str)
    put = Signal(object, object)
    taken = Signal(int)
    moved = Signal(int, int)
    limits_asked = Signal(int)
    limited = Signal(TypedLimits)
    standing = Signal()
    copied = Signal()
    new_dish = Signal()
    edited = Signal(object)
    saved = Signal(Typed)
    picture_wanted = Signal()
    week_printed = Signal()
    prices_printed = Signal()

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._wide = True
        self._now: Planning | None = None
        self._always = Tab(theme, small=True)
        self._days = [Tab(theme, small=True) for _unused in range(DAYS)]
        self._meals = {meal: Tab(theme, width=120) for meal in Meal}
        self._title = Label(theme, "", Text.HEADING)
        self._why = ElidedLabel(theme, "", Text.SMALL, Tone.MUTED)
        self._menu = DragTable(theme, _MENU, frozenset({_MENU, _DISHES}))
        self._dishes = DragTable(theme, _DISHES, frozenset({_MENU}))
        self._seek = Field(theme, longest=20)
        self._copy, self._stand = Button(theme, key="F6"), Button(theme, key="F7")
        self._new, self._edit = Button(theme, key="F3"), Button(theme, key="F4")
        self._sheet, self._limits = DishSheet(theme, page), LimitSheet(theme, page)
        self._lay_out(theme)
        self._connect()
        self.setFocusProxy(self._dishes)
        self.retranslate()

    def attend(self, presenter: MenuPresenter) -> None:
        """Send every wish to the presenter, and keep it: a connection alone does not."""
        self._presenter = presenter
        self.wanted.connect(presenter.open)
        self.looked.connect(presenter.look_at)
        self.stepped.connect(presenter.step)
        self.meal_turned.connect(presenter.turn_meal)
        self.sought.connect(presenter.seek)
        self.put.connect(presenter.put)
        self.taken.connect(presenter.take)
        self.moved.connect(presenter.move)
        self.limits_asked.connect(presenter.ask_limits)
        self.limited.connect(presenter.limit)
        self.standing.connect(presenter.stand)
        self.copied.connect(presenter.copy_week)
        self.new_dish.connect(presenter.dishes.new)
        self.edited.connect(presenter.dishes.edit)
        self.saved.connect(presenter.dishes.save)
        self.picture_wanted.connect(presenter.dishes.choose_picture)
        self.week_printed.connect(presenter.print_week)
        self.prices_printed.connect(presenter.wall.print_prices)

    # -- the section's promises ---------------------------------------------------------------------

    def opened(self) -> None:
        """Read anew."""
        self._dishes.setFocus(Qt.FocusReason.OtherFocusReason)
        self.wanted.emit()

    def left(self) -> None:
        """Take the forms away."""
        self.close_form()

    def card_read(self, uid: CardUid) -> None:
        """A card means nothing here."""

    def hints(self) -> Hints:
        """Its keys."""
        return (
            ("Enter", _("Put on")),
            ("Del", _("Take off")),
            ("- +", _("Order")),
            ("← →", _("Day")),
            ("F8", _("Always")),
            ("F2", _("Meal")),
            ("F11", _("Limit")),
            ("Tab", _("Other list")),
            ("F9", _("Week's menu")),
            ("F10", _("Price board")),
        )

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._always.say(_("Always"))
        for meal, button in self._meals.items():
            button.say(words.meal(meal))
        self._seek.set_words("", _("Find"))
        self._copy.setText(_("As a week ago"))
        self._stand.setText(_("As every day"))
        self._new.setText(_("New dish"))
        self._edit.setText(_("Change dish"))
        self._menu.setAccessibleName(_("On the menu"))
        self._dishes.setAccessibleName(_("All dishes"))
        self._menu.set_empty_words(_("Nothing is offered. Press Enter on a dish at the right."))
        self._dishes.set_empty_words(_("No dish. F3 adds one."))
        self._sheet.retranslate()
        self._limits.retranslate()
        self._set_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow page puts its keys under each other and folds columns together, rather than cutting words."""
        super().resizeEvent(event)
        wide = self.width() >= self._theme.px(_WIDE_FROM)
        if wide != self._wide:
            self._wide = wide
            for foot in self._feet:
                foot.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
            self._set_columns()

    def minimumSizeHint(self) -> QSize:
        """A page may become narrow though it is laid out for a wide one: then it is laid out anew."""
        return QSize(self._theme.px(_LEAST), super().minimumSizeHint().height())

    def _set_columns(self) -> None:
        tables = (self._menu, self._dishes)
        marked = [table.at for table in tables]
        for table in tables:
            table.set_lines(())
        price, tags = Column(_("Price"), 96, right=True), (Column(_("Tags"), 112),)
        limit = (Column(_("Limit"), 104, right=True),)
        self._menu.set_columns((Column(_("Key"), 56, right=True), Column(_("On the menu")), *(limit if self._wide else ()), price))
        self._dishes.set_columns((Column(_("Shelf"), 92), Column(_("All dishes")), *(tags if self._wide else ()), price))
        if self._now:
            self.show_planning(self._now)
            for table, at in zip(tables, marked, strict=True):
                table.mark(max(at, 0))

    # -- facts --------------------------------------------------------------------------------------

    def show_planning(self, now: Planning) -> None:
        """Paint the section."""
        self._now = now
        self._always.setChecked(now.day is None)
        for number, button in enumerate(self._days):
            day = now.monday + timedelta(days=number)
            button.say(f"{words.weekday(day)} {day.day}")
            button.setChecked(day == now.day)
        for meal, button in self._meals.items():
            button.setChecked(meal is now.meal)
        plan = now.plan
        offers = plan.offers if plan else ()
        on_menu = {offer.dish_id for offer in offers}
        self._title.setText(lines.title(now))
        self._why.setText(lines.why(now))
        menu = [lines.of_offer(one) for one in offers]
        self._menu.set_lines(menu if self._wide else list(map(lines.limit_folded, menu)), self._menu.at)
        dishes = [lines.of_dish(dish, on_menu=dish.id in on_menu) for dish in now.found]
        self._dishes.set_lines(dishes if self._wide else list(map(lines.without_tags, dishes)), self._dishes.at)
        self._stand.setEnabled(plan is not None and now.day is not None and plan.own and not now.past)
        self._copy.setEnabled(not now.past)

    def ask_dish(self, dish: Dish | None) -> None:
        """Open the form."""
        self._sheet.ask(dish)

    def show_photo(self, photo: bytes | None) -> None:
        """The picture of the dish in the form."""
        self._sheet.show_photo(photo)

    def ask_picture(self) -> Path | None:
        """Ask which."""
        return ask_open(self, _("Choose a photo"), _("Photo") + " " + PATTERN)

    def point_at_price(self) -> None:
        """The price was wrong."""
        self._sheet.point_at_price()

    def ask_limits(self, limits: Limits) -> None:
        """Open the form of the limits."""
        self._limits.ask(limits)

    def complain_limit(self, of_dish: bool, wrong: str) -> None:
        """A limit was no number of portions."""
        self._limits.complain(of_dish, wrong)

    def close_form(self) -> None:
        """Take the form away."""
        self._sheet.take_away()
        self._limits.take_away()

    def ask_file(self, name: str) -> Path | None:
        """Ask where to."""
        return ask_save(self, _("Save as"), name, "PDF (*.pdf)")

    def show_file(self, path: Path) -> None:
        """Open it with the system's own viewer."""
        show_file(path)

    # -- wishes -------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the section; those of the lists are theirs."""
        key, in_menu = Qt.Key(event.key()), self._menu.hasFocus()
        deeds: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_F2: self.meal_turned.emit,
            Qt.Key.Key_F3: self.new_dish.emit,
            Qt.Key.Key_F4: self._edit_marked,
            Qt.Key.Key_F6: self._copy.click,
            Qt.Key.Key_F7: self._stand.click,
            Qt.Key.Key_F9: self.week_printed.emit,
            Qt.Key.Key_F10: self.prices_printed.emit,
            Qt.Key.Key_F11: lambda: self.limits_asked.emit(self._menu.at),
            Qt.Key.Key_Left: lambda: self.stepped.emit(-1),
            Qt.Key.Key_Right: lambda: self.stepped.emit(1),
            Qt.Key.Key_F8: lambda: self.looked.emit(None),
            Qt.Key.Key_Delete: lambda: self.taken.emit(self._menu.at),
        }
        moves = {Qt.Key.Key_Minus: -1, Qt.Key.Key_Plus: 1}
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)  # another section
            return
        if key in deeds:
            deeds[key]()
        elif key in moves and in_menu:
            at = self._menu.at
            self.moved.emit(at, moves[key])
            self._menu.mark(min(max(at + moves[key], 0), len(self._menu.lines) - 1))
        elif event.text().isprintable() and event.text() and not self._seek.line.hasFocus():
            self._seek.line.setFocus()
            self._seek.set_text(self._seek.text + event.text())
            self.sought.emit(self._seek.text)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _connect(self) -> None:
        self._always.clicked.connect(lambda: self.looked.emit(None))
        for number, button in enumerate(self._days):
            button.clicked.connect(lambda _checked=False, number=number: self.looked.emit(self._day(number)))
        for meal, button in self._meals.items():
            button.clicked.connect(lambda _checked=False, meal=meal: self._turn_to(meal))
        self._seek.typed.connect(self.sought)
        self._seek.entered.connect(lambda _text: self._dishes.setFocus())
        self._dishes.chosen.connect(self._put_marked)
        self._copy.clicked.connect(self.copied)
        self._stand.clicked.connect(self.standing)
        self._new.clicked.connect(self.new_dish)
        self._edit.clicked.connect(self._edit_marked)
        self._sheet.saved.connect(self.saved)
        self._sheet.picture_wanted.connect(self.picture_wanted)
        self._menu.carried.connect(self._carried_in)
        self._dishes.carried.connect(lambda _menu, at, _before: self.taken.emit(at))
        self._limits.limited.connect(self.limited)

    def _day(self, number: int) -> date | None:
        return self._now.monday + timedelta(days=number) if self._now else None

    def _turn_to(self, meal: Meal) -> None:
        while self._now and self._now.meal is not meal:
            self.meal_turned.emit()

    def _put_marked(self, at: int) -> None:
        if self._now and 0 <= at < len(self._now.found):
            self.put.emit(self._now.found[at], None)

    def _carried_in(self, source: str, at: int, before: int) -> None:
        """A row was dragged onto the menu: a dish, or an offer to another place."""
        if source == _MENU:
            to = before - (before > at)
            self.moved.emit(at, to - at)
            self._menu.mark(to)
        elif self._now and at < len(self._now.found):
            self.put.emit(self._now.found[at], before)

    def _edit_marked(self) -> None:
        if self._now and 0 <= self._dishes.at < len(self._now.found):
            self.edited.emit(self._now.found[self._dishes.at])

    # -- layout -------------------------------------------------------------------------------------

    def _lay_out(self, theme: Theme) -> None:
        whole = Card(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(whole)
        # Each strip is a widget of its own: of the tabs of one parent a single one can be open.
        days, meals = QWidget(), QWidget()
        for strip, tabs, gap in ((days, (self._always, *self._days), 2), (meals, tuple(self._meals.values()), 6)):
            line = row(theme, *tabs, gap=gap)
            line.setContentsMargins(0, 0, 0, 0)
            strip.setLayout(line)
        whole.body.addWidget(days)
        middle = row(theme, self._title, self._why, meals)
        middle.setStretch(1, 1)
        whole.body.addLayout(middle)
        halves = QHBoxLayout()
        halves.setSpacing(theme.px(16))
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self._menu, 1)
        copies = row(theme, self._copy, self._stand)
        left.addLayout(copies)
        right.addWidget(self._dishes, 1)
        forms = row(theme, self._new, self._edit)
        forms.setAlignment(Qt.AlignmentFlag.AlignTop)
        finding = row(theme, self._seek)
        finding.addLayout(forms)
        right.addLayout(finding)
        # Side by side, or on a narrow page under each other.
        self._feet = (copies, finding)
        halves.addLayout(left, 1)
        halves.addLayout(right, 1)
        whole.body.addLayout(halves, 1)


def _build(office: Office) -> SectionView:
    page = MenuPage(office.theme, office.page)
    menus = Menus(office.stores, office.clock)
    pages, small = office.files.wall, partial(read_picture, side=DISH_PHOTO)
    page.attend(
        MenuPresenter(page, office.notices, menus, office.lane, office.actor, office.clock, pages, small)
    )
    return page


SECTION = Section("menu", lambda: _("Menus"), Permission.MENU, _build)

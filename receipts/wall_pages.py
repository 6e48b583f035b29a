"""What hangs on the wall as A4 pages, in letters for old eyes: the menu of a week, and the price board."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import zip_longest
from pathlib import Path

from pos import words
from pos.domain.menu import Dish, DishKind, Offer
from pos.domain.money import yuan
from pos.domain.pages import Frame
from pos.domain.tariff import Limit, Rule, Tariff
from pos.domain.usage import Per
from pos.domain.wall import DAYS, MealOfWeek, PriceBoard, WeekMenu
from pos.i18n import _
from pos.words import menu as menu_said
from pos.words import tariff as tariff_said
from receipts.new_file import put_in_place
from receipts.pages import Block, Flow, Gap, Grid, GridColumn, NewPage, Words, pdf

_PRICES, _WEEK = (17.0, 16.0, 15.0, 14.0, 13.0, 12.0), (14.0, 13.0, 12.0, 11.0)
"""Points: a price is read from two steps away. The largest with which all of it stands on one sheet is taken; in a
larger one a day's column would part a dish from its price."""
_PLAIN = 13.0
"""The size where no size makes one sheet of it."""
_SMALLER = 0.85
"""The notice beside the prices."""


class WallPages:
    """Keeps the promise of pos.ports.wall.WritesWallPages."""

    def write_week(self, frame: Frame, week: WeekMenu, path: Path) -> None:
        """Write a week's menu as PDF. Raises FileNotWritten."""
        with put_in_place(path) as draft:
            draft.write_bytes(week_pdf(frame, week))

    def write_prices(self, frame: Frame, board: PriceBoard, path: Path) -> None:
        """Write the price board as PDF. Raises FileNotWritten."""
        with put_in_place(path) as draft:
            draft.write_bytes(prices_pdf(frame, board))


# -- the week ------------------------------------------------------------------------------------------


def week_pdf(frame: Frame, week: WeekMenu) -> bytes:
    """Each meal with what there is every day and a column for each day; prices in yuan."""
    if not week.meals:
        return pdf(frame, [Words(_("Nothing is planned for this week yet."), _PLAIN, align="center")])
    size = _largest(frame, _WEEK, lambda size: _week(week, size))
    return pdf(frame, _week(week, size or _PLAIN))


def _week(week: WeekMenu, size: float) -> list[Block]:
    blocks = [block for meal in week.meals for block in _meal(week, meal, size)]
    return [*blocks, Words(_("List prices in yuan for one portion."), size * _SMALLER)]


def _meal(week: WeekMenu, meal: MealOfWeek, size: float) -> Iterator[Block]:
    yield Words(words.meal(meal.meal), size + 3, bold=True)
    if meal.always:
        always = menu_said.names(_in_a_line(one) for one in meal.always)
        yield Words(_("Every day: {dishes}").format(dishes=always), size)
    if any(meal.days):
        yield Gap(1)
        yield _days(week, meal, size)
    yield Gap(4)


def _days(week: WeekMenu, meal: MealOfWeek, size: float) -> Grid:
    heads = (week.monday + timedelta(days=number) for number in range(DAYS))
    columns = tuple(GridColumn(_head(day), 1, wrap=True) for day in heads)
    cells = [
        [_in_a_cell(one) for one in offers] if facts.open else [" ".join((_("closed"), facts.reason)).strip()]
        for facts, offers in zip(week.days, meal.days, strict=True)
    ]
    return Grid(columns, tuple(zip_longest(*cells, fillvalue="")), size=size)


def _head(day: date) -> str:
    return f"{words.weekday(day)} {day.month}-{day.day}"


def _in_a_line(offer: Offer) -> str:
    told = [one for one in (menu_said.parts(offer.parts), menu_said.tags(offer.tags)) if one]
    name = _("{dish} ({what})").format(dish=offer.name, what=" · ".join(told)) if told else offer.name
    return f"{name} {yuan(offer.price)}"


def _in_a_cell(offer: Offer) -> str:
    told = (f"{offer.name} {yuan(offer.price)}", menu_said.parts(offer.parts), menu_said.tags(offer.tags))
    return "\n".join(one for one in told if one)


# -- prices --------------------------------------------------------------------------------------------


def prices_pdf(frame: Frame, board: PriceBoard) -> bytes:
    """The dishes with their list prices, and under them who pays what towards a meal."""
    if size := _largest(frame, _PRICES, lambda size: [_prices(board, size), *_notice(board, size)]):
        return pdf(frame, [_prices(board, size), *_notice(board, size)])
    # Two sheets: the notice is not torn in two.
    notice = tuple(_notice(board, _PLAIN))
    return pdf(frame, [_prices(board, _PLAIN), *((NewPage(), *notice) if notice else ())])


def _prices(board: PriceBoard, size: float) -> Grid:
    columns = (
        GridColumn(_("Shelf"), 14),
        GridColumn(_("Dish"), 44, wrap=True),
        GridColumn(_("In it, or fit for"), 26, wrap=True),
        GridColumn(_("Price in yuan"), 24, "right"),
    )
    return Grid(columns, tuple(_rows(board.dishes)), size=size)


def _rows(dishes: tuple[Dish, ...]) -> Iterator[tuple[str, ...]]:
    for kind in DishKind:
        shelf = words.dish_kind(kind)
        for dish in dishes:
            if dish.cooked and dish.kind is kind:
                name = "\n".join(one for one in (dish.name, menu_said.parts(dish.parts)) if one)
                yield shelf, name, menu_said.tags(dish.tags), yuan(dish.price)
                shelf = ""


def _notice(board: PriceBoard, prices: float) -> Iterator[Block]:
    if not board.notice:
        return
    tariff, size = board.tariff, prices * _SMALLER
    columns = (
        GridColumn(_("For whom"), 40, wrap=True),
        GridColumn(_("Gets"), 26, wrap=True),
        GridColumn(_("At most"), 16, wrap=True),
        GridColumn(_("Paid by"), 30, wrap=True),
    )
    yield Gap(6)
    yield Words(_("Discounts and subsidies"), prices + 3, bold=True)
    yield Words(_("{title}, from {day} on").format(title=tariff.title, day=tariff.valid_from.isoformat()), size)
    yield Gap(1)
    yield Grid(columns, tuple(_rule(rule, tariff) for rule in board.notice), size=size)
    yield Words(_("Bring your card or your documents. Prices are those of the board, before discounts."), size)


def _rule(rule: Rule, tariff: Tariff) -> tuple[str, ...]:
    group = next((one for one in tariff.groups if one.id == rule.group), None)
    often = tariff_said.limit(_tightest(rule.limit, group.limit if group else Limit()))
    return tariff_said.whom(rule), tariff_said.given(rule.then), often, tariff_said.payers(rule.payers, tariff)


def _tightest(*limits: Limit) -> Limit:
    """What two limits leave together: once a day says of a meal what there is to say."""
    counts = {per: most for limit in limits for per, most in limit.stated}
    for limit in limits:
        counts |= {per: min(most, counts[per]) for per, most in limit.stated}
    told: dict[Per, int] = {}
    for per in reversed(Per):
        if per in counts and counts[per] < min(told.values(), default=counts[per] + 1):
            told[per] = counts[per]
    return Limit(*(told.get(per) for per in Per))


def _largest(frame: Frame, sizes: Iterable[float], blocks: Callable[[float], Iterable[Block]]) -> float | None:
    """The first of these sizes with which the blocks stand on one page, or None."""
    for size in sizes:
        flow = Flow(frame)
        flow.heading()
        for block in blocks(size):
            flow.lay(block)
        if len(flow.pages) == 1:
            return size
    return None

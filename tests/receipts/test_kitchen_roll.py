"""The kitchen's papers on the roll: out of the outbox as the version that was asked for, struck out where it held once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PIL import Image

from db.store import SqlStores
from pos import i18n
from pos.clock import CHINA, SetClock
from pos.domain.members import Member
from pos.domain.menu import Meal
from pos.domain.paper import SlipKind
from pos.domain.reservations import Reservation, State
from pos.domain.staff import Actor
from pos.services.kitchen import Kitchen
from receipts.escpos import PrinterSettings, build
from receipts.escpos_reader import Picture, TextRow, read
from receipts.picture import line_raster
from receipts.queue import Outbox
from receipts.roll import Line, PaperWidth, Slip, Text
from tests.made_up import BOSS, NOON_MS, bill_of, found_canteen, member, reservation
from tests.receipts.test_queue import Recorder
from tests.stores import TILL

TOMORROW = date(2026, 3, 3)
SETTINGS = PrinterSettings(width_mm=58)
MANAGER = Actor(BOSS.id, BOSS.name, BOSS.role)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = i18n.language()
    i18n.use("en")
    yield
    i18n.use(before)


def booked(stores: SqlStores, somebody: Member, key: str) -> Reservation:
    made = reservation(somebody, TOMORROW, bill_of(900), key)
    with stores.write() as store:
        store.reservations.add(made, BOSS.id)
    return made


def texts(data: bytes) -> list[str]:
    return [row.text for row in read(data, SETTINGS) if isinstance(row, TextRow)]


def test_K1_the_slip_is_the_version_that_was_asked_for_however_late_it_is_printed(sqlite_stores: SqlStores) -> None:
    found_canteen(sqlite_stores)
    wang, li = member(sqlite_stores), member(sqlite_stores, "李桂兰", None)
    clock = SetClock(datetime.fromtimestamp(NOON_MS / 1000, UTC).astimezone(CHINA))
    kitchen = Kitchen(sqlite_stores, clock, TILL)
    first = booked(sqlite_stores, wang, "wang")
    kitchen.print_roll(MANAGER, TOMORROW, Meal.LUNCH)
    with sqlite_stores.write() as store:
        store.reservations.end(replace(first, state=State.CANCELLED, ended_ms=NOON_MS, ended_by=BOSS.name))
    booked(sqlite_stores, li, "li 1")
    kitchen.print_roll(MANAGER, TOMORROW, Meal.LUNCH, only_changes=True)
    recorder = Recorder()
    outbox = Outbox(sqlite_stores, recorder, SETTINGS, TILL, clock)

    while outbox.work_once().more:
        pass

    sheet, slip = (texts(job) for job in recorder.jobs)
    assert sheet[1:7] == [
        "Kitchen sheet",
        "=" * 32,
        "03-03 Tue Lunch",
        "For                   2026-03-03",
        "Version 1       2026-03-02 12:00",
        "Made by                     周敏",
    ]
    assert sheet[sheet.index("To cook") + 1].split() == ["1", "portion"]
    assert (slip[1], slip[5]) == ("Change slip", "Version 2       2026-03-02 12:00")
    assert slip[slip.index("Changed since version 1") :] == [
        "Changed since version 1",
        "Cancelled                      1",
        "Added                          1",
        "李*兰 Dine in 一荤两素套餐",
        "-" * 32,
        "To cook",
        "       1 portion",
    ]


def test_a_print_that_nobody_made_is_dropped(sqlite_stores: SqlStores) -> None:
    found_canteen(sqlite_stores)
    clock, recorder = SetClock(datetime.fromtimestamp(NOON_MS / 1000, UTC)), Recorder()
    with sqlite_stores.write() as store:
        store.paper.add(TILL, SlipKind.KITCHEN, "kitchen/2026-03-03/lunch/1/", NOON_MS)

    state = Outbox(sqlite_stores, recorder, SETTINGS, TILL, clock).work_once()

    assert (state.waiting, recorder.jobs) == (0, [])


def test_K1_a_struck_line_is_a_picture_and_its_words_are_crossed_from_end_to_end() -> None:
    slip = Slip((Text("王*英 套餐", struck=True), Text("李*兰 套餐")))

    drawn = read(build(slip, SETTINGS), SETTINGS)
    raster = line_raster(Line("王*英 套餐", struck=True), PaperWidth.MM58)

    assert [type(part) for part in drawn] == [Picture, TextRow]
    image = Image.frombytes("1", (raster.width, raster.height), raster.bits)
    crossed = [y for y in range(raster.height) if all(image.getpixel((x, y)) for x in range(10 * 12))]
    assert crossed == [13, 14]

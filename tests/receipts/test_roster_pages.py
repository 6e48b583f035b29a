"""Rosters and labels on A4, read back by poppler, and their codes by a decoder from the rendered page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from pos import i18n
from pos.domain.address import NOWHERE, Address
from pos.domain.box_labels import BoxLabel, labels_of
from pos.domain.discreet import telling
from pos.domain.menu import Meal
from pos.domain.prints import Print, PrintKind
from pos.domain.reservations import State
from pos.domain.roster_paper import LabelSheets, RosterPaper
from pos.domain.rosters import Round
from pos.domain.routes import DeliveryNote, Place, Recipient, Route, Run
from pos.domain.stop_codes import read_stop_code
from receipts.escpos import PrinterSettings, build
from receipts.escpos_reader import Cut, Picture, QrSymbol, TextRow, read
from receipts.label_sheets import label_pdf
from receipts.layout import label_slip
from receipts.rosters import RosterPages, roster_pdf
from tests.pos.domain.deliveries_made_up import (
    CHEN,
    RICE,
    SET_MEAL,
    SOFT_SET,
    TUESDAY,
    carried,
    decided,
    ordered,
    recipient,
)
from tests.receipts.pdf import pictures_of, words_of
from tests.receipts.slips import CANTEEN, PRACTICE

MARK = "1a2b3c4d"
ROUTES = tuple(Route(f"r{number}", f"{number}号线") for number in (1, 2, 3))
RUNS = {"r1": Run("r1", TUESDAY, Meal.LUNCH, CHEN.id, "3、7", "10:30", "12:30")}
DPI = 150


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use(i18n.DEFAULT_LANGUAGE)


def who(number: int, route: str = "r1", **facts: object) -> Recipient:
    """Somebody with an id as the store makes it."""
    somebody = recipient(f"王秀英{number}", Address("幸福里", f"{number // 10 + 1}号楼", "1单元", "", f"{number % 10 + 1}01"), Place(route))
    return replace(somebody, member_id=f"m{number}", **facts)  # type: ignore[arg-type]


def meals(people: list[Recipient]) -> list[object]:
    return [ordered(one, id_=f"6f1c8a52-3b0e-4c55-9d0a-{number:012d}") for number, one in enumerate(people)]


def round_for(*stops: int, **facts: object) -> Round:
    """So many stops on the first, second, third route."""
    people = [who(100 * at + number, f"r{at}") for at, count in enumerate(stops, 1) for number in range(count)]
    return carried(people, decided(*ROUTES, **{"runs": RUNS, **facts}), meals(people))  # type: ignore[arg-type]


def paper(found: Round, version: int = 1, *, practice: bool = False) -> RosterPaper:
    rosters = tuple((one, version) for one in found.every)
    return RosterPaper("幸福里社区食堂", "0372-5550199", practice, MARK, "2026-11-23 17:05", rosters)


def text_of(page: list[str]) -> str:
    return " ".join(page).replace("|", " ")


def codes_in(pages: list[Image.Image]) -> list[str]:
    return [found.text for page in pages for found in zxingcpp.read_barcodes(page.convert("L"))]


# -- the pages ----------------------------------------------------------------------------------------


def test_K3_every_page_of_every_route_bears_the_day_of_the_meal_though_it_is_printed_the_evening_before() -> None:
    pages = words_of(roster_pdf(paper(round_for(25, 2, 0))))

    written = [text_of(page) for page in pages if page]
    assert len(written) == 5
    assert [text for text in written if "2026-11-24 Tue Lunch" not in text] == []
    # The day of printing stands in the foot alone.
    assert [text for text in written if text.count("2026-11-23") != 1 or "Printed 2026-11-23 17:05" not in text] == []


def test_K3_labels_bear_the_day_of_the_meal() -> None:
    (roster, *_others) = round_for(2).rosters
    tomorrow = replace(roster, day=date(2026, 12, 31) + timedelta(days=1))

    (page,) = words_of(label_pdf(LabelSheets("幸福里社区食堂", False, labels_of(tomorrow, roster.standing, MARK))))

    assert text_of(page).count("01-01 Lunch") == 2


def test_each_route_begins_on_the_front_of_a_sheet_and_counts_its_own_pages() -> None:
    pages = words_of(roster_pdf(paper(round_for(25, 2, 3))))

    numbers = [next((part for line in page for part in line.split("|") if part.startswith("Page ")), "") for page in pages]
    titles = [next((line for line in page if line.startswith("Delivery roster")), "") for page in pages]
    assert numbers == ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3", "", "Page 1 of 1", "", "Page 1 of 1"]
    assert ["".join(title.split(" · ")[0].split()) for title in titles if title] == ["Deliveryroster:1号线"] * 3 + ["Deliveryroster:2号线", "Deliveryroster:3号线"]


def test_a_page_that_goes_on_says_so_and_repeats_the_head() -> None:
    pages = words_of(roster_pdf(paper(round_for(25))))

    assert [("(continued)" in text_of(page), "Name and phone" in text_of(page)) for page in pages[:3]] == [
        (False, True),
        (True, True),
        (True, True),
    ]


def test_the_head_says_who_walks_with_what_and_until_when() -> None:
    text = text_of(words_of(roster_pdf(paper(round_for(2), 3)))[0])

    for part in ("Volunteer 陈志强", "Stops 2", "Boxes 2", "Insulated boxes 3、7", "Cooked at 10:30", "Eat by 12:30", "Version 3"):
        assert part in text


def test_a_stop_shows_all_a_volunteer_needs() -> None:
    somebody = who(1, diets=("软食",), note=DeliveryNote("敲门重", in_person=True))
    found = carried([somebody], decided(*ROUTES, runs=RUNS), [ordered(somebody, SET_MEAL, RICE, id_="a1")])

    text = text_of(words_of(roster_pdf(paper(found)))[0])

    for part in ("王秀英1", "*1234", "幸福里", "1号楼1单元201", "一荤两素套餐", "米饭", "软食", "敲门重", "yes", "In all: 1 stop, 1 box"):
        assert part in text


def test_results_are_written_as_the_numbers_by_which_they_are_noted() -> None:
    text = text_of(words_of(roster_pdf(paper(round_for(1))))[0])

    assert "1 handed over 2 left at the door 3 refused 4 no answer" in " ".join(text.split())


def test_the_totals_of_all_papers_are_those_of_the_round() -> None:
    people = [who(number, f"r{number % 3 + 1}" if number % 5 else "", diets=("软食",)[: number % 2]) for number in range(20)]
    asked = [ordered(one, *((SOFT_SET,) if number % 3 else (replace(SET_MEAL, quantity=2),)), id_=f"a{number}") for number, one in enumerate(people)]
    found = carried(people, decided(*ROUTES), asked)

    text = " ".join(text_of(page) for page in words_of(roster_pdf(paper(found))))

    ends = [part.split("  ")[0] for part in text.split("In all: ")[1:]]
    counts = [[int(word) for word in end.replace(",", "").split() if word.isdigit()][:2] for end in ends]
    assert [sum(column) for column in zip(*counts, strict=True)] == [found.totals.stops, found.totals.boxes] == [20, 27]


def test_K4_who_has_no_route_is_on_the_first_paper() -> None:
    people = [who(1), who(2, ""), who(3, "", address=NOWHERE)]
    found = carried(people, decided(*ROUTES), meals(people))  # type: ignore[arg-type]

    pages = words_of(roster_pdf(paper(found)))

    first = text_of(pages[0])
    assert "Delivery roster: without a route" in first
    assert first.index("王秀英3") < first.index("王秀英2")
    assert "address not known" in first
    assert "王秀英1" not in first


def test_K4_what_is_missing_is_in_red(tmp_path: Path) -> None:
    people = [who(3, "", address=NOWHERE)]
    found = carried(people, decided(*ROUTES), meals(people))  # type: ignore[arg-type]

    page = pictures_of(roster_pdf(paper(found)), tmp_path)[0].convert("RGB")

    dots = [page.getpixel((x, y)) for x in range(page.width) for y in range(page.height)]
    assert sum(1 for r, g, b in dots if r > 150 and g < 90 and b < 90) > 50  # type: ignore[misc]


def test_K1_a_cancelled_stop_is_struck_out_without_a_code_and_counts_for_nothing(tmp_path: Path) -> None:
    people = [who(number) for number in range(3)]
    before = carried(people, decided(*ROUTES, runs=RUNS), meals(people)).rosters[0]  # type: ignore[arg-type]
    printed = Print(PrintKind.ROSTER, "r1", TUESDAY, Meal.LUNCH, 1, 0, "周敏", before.lines)
    asked = meals(people)
    asked[1] = replace(asked[1], state=State.CANCELLED)  # type: ignore[type-var]
    found = carried(people, decided(*ROUTES, runs=RUNS, printed={"r1": printed}), asked)  # type: ignore[arg-type]

    made = roster_pdf(replace(paper(found, 2), rosters=((found.rosters[0], 2),)))

    text = text_of(words_of(made)[0])
    assert "王秀英1" in text
    assert "cancelled" in text
    assert "In all: 2 stops, 2 boxes" in text
    read_back = [read_stop_code(code, MARK) for code in codes_in(pictures_of(made, tmp_path, DPI))]
    assert sorted(read_back) == [f"6f1c8a52-3b0e-4c55-9d0a-{number:012d}" for number in (0, 2)]


def test_a_roster_without_stops_says_so() -> None:
    (page, *_others) = words_of(roster_pdf(paper(round_for(0))))

    assert "Nothing is delivered on this route." in page


def test_400_stops_lose_none_and_stay_in_order() -> None:
    people = [replace(who(number), name=f"王{number:03d}") for number in range(400)]
    found = carried(people, decided(*ROUTES, runs=RUNS), meals(people))  # type: ignore[arg-type]

    pages = words_of(roster_pdf(replace(paper(found), rosters=((found.rosters[0], 1),))))

    names = [word for page in pages for line in page for word in line.replace("|", " ").split() if word.startswith("王") and len(word) == 4]
    assert names == [f"王{number:03d}" for number in range(400)]
    assert "In all: 400 stops, 400 boxes" in text_of(pages[-1])


def test_no_paper_tells_of_illness_faith_poverty_living_alone_or_a_document() -> None:
    diets = ("清真", "糖尿病餐", "花生过敏", "肝炎隔离餐", "软食")
    people = [who(number, diets=(diet,)) for number, diet in enumerate(diets)]
    found = carried(people, decided(*ROUTES, runs=RUNS), meals(people))  # type: ignore[arg-type]
    labels = labels_of(found.rosters[0], found.rosters[0].standing, MARK)

    papers = words_of(roster_pdf(paper(found))) + words_of(label_pdf(LabelSheets("食堂", False, labels)))

    # Codes are left out: pdftotext reads none.
    assert telling(" ".join(text_of(page) for page in papers)) == ()


def test_a_practice_roster_says_so_on_every_page() -> None:
    pages = words_of(roster_pdf(paper(round_for(25), practice=True)))

    assert [page for page in pages if page and not set("PRACTICE练习") <= set("".join(page))] == []


# -- the codes ----------------------------------------------------------------------------------------


def test_every_code_of_a_roster_is_read_back_from_the_rendered_page(tmp_path: Path) -> None:
    found = round_for(20)

    pages = pictures_of(roster_pdf(replace(paper(found), rosters=((found.rosters[0], 1),))), tmp_path, DPI)

    read_back = [read_stop_code(code, MARK) for code in codes_in(pages)]
    assert sorted(read_back) == [stop.id for stop in sorted(found.rosters[0].stops, key=lambda one: one.id)]
    assert len(read_back) == 20


def test_every_code_of_a_sheet_of_labels_is_read_back_from_the_rendered_page(tmp_path: Path) -> None:
    (roster, *_others) = round_for(24).rosters
    labels = labels_of(roster, roster.standing, MARK)

    pages = pictures_of(label_pdf(LabelSheets("幸福里社区食堂", False, labels)), tmp_path, DPI)

    assert len(pages) == 1
    assert sorted(codes_in(pages)) == sorted(label.code for label in labels)


# -- labels -------------------------------------------------------------------------------------------

LABEL = BoxLabel(
    "STOP-1A2B3C4D-A1", TUESDAY, Meal.LUNCH, "软食套餐", (("红烧肉", 1), ("米饭", 2)), ("软食", "低盐"), "王*英",
    "幸福里", "2号楼3单元402", "1号线", "10:30", "12:30", 1, 2,
)  # fmt: skip


def test_a_label_says_what_for_whom_behind_which_door_and_until_when() -> None:
    text = text_of(words_of(label_pdf(LabelSheets("食堂", False, (LABEL,))))[0])

    for part in ("王*英", "幸福里", "2号楼3单元402", "软食套餐", "红烧肉 米饭×2", "软食 低盐", "11-24 Lunch 1号线", "cooked 10:30", "eat by 12:30", "1/2"):
        assert part in text


@pytest.mark.parametrize(("skip", "count", "sheets"), [(0, 24, 1), (0, 25, 2), (23, 1, 1), (23, 2, 2), (24, 24, 1), (0, 0, 1)])
def test_labels_that_were_used_before_are_left_out(skip: int, count: int, sheets: int) -> None:
    pages = words_of(label_pdf(LabelSheets("食堂", False, (LABEL,) * count, skip)))

    assert len(pages) == sheets
    assert sum(text_of(page).count("王*英") for page in pages) == count


def test_a_label_without_a_meal_of_its_own_lists_what_is_on_the_tray() -> None:
    tray = replace(LABEL, dish="", inside=(("红烧肉", 1), ("米饭", 2)), estate="", door="")

    text = text_of(words_of(label_pdf(LabelSheets("食堂", True, (tray,))))[0])

    assert "红烧肉 米饭×2" in text
    assert "address not known" in text
    assert "练习 PRACTICE" in text


@pytest.mark.parametrize("settings", [PrinterSettings(width_mm=58), PrinterSettings(width_mm=80, qr="picture")])
def test_labels_on_the_roll_are_cut_apart_each_with_its_code(settings: PrinterSettings) -> None:
    slip = label_slip(CANTEEN, (LABEL, replace(LABEL, box=2, inside=())))

    printed = read(build(slip, settings), settings)

    rows = ["".join(run.text for run in row.runs) for row in printed if isinstance(row, TextRow)]
    assert sum(isinstance(one, Cut) for one in printed) == 2
    assert sum(isinstance(one, QrSymbol | Picture) for one in printed) == 2
    assert [one.data for one in printed if isinstance(one, QrSymbol)] in ([], [LABEL.code, LABEL.code])
    for part in ("王*英", "幸福里 2号楼3单元402", "软食套餐", "红烧肉 米饭×2", "软食 低盐", "10:30", "12:30"):
        assert any(part in row for row in rows), part
    assert rows[-1].strip() == "" or "12:30" in rows[-1]


def test_a_practice_label_on_the_roll_says_so() -> None:
    printed = read(build(label_slip(PRACTICE, (LABEL,)), PrinterSettings(width_mm=58)), PrinterSettings(width_mm=58))

    rows = ["".join(run.text for run in row.runs) for row in printed if isinstance(row, TextRow)]
    assert "练习 PRACTICE" in rows[0]


def test_papers_are_written_into_files(tmp_path: Path) -> None:
    found, sheets = paper(round_for(1)), LabelSheets("食堂", False, (LABEL,))

    for draft in (RosterPages().rosters(found, tmp_path / "roster.pdf"), RosterPages().labels(sheets, tmp_path / "labels.pdf")):
        with draft as put_in_place:
            put_in_place()

    assert (tmp_path / "roster.pdf").read_bytes() == roster_pdf(found)
    assert (tmp_path / "labels.pdf").read_bytes() == label_pdf(sheets)

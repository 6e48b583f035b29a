"""A claim on A4 pages: the summary with signatures and seal, each person, then the detail line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pos import words
from pos.clock import CHINA
from pos.domain.claim_figures import Figures, GroupBy, Sum, figures_of
from pos.domain.claim_paper import ClaimPaper
from pos.domain.claims import ClaimLine
from pos.domain.menu import Meal
from pos.domain.money import Fen, yuan
from pos.domain.pages import Frame
from pos.i18n import _
from receipts.claim_table import claim_table, head_lines, mark_line
from receipts.pages import Block, Facts, Gap, Grid, GridColumn, NewPage, QrCode, Signatures, Words, pdf
from receipts.table_pages import grid_of

MOST_HEADS_IN_CODE = 4
"""So many tills' heads make a code that a phone still reads from paper; the text above it has all of them."""

_GROUPS = (GroupBy.AGE, GroupBy.CATEGORY, GroupBy.COMMUNITY, GroupBy.WAY)


def claim_pdf(paper: ClaimPaper, progress: Callable[[int, int], None]) -> bytes:
    """The whole paper; the same claim and columns give the same bytes."""
    claim = paper.claim
    frame = Frame(
        canteen=claim.canteen,
        title=_("Subsidy claim {month}").format(month=words.month(claim.month.first)),
        version=f"{claim.number} · {claim.hash[:16]}",
        wide=True,
        practice=paper.practice,
    )
    figures = figures_of(paper.lines)
    blocks: list[Block] = [
        *_summary(paper, figures),
        NewPage(),
        Words(_("By person"), 13, bold=True),
        Gap(2),
        _people(paper.lines),
        NewPage(),
        Words(_("Meal by meal"), 13, bold=True),
        Gap(2),
        grid_of(claim_table(paper, progress), 7.5),
    ]
    return _marked(pdf(frame, blocks), mark_line(paper))


def _marked(data: bytes, mark: str) -> bytes:
    """The file with a comment that a check of it looks for, where no place in the file depends on it."""
    at = data.rindex(b"startxref")
    return b"%s%%%s\n%s" % (data[:at], mark.encode(), data[at:])


# -- the summary ---------------------------------------------------------------------------------------


def _summary(paper: ClaimPaper, figures: Figures) -> Iterator[Block]:
    claim, whole = paper.claim, figures.whole
    stamped = datetime.fromtimestamp(claim.at_ms / 1000, CHINA).strftime("%Y-%m-%d %H:%M")
    yield Facts(
        (
            (_("Addressed to"), claim.payer_name),
            (_("Claim"), claim.number),
            (_("Claim month"), words.month(claim.month.first)),
            (_("Stamped"), f"{stamped} {claim.staff_name}"),
            (_("Meals"), str(whole.meals)),
            (_("People"), str(whole.people)),
            (_("List price"), words.money(whole.list_price)),
            (_("Diners paid"), words.money(whole.due)),
        ),
        columns=4,
    )
    yield Gap(2)
    yield Words(_("Claimed: {amount}").format(amount=words.money(whole.amount)), 15, bold=True)
    if figures.corrections.meals:
        yield Words(
            _("of this, corrections of earlier claims: {amount} ({count} meals)").format(
                amount=words.money(figures.corrections.amount), count=figures.corrections.meals
            )
        )
    yield Gap(2)
    yield _groups(figures)
    yield Gap(3)
    yield _services(paper.lines, figures)
    yield Gap(4)
    yield Signatures(
        (_("Made by"), _("Canteen manager"), _("Subdistrict / town"), _("Civil affairs")), _("Seal of the canteen")
    )
    yield Gap(2)
    code = "\n".join(
        [
            f"claim {claim.number} {claim.hash}",
            *(f"{head.number} {head.hash}" for head in claim.heads[:MOST_HEADS_IN_CODE]),
        ]
    )
    said = (_("Claim hash: {hash}").format(hash=claim.hash), *head_lines(claim))
    yield QrCode(code, said[:6], 26)


def _groups(figures: Figures) -> Grid:
    rows = [
        (words.claim_group(kind) if at == 0 else "", words.claim_key(kind, group.key), *_sum_words(group.sum))
        for kind in _GROUPS
        for at, group in enumerate(figures.by(kind))
    ]
    columns = (
        GridColumn(_("Added up by"), 14),
        GridColumn("", 26, wrap=True),
        *(GridColumn(title, 12, "right") for title in _sum_titles()),
    )
    return Grid(columns, rows, ((_("Total"), "", *_sum_words(figures.whole)),))


def _sum_titles() -> tuple[str, ...]:
    return _("Meals"), _("People"), _("List price"), _("Diners paid"), _("Claimed")


def _sum_words(one: Sum) -> tuple[str, ...]:
    return str(one.meals), str(one.people), yuan(one.list_price), yuan(one.due), yuan(one.amount)


def _services(lines: Sequence[ClaimLine], figures: Figures) -> Facts:
    """Counts that operating and delivery subsidies are paid by; they are no part of the claimed sum."""
    pairs = [
        (_("Served, person-days"), str(figures.person_days)),
        (_("Served, meals"), str(figures.whole.meals)),
        (_("Delivered, meals"), str(figures.delivered.meals)),
        (_("Delivered, people"), str(figures.delivered.people)),
    ]
    if operating := sum(line.operating for line in lines):
        pairs.append((_("Operating subsidy"), words.money(operating)))
    if delivery := sum(line.delivery for line in lines):
        pairs.append((_("Delivery subsidy"), words.money(delivery)))
    return Facts(tuple(pairs), columns=4)


# -- by person -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Person:
    """What one person had in the month."""

    line: ClaimLine
    meals: dict[Meal, int] = field(default_factory=lambda: dict.fromkeys(Meal, 0))
    list_price: Fen = 0
    due: Fen = 0
    amount: Fen = 0


def _people(lines: Sequence[ClaimLine]) -> Grid:
    people: dict[str, _Person] = {}
    for line in lines:
        person = people.setdefault(line.member_id, _Person(line))
        person.meals[line.meal] += line.meals
        person.list_price += line.list_price
        person.due += line.due
        person.amount += line.amount
    meals = tuple(GridColumn(words.meal(meal), 6, "right") for meal in Meal)
    columns = (
        GridColumn(_("Line no."), 5, "right"),
        GridColumn(_("Name"), 14, wrap=True),
        GridColumn(_("Identity"), 9),
        GridColumn(_("Age"), 5, "right"),
        GridColumn(_("Category"), 12, wrap=True),
        GridColumn(_("Community"), 18, wrap=True),
        *meals,
        GridColumn(_("Meals"), 6, "right"),
        GridColumn(_("List price"), 10, "right"),
        GridColumn(_("Diner paid"), 10, "right"),
        GridColumn(_("Claimed"), 10, "right"),
        GridColumn(_("Signature"), 14),
    )
    ranked = sorted(people.values(), key=lambda person: (person.line.community, person.line.name, person.line.member_id))
    rows = (_person_row(number, person) for number, person in enumerate(ranked, start=1))
    return Grid(columns, rows, (_person_total(lines, people),), 8)


def _person_row(number: int, person: _Person) -> tuple[str, ...]:
    line = person.line
    return (
        str(number),
        line.name,
        line.identity and f"**{line.identity}",
        "" if line.age is None else str(line.age),
        "、".join(line.categories),
        line.community,
        *(str(person.meals[meal]) for meal in Meal),
        str(sum(person.meals.values())),
        yuan(person.list_price),
        yuan(person.due),
        yuan(person.amount),
        "",
    )


def _person_total(lines: Sequence[ClaimLine], people: dict[str, _Person]) -> tuple[str, ...]:
    meals = (sum(person.meals[meal] for person in people.values()) for meal in Meal)
    return (
        "",
        _("Total"),
        "",
        "",
        "",
        "",
        *map(str, meals),
        str(sum(line.meals for line in lines)),
        yuan(sum(line.list_price for line in lines)),
        yuan(sum(line.due for line in lines)),
        yuan(sum(line.amount for line in lines)),
        "",
    )

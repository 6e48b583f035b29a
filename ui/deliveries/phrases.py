"""The words of the deliveries' screen, and its questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pos import words
from pos.domain.cases import Case, CaseStep
from pos.domain.deliveries import BoxHolder, Outcome, Stop
from pos.domain.members import MemberStatus
from pos.domain.profile import Contact
from pos.domain.reservations import MissedRule
from pos.domain.tables import Column, ColumnKind, Table
from pos.i18n import _, ngettext
from pos.services.day_close import Checklist
from ui import formats
from ui.asking import Ask, AskColumn, AskField, AskPage, AskTable, Fact, FieldKind
from ui.deliveries.board import Board, StopLine, StopState, Tally
from ui.widgets.labels import Tone
from ui.widgets.table import Line

_NAMED = 4


def heading(board: Board) -> str:
    """Which meal of which day."""
    return f"{_day(board.day)} · {words.meal(board.meal)}"


def progress(board: Board) -> str:
    """How far it is."""
    states = [line.state for line in board.lines]
    return _("{open} of {count} open").format(
        open=states.count(StopState.OPEN), count=len(states) - states.count(StopState.GONE)
    )


def boxes(board: Board) -> str:
    """The boxes of the day."""
    return _("Boxes today: {out} out, {back} back").format(out=board.boxes_out, back=board.boxes_back)


def marked(board: Board) -> str:
    """The stop that a key would note, or why it would not."""
    line = board.marked
    if board.close is not None:
        return _("Closed at {time} by {who}.").format(
            time=formats.when(board.close.at_ms, board.day), who=board.close.staff_name
        )
    if board.shut is not None:
        return _("The canteen stays shut: {reason}").format(reason=board.shut)
    if line is None:
        return _("No stop is marked.")
    stop = line.stop
    there = ngettext("{count} box there", "{count} boxes there", stop.boxes_there).format(count=stop.boxes_there)
    at = formats.when(stop.result.at_ms, board.day) if stop.result and line.noting is None else ""
    parts = (stop.name, str(stop.address), there if stop.boxes_there else "", f"{_said(line)} {at}".strip())
    return "  ·  ".join(part for part in parts if part)


def stop_line(line: StopLine, board: Board) -> Line:
    """A stop as a row of the table; an estate in which all of them live needs no saying."""
    stop = line.stop
    lacks = "" if line.state is StopState.GONE else _("no route")
    route = (stop.route or lacks,) if board.with_routes else ()
    address = replace(stop.address, estate="") if board.one_estate and stop.address.building else stop.address
    cells = (*route, str(address) or _("no address"), stop.name, str(stop.boxes), _said(line))
    lost = not str(address) or (board.with_routes and not stop.route)
    return Line(cells, Tone.RED if lost and line.state is StopState.OPEN else _tone(line))


def brought(outcome: Outcome) -> str:
    """What happened at a door, as its key says it."""
    return {
        Outcome.HANDED_OVER: _("Given"),
        Outcome.LEFT_AT_DOOR: _("At door"),
        Outcome.REFUSED: _("Refused"),
        Outcome.NO_ANSWER: _("No answer"),
    }[outcome]


def _said(line: StopLine) -> str:
    if line.noting is not None:
        return f"{brought(line.noting)} …"
    if line.stop.result is not None:
        return brought(line.stop.result.outcome)
    if line.stop.status is not MemberStatus.ACTIVE:
        return words.member_status(line.stop.status)
    if line.is_fetched:
        return words.stop_gone(fetched=True)
    return "" if line.stop.is_open else words.reservation_state(line.stop.state)


def _tone(line: StopLine) -> Tone:
    if line.outcome is Outcome.NO_ANSWER:
        return Tone.RED
    if line.outcome is not None:
        return Tone.GREEN if line.outcome.had else Tone.MONEY
    return Tone.MUTED if line.state is StopState.GONE else Tone.PLAIN


def tally_line(tally: Tally, board: Board) -> Line:
    """A route or a way of eating as a row of the day at a glance; where there are no routes, all deliveries."""
    carried = tally.out is not None
    lost = carried and board.with_routes and not tally.route and tally.open > 0
    name = (tally.route or _("no route")) if carried and board.with_routes else words.way(tally.way)
    cells = (
        name,
        str(tally.planned),
        str(tally.out) if carried else "",
        str(tally.done),
        str(tally.open),
        str(tally.cases or ""),
    )
    return Line(cells, Tone.RED if tally.cases or lost else Tone.PLAIN)


def case_line(case: Case, today: date) -> str:
    """Somebody who is looked for, in a line: who, where, since when, and whom to call next."""
    since = formats.when(case.opened_ms, today)
    name, phone = whom(case, case.next_step)
    next_step = _("next: {who} {phone}").format(who=name, phone=phone) if phone else ""
    last = words.case_step(case.steps[-1].step) if case.steps else words.case_kind(case.kind)
    parts = (case.member_name, last, _("since {time}").format(time=since), next_step, str(case.whom.address))
    return "  ·  ".join(part for part in parts if part)


def more_cases(count: int) -> str:
    """More people are looked for than there is room for."""
    return ngettext("… and {count} more", "… and {count} more", count).format(count=count)


def whom(case: Case, step: CaseStep) -> tuple[str, str]:
    """Whom a step of the ladder calls, with the telephone number."""
    known = case.whom
    return {
        CaseStep.CALLED: (case.member_name, known.phone),
        CaseStep.CALLED_FAMILY: (known.emergency.name, known.emergency.phone),
        CaseStep.CALLED_COMMUNITY: (known.community_worker.name, known.community_worker.phone),
    }.get(step, ("", ""))


# -- questions ----------------------------------------------------------------------------------------


def stop_ask(stop: Stop, outcome: Outcome, note: str, *, wrong: str = "", busy: bool = False) -> Ask:
    """What happened at a door, with words; for one that has a result, what happened in truth."""
    result = stop.result
    facts = [Fact(_("Address"), str(stop.address)), Fact(_("Boxes"), str(stop.boxes))]
    if result is not None:
        noted = _("{outcome}, {time} by {who}").format(
            outcome=words.outcome(result.outcome), time=formats.time_of(result.at_ms), who=result.staff_name
        )
        facts.append(Fact(_("Noted so far"), noted, strong=True))
        if result.note:
            facts.append(Fact(_("Words"), result.note))
    fields = (
        AskField("outcome", _("What happened"), outcome.value, kind=FieldKind.CHOICE, options=_outcomes()),
        AskField("note", _("Words (may stay empty)"), note, longest=60, stretch=2),
    )
    return Ask(
        title=stop.name,
        confirm=_("Note it") if result is None else _("Correct it"),
        text="" if result is None else _("What was charged or given back is put right."),
        facts=tuple(facts),
        pages=(AskPage((fields,)),),
        danger=result is not None,
        wrong=wrong,
        busy=busy,
    )


def _outcomes() -> tuple[tuple[str, str], ...]:
    return tuple((outcome.value, words.outcome(outcome)) for outcome in Outcome)


def which_case(cases: Sequence[Case], today: date) -> Ask:
    """Several are looked for, or were: whom it is about."""
    columns = (AskColumn(_("Name"), 110), AskColumn(_("What"), 230), AskColumn(_("Since"), 160), AskColumn(_("Last step")))
    rows = tuple(
        (
            case.member_name,
            words.case_kind(case.kind),
            formats.when(case.opened_ms, today),
            _step_words(case.steps[-1].step) if case.steps else "",
        )
        for case in cases
    )
    is_open = any(case.outcome is None for case in cases)
    title = _("Still looked for") if is_open else _("Nobody is looked for.")
    ended = any(case.outcome is not None for case in cases)
    text = _("If one was ended by mistake, it can be opened again.") if ended else ""
    return Ask(title, "", text=text, table=AskTable(columns, rows, picks=_("Open")))


def case_ask(case: Case, step: CaseStep, note: str, today: date, *, wrong: str = "", busy: bool = False) -> Ask:
    """Somebody who is looked for: whom to call, what was done, and what is done now."""
    facts = (
        Fact(_("Address"), str(case.whom.address) or _("not known")),
        Fact(case.member_name, case.whom.phone or _("no telephone"), strong=step is CaseStep.CALLED),
        Fact(_("Emergency contact"), _contact(case.whom.emergency), strong=step is CaseStep.CALLED_FAMILY),
        Fact(_("Community worker"), _contact(case.whom.community_worker), strong=step is CaseStep.CALLED_COMMUNITY),
    )
    columns = (AskColumn(_("Time"), 160), AskColumn(_("What was done"), 250), AskColumn(_("Who"), 110), AskColumn(_("Words")))
    rows = tuple((formats.when(one.at_ms, today), words.case_step(one.step), one.staff_name, one.note) for one in case.steps)
    opened = (formats.when(case.opened_ms, today), words.case_kind(case.kind), case.opened_by, "")
    options = tuple((one.value, _step_words(one)) for one in CaseStep if one is not CaseStep.OPENED_AGAIN)
    which = AskField("step", _("What is done now"), step.value, kind=FieldKind.CHOICE, options=options)
    entry = AskField("note", _("Words"), note, longest=100)
    again = step is CaseStep.OPENED_AGAIN
    return Ask(
        title=f"{case.member_name} · {words.case_kind(case.kind)} · {words.meal(case.meal)} {_day(case.day)}",
        confirm=_("Open it again") if again else _("End the case") if step.ends else _("Note it"),
        text=_("This case is ended. If that was a mistake, open it again.") if again else "",
        facts=facts,
        pages=(AskPage(((entry,) if again else (which, entry),)),),
        table=AskTable(columns, (*reversed(rows), opened), seen=2),
        danger=step.ends or again,
        wrong=wrong,
        busy=busy,
        width=900,
    )


def _step_words(step: CaseStep) -> str:
    return _("End: {outcome}").format(outcome=words.case_step(step)) if step.ends else words.case_step(step)


def _contact(contact: Contact) -> str:
    return " ".join(part for part in (contact.name, contact.relation, contact.phone) if part) or _("not known")


def holders_ask(holders: Sequence[BoxHolder]) -> Ask:
    """Who still has boxes."""
    columns = (AskColumn(_("Address")), AskColumn(_("Name"), 130), AskColumn(_("Boxes"), 90, right=True), AskColumn(_("Last"), 110))
    rows = tuple((str(one.address), one.name, str(one.boxes), formats.day(one.last)) for one in holders)
    whole = sum(one.boxes for one in holders)
    text = ngettext("{count} box is still out.", "{count} boxes are still out.", whole).format(count=whole)
    table = AskTable(columns, rows, picks=_("Came back"), seen=8, empty=_("All boxes are back."))
    return Ask(_("Boxes"), "", text=text, table=table, second=_("PDF") if holders else "")


def came_back_ask(holder: BoxHolder, count: str, *, wrong: str = "", busy: bool = False) -> Ask:
    """How many of somebody's boxes came back."""
    known = ngettext("{count} box is there.", "{count} boxes are there.", holder.boxes).format(count=holder.boxes)
    entry = AskField("count", _("How many came back"), count, longest=2)
    return Ask(holder.name, _("Note it"), text=known, pages=(AskPage(((entry,),)),), wrong=wrong, busy=busy)


def holders_table(holders: Sequence[BoxHolder]) -> Table:
    """Who still has boxes, for a paper."""
    columns = (
        Column(_("Address"), width=34),
        Column(_("Name"), width=14),
        Column(_("Telephone"), width=14),
        Column(_("Boxes"), ColumnKind.COUNT, 8),
        Column(_("Last"), ColumnKind.DAY, 12),
        Column(_("Came back"), width=12),
    )
    rows = tuple((str(one.address), one.name, one.phone, one.boxes, one.last, "") for one in holders)
    whole = sum(one.boxes for one in holders)
    return Table(_("Boxes"), columns, rows, totals=((_("Together"), "", "", whole, None, ""),))


def close_ask(found: Checklist, rule: MissedRule, *, busy: bool = False) -> Ask:
    """What stands before the close of a day."""
    if found.close is not None:
        closed = _("Closed at {time} by {who}.").format(
            time=formats.when(found.close.at_ms, found.day), who=found.close.staff_name
        )
        return Ask(_("Close the day: {day}").format(day=_day(found.day)), "", text=closed, second=_("Print again"))
    what = {
        MissedRule.RELEASE: _("not fetched, will be given back"),
        MissedRule.CHARGE: _("not fetched, will be charged"),
    }[rule]
    facts = (
        Fact(_("Stops without a result"), _some([one.member_name for one in found.stops]), strong=bool(found.stops)),
        Fact(_("Still looked for"), _some([one.member_name for one in found.cases]), strong=bool(found.cases)),
        Fact(what, _some([one.member_name for one in found.not_fetched])),
        Fact(_("away, will be given back"), _some([one.member_name for one in found.away])),
    )
    in_the_way = found.stops or found.cases
    text = _("First note every stop and end every case.") if in_the_way else _("After it nothing of this day can be changed.")
    confirm = "" if in_the_way else _("Close the day")
    return Ask(_("Close the day: {day}").format(day=_day(found.day)), confirm, text=text, facts=facts, danger=True, busy=busy)


def _some(names: Sequence[str]) -> str:
    if not names:
        return _("none")
    shown = _(", ").join(names[:_NAMED])
    return _("{what}: {detail}").format(what=len(names), detail=f"{shown} …" if len(names) > _NAMED else shown)


def _day(day: date) -> str:
    return f"{formats.day(day)} {words.weekday(day)}"

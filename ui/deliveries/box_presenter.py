"""The mind of the boxes' sheet: who still has some, how many came back, and the list on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from pos.domain.deliveries import BoxHolder
from pos.domain.errors import BadQuantity, Refusal, Trouble
from pos.domain.pages import Frame
from pos.domain.staff import Actor
from pos.i18n import _
from pos.ports import Clock
from pos.ports.tables import Files
from pos.services.boxes import MOST_BOXES, Boxes
from pos.services.canteen import Canteens
from ui import formats, messages
from ui.asking import AskView
from ui.deliveries import phrases
from ui.presenting import Lane, Notices


@dataclass(frozen=True, slots=True)
class BackForm:
    """Whose boxes came back, and how many. `move_id` is kept for every retry."""

    holder: BoxHolder
    move_id: str
    count: str
    wrong: str = ""
    busy: bool = False


class BoxPresenter:
    """First the list, then one line of it."""

    def __init__(
        self,
        view: AskView,
        notices: Notices,
        boxes: Boxes,
        canteens: Canteens,
        files: Files,
        clock: Clock,
        lane: Lane,
        actor: Callable[[], Actor],
        *,
        ask_file: Callable[[str], Path | None],
        show_file: Callable[[Path], None],
        changed: Callable[[], None],
    ) -> None:
        """`ask_file` asks where to write, `show_file` shows what was written, `changed` is told that boxes moved."""
        self._view = view
        self._notices = notices
        self._boxes = boxes
        self._canteens = canteens
        self._files = files
        self._clock = clock
        self._lane = lane
        self._actor = actor
        self._ask_file = ask_file
        self._show_file = show_file
        self._changed = changed
        self._holders: tuple[BoxHolder, ...] | None = None
        self._form: BackForm | None = None

    def open(self) -> None:
        """Read who has boxes."""
        self._lane.run(self._boxes.holders, self._listed, self._refused)

    def pick(self, at: int) -> None:
        """Boxes of this one came back, all of them unless somebody says otherwise."""
        if self._holders and self._form is None and 0 <= at < len(self._holders):
            holder = self._holders[at]
            self._form = BackForm(holder, str(uuid4()), str(holder.boxes))
            self.say_again()

    def typed(self, _name: str, value: str) -> None:
        """Another number."""
        if self._form is not None and not self._form.busy:
            self._form = replace(self._form, count=value, wrong="")
            self.say_again()

    def confirm(self) -> None:
        """Note it."""
        form = self._form
        if form is None or form.busy:
            return
        if not (form.count.isascii() and form.count.isdigit()):
            self._refused(BadQuantity(0, MOST_BOXES))
            return
        actor, count = self._actor(), int(form.count)
        self._form = replace(form, busy=True)
        self.say_again()
        self._lane.run(
            lambda: self._boxes.came_back(actor, form.move_id, form.holder.member_id, count), self._came_back, self._refused
        )

    def write(self) -> None:
        """The list as a PDF."""
        holders = self._holders
        if not holders or self._form is not None:
            return
        title = _("Boxes")
        path = self._ask_file(f"{title} {self._clock.local().date().isoformat()}.pdf")
        if path is None:
            return

        def write() -> Path:
            canteen = self._canteens.current()
            assert canteen is not None, "an office is the office of a canteen"
            printed = formats.moment(self._clock.now_ms())
            frame = Frame(canteen.name, _("Boxes that are out"), printed, practice=canteen.practice)
            self._files.pages.write(frame, phrases.holders_table(holders), path)
            return path

        def written(path: Path) -> None:
            self._notices.show_message(messages.good(_("{name} is written.").format(name=path.name), str(path.parent)))
            self._show_file(path)

        self._lane.run(write, written, self._refused)

    def close(self) -> None:
        """From one line back to the list, from the list away."""
        if self._form is not None and self._holders is not None:
            self._form = None
            self.say_again()
        else:
            self._form = self._holders = None
            self._view.close_ask()

    def say_again(self) -> None:
        """Show the question as it is now."""
        form = self._form
        if form is not None:
            self._view.show_ask(phrases.came_back_ask(form.holder, form.count, wrong=form.wrong, busy=form.busy))
        elif self._holders is not None:
            self._view.show_ask(phrases.holders_ask(self._holders))

    def _listed(self, holders: tuple[BoxHolder, ...]) -> None:
        self._holders, self._form = holders, None
        self.say_again()

    def _came_back(self, left: int) -> None:
        form = self._form
        if form is not None:
            title = _("{name} brought boxes back.").format(name=form.holder.name)
            self._notices.show_message(messages.good(title, _("Still there: {count}").format(count=left)))
        self._changed()
        self.open()

    def _refused(self, error: Refusal | Trouble) -> None:
        if self._form is not None:
            self._form = replace(self._form, busy=False, wrong="count")
            self.say_again()
        self._notices.show_message(messages.words(error))

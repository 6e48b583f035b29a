"""The page of the editor: form, text and trial of one tariff, with what is wrong with it at the foot."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCursor, QTextFormat
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QTextEdit, QWidget

from pos.domain.tariff import Finding, Severity
from pos.i18n import _, ngettext
from ui.messages.tariff import finding_words
from ui.tariff.editor import EditorNow, EditorPresenter, Page
from ui.tariff.form_page import FormPage
from ui.tariff.publish_sheet import PublishSheet
from ui.tariff.try_page import ExampleSheet, People
from ui.theme import Colour, Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.chip import Chip, Shade
from ui.widgets.key_hints import Hints
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.panel import Card, column, row
from ui.widgets.text_box import TextBox

_TABS = {Page.FORM: "F5", Page.TEXT: "F6", Page.TRY: "F7"}
_PAGE_KEYS = {Qt.Key.Key_F5: Page.FORM, Qt.Key.Key_F6: Page.TEXT, Qt.Key.Key_F7: Page.TRY}


class EditorPage(QWidget):
    """F5, F6 and F7 are the three ways to look, F8 leads to the next finding, F9 publishes, Esc keeps and leaves."""

    left = Signal()
    turned = Signal(object)
    typed = Signal(str)
    finding_wanted = Signal()
    published = Signal(object)
    replay_wanted = Signal(object)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__()
        self._now: EditorNow | None = None
        self._title = ElidedLabel(theme, "", Text.HEADING)
        self._state = Chip(theme)
        self._tabs = {page_: Button(theme, key=key) for page_, key in _TABS.items()}
        self._group = QButtonGroup(self)
        self._publish = Button(theme, "", Kind.PRIMARY, key="F9")
        self.form = FormPage(theme, page)
        self.text = TextBox(theme)
        self._at_line = Label(theme, "", Text.SMALL, Tone.MUTED)
        self.people = People(theme)
        self._change, self._more = Button(theme, key="Enter"), Button(theme, key="F2")
        self._less, self._replay = Button(theme, key="Del"), Button(theme, key="F10")
        self._unread = Label(theme, "", Text.BODY, Tone.MUTED, wrap=True)
        self._stack = QStackedWidget()
        self._count = Label(theme, "", Text.SMALL_STRONG)
        self._what = ElidedLabel(theme, "", Text.SMALL)
        self._instead = ElidedLabel(theme, "", Text.SMALL, Tone.MUTED)
        self._next = Button(theme, key="F8")
        self.example_sheet = ExampleSheet(theme, page)
        self.publish_sheet = PublishSheet(theme, page)
        self._lay_out(theme)
        self._connect()
        self.retranslate()

    def attend(self, presenter: EditorPresenter) -> None:
        """Send every wish to the presenter."""
        self._presenter = presenter
        self.left.connect(presenter.leave)
        self.turned.connect(presenter.turn)
        self.typed.connect(presenter.typed)
        self.finding_wanted.connect(presenter.next_finding)
        self.published.connect(presenter.publish)
        self.form.attend(presenter)
        self.people.stepped.connect(presenter.mark_trial)
        self.example_sheet.taken.connect(lambda one, at: presenter.put_example(one, None if at < 0 else at))

    # -- facts --------------------------------------------------------------------------------------

    def show_tariff(self, now: EditorNow) -> None:
        """Paint the editor."""
        before, self._now = self._now, now
        tariff = now.tariff
        self._title.setText(tariff.title if tariff else now.draft.title if now.draft else "")
        self._state.set_words(_state(now), Shade.AMBER if now.draft else Shade.GREEN)
        self._publish.setVisible(now.draft is not None)
        self._publish.setEnabled(now.checked.errors == 0 and tariff is not None)
        self._tabs[now.page].setChecked(True)
        if self.text.text != now.text:
            self.text.set_text(now.text)
        self.text.edit.setReadOnly(now.draft is None)
        self._tint(now.checked.findings)
        self.form.show_tariff(now)
        self.people.show_people(now.examples, now.bills, now.trial)
        readable = tariff is not None or now.page is Page.TEXT
        self._unread.setText("" if readable else _("The text cannot be read as it is. F6 shows it, F8 leads to the first mistake."))
        at = list(Page).index(now.page) if readable else len(Page)
        self._stack.setCurrentIndex(at)
        self._paint_findings(now)
        if before is None or before.page is not now.page:
            self.focus_first()

    def point_at_line(self, line: int) -> None:
        """Put the cursor on a line of the text."""
        block = self.text.edit.document().findBlockByNumber(line - 1)
        if block.isValid():
            self.text.edit.setTextCursor(QTextCursor(block))
            self.text.edit.centerCursor()
        self.text.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_sheets(self) -> None:
        """Take whatever was asked away."""
        self.form.close_sheets()
        for sheet in (self.example_sheet, self.publish_sheet):
            sheet.take_away()

    def forget(self) -> None:
        """Another set is opened next."""
        self._now = None

    def focus_first(self) -> None:
        """Put the focus where the first key belongs."""
        if self._now:
            first: QWidget = {Page.FORM: self.form.table, Page.TEXT: self.text.edit, Page.TRY: self.people}[self._now.page]
            (first if first.isVisibleTo(self) else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _paint_findings(self, now: EditorNow) -> None:
        findings = now.checked.findings
        warnings = len(findings) - now.checked.errors
        told = []
        if now.checked.errors:
            told.append(ngettext("{count} mistake", "{count} mistakes", now.checked.errors).format(count=now.checked.errors))
        if warnings:
            told.append(ngettext("{count} thing to look at", "{count} things to look at", warnings).format(count=warnings))
        self._count.setText(_(", ").join(told) or _("Nothing is wrong with it"))
        self._count.set_tone(Tone.RED if now.checked.errors else Tone.AMBER if warnings else Tone.GREEN)
        self._next.setVisible(bool(findings))
        shown = findings[max(0, now.finding - 1) % len(findings)] if findings else None
        what, instead = finding_words(shown) if shown else ("", "")
        self._what.setText(what)
        self._instead.setText(instead)

    def _tint(self, findings: tuple[Finding, ...]) -> None:
        """Colour the lines that are wrong; the text and its cursor stay as they are."""
        tints = []
        for finding in findings:
            block = self.text.edit.document().findBlockByNumber(finding.line - 1)
            if not block.isValid():
                continue
            tint: Any = QTextEdit.ExtraSelection()
            tint.cursor = QTextCursor(block)
            ground = Colour.RED_TINT if finding.severity is Severity.ERROR else Colour.AMBER_TINT
            tint.format.setBackground(QColor(ground))
            tint.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            tints.append(tint)
        self.text.edit.setExtraSelections(tints)

    # -- keys ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the page, and those of the way to look."""
        key = Qt.Key(event.key())
        if event.isAutoRepeat():
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in _PAGE_KEYS:
            self.turned.emit(_PAGE_KEYS[key])
        elif key == Qt.Key.Key_F8:
            self.finding_wanted.emit()
        elif key == Qt.Key.Key_F9 and self._publish.isEnabled() and not self._publish.isHidden():
            self._ask_publish()
        elif key == Qt.Key.Key_F10:
            self._replay_month()
        elif self._now is not None and self._now.page is Page.TRY and key in (Qt.Key.Key_F2, Qt.Key.Key_Delete):
            self._drop_example() if key == Qt.Key.Key_Delete else self._add_example()
        elif self._now is not None and self._now.page is Page.FORM and self.form.take_key(event):
            pass
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def hints(self) -> Hints:
        """Its keys."""
        page = self._now.page if self._now else Page.FORM
        own: Hints = {
            Page.FORM: self.form.hints(),
            Page.TEXT: (),
            Page.TRY: (("←→", _("Mark")), ("Enter", _("Edit")), ("F2", _("One more")), ("Del", _("Remove"))),
        }[page]
        return (*own, ("F5 F6 F7", _("Form, text, try")), ("F8", _("Next finding")), ("F10", _("A past month")), ("F9", _("Publish")))

    def _drop_example(self) -> None:
        self._presenter.drop_example()

    def _add_example(self) -> None:
        if self._now and self._now.examples:
            self.example_sheet.ask(self._now.examples[self._now.trial], None)

    def _replay_month(self) -> None:
        if self._now and self._now.tariff:
            self.replay_wanted.emit(self._now.tariff)

    def _change_example(self) -> None:
        if self._now and self._now.examples:
            self.example_sheet.ask(self._now.examples[self._now.trial], self._now.trial)

    def _ask_publish(self) -> None:
        if self._now and self._now.tariff:
            self.publish_sheet.ask(self._now.tariff, self._now.checked)

    # -- words and layout ---------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        for page, button in self._tabs.items():
            button.setText({Page.FORM: _("Form"), Page.TEXT: _("Text"), Page.TRY: _("Try")}[page])
        self._publish.setText(_("Publish"))
        self._next.setText(_("Next finding"))
        self._change.setText(_("Edit"))
        self._more.setText(_("One more"))
        self._less.setText(_("Remove"))
        self._replay.setText(_("A past month"))
        self.text.edit.setAccessibleName(_("The text of the tariff"))
        self.form.retranslate()
        for sheet in (self.example_sheet, self.publish_sheet):
            sheet.retranslate()
        self._tell_line()
        if self._now:
            self.show_tariff(self._now)

    def _tell_line(self) -> None:
        line = self.text.edit.textCursor().blockNumber() + 1
        self._at_line.setText(_("Line {line}").format(line=line))

    def _connect(self) -> None:
        for page, button in self._tabs.items():
            button.clicked.connect(lambda _checked=False, page=page: self.turned.emit(page))
        self._publish.clicked.connect(self._ask_publish)
        self._next.clicked.connect(self.finding_wanted)
        self.text.typed.connect(lambda: self.typed.emit(self.text.text))
        self.text.edit.cursorPositionChanged.connect(self._tell_line)
        self.people.chosen.connect(self._change_example)
        self._change.clicked.connect(self._change_example)
        self._more.clicked.connect(self._add_example)
        self._less.clicked.connect(self._drop_example)
        self._replay.clicked.connect(self._replay_month)
        self.publish_sheet.chosen.connect(self._published)
        for sheet in (self.example_sheet, self.publish_sheet):
            sheet.left.connect(sheet.take_away)

    def _published(self, day: date) -> None:
        self.published.emit(day)

    def _lay_out(self, theme: Theme) -> None:
        head = row(theme, self._title, self._state)
        head.setStretch(0, 1)
        for button in self._tabs.values():
            button.setCheckable(True)
            button.setAutoDefault(False)
            self._group.addButton(button)
            head.addWidget(button)
        head.addWidget(self._publish)
        text = QWidget()
        lines = column(theme, self.text, self._at_line, gap=2)
        lines.setContentsMargins(0, 0, 0, 0)
        text.setLayout(lines)
        trial = QWidget()
        below = row(theme, self._change, self._more, self._less, self._replay)
        below.insertStretch(3, 1)
        people = column(theme, self.people)
        people.setContentsMargins(0, 0, 0, 0)
        people.setStretch(0, 1)
        people.addLayout(below)
        trial.setLayout(people)
        for widget in (self.form, text, trial, self._unread):
            self._stack.addWidget(widget)
        self._unread.setAlignment(Qt.AlignmentFlag.AlignCenter)
        foot = row(theme, self._count)
        told = column(theme, self._what, self._instead, gap=0)
        foot.addLayout(told, 1)
        foot.addWidget(self._next)
        card = Card(theme, pad=Size.SPACE)
        card.body.setSpacing(theme.px(6))
        card.body.addLayout(head)
        card.body.addWidget(self._stack, 1)
        card.body.addLayout(foot)
        layout = column(theme, card)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


def _state(now: EditorNow) -> str:
    if now.draft is None:
        return _("published, only to be read")
    return _("draft, kept") if now.saved else _("draft, not kept yet")

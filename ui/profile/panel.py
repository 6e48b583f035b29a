"""The page of a member's particulars on the member's page, with what can be done about them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pos.domain.cards import CardUid
from pos.i18n import _
from pos.services.canteen import Canteens
from pos.services.members import Portrait
from ui.member_panels import MemberDeed
from ui.office.section import Office
from ui.profile.history import HistoryPresenter
from ui.profile.person_data import DeletionPresenter, ExtractPresenter
from ui.profile.phrases import facts_of
from ui.profile.picture import PicturePresenter
from ui.profile.presenter import ProfilePresenter
from ui.profile.reveal import RevealPresenter
from ui.profile.view import FactSheet
from ui.widgets.ask_sheet import AskSheet
from ui.widgets.files import ask_open, ask_save
from ui.widgets.picture_file import PATTERN, read_picture


class ProfilePanel(FactSheet):
    """Keeps the promises of ui.member_panels.MemberPanel; somebody new is taken in by the same form."""

    def __init__(
        self,
        office: Office,
        changed: Callable[[], None],
        open_member: Callable[[str], None],
        gone: Callable[[], None],
    ) -> None:
        """`changed` has the member read anew, `open_member` turns to the page of somebody, `gone` away from it."""
        super().__init__(office.theme)
        self._office = office
        self._portrait: Portrait | None = None
        self._sheets = [AskSheet(office.theme, office.page) for _unused in range(4)]
        form, history, reveal, deletion = self._sheets
        members, canteens = office.members, Canteens(office.stores, office.clock, office.till)
        notices, lane, actor = office.notices, office.lane, office.actor
        self.form = ProfilePresenter(
            form, notices, members, office.identities, canteens, office.clock, lane, actor, opened=open_member
        )
        self._history = HistoryPresenter(history, notices, members, lane, actor)
        self._picture = PicturePresenter(
            notices, members, lane, actor, choose=self._choose_picture, read=read_picture, changed=changed
        )
        form.attend(
            close=self.form.close, say=self.form.say, typed=self.form.typed, confirm=self.form.confirm, pick=self.form.pick
        )
        history.attend(close=self._history.close, say=self._history.say)
        self._reveal = seen = RevealPresenter(reveal, notices, office.identities, lane, actor, later=reveal.later)
        reveal.attend(close=seen.close, say=seen.say, typed=seen.typed, confirm=seen.confirm)
        self._extract = ExtractPresenter(notices, office.persons, lane, actor, choose=self._choose_file)
        self._deletion = deleting = DeletionPresenter(deletion, notices, office.persons, lane, actor, gone=gone)
        deletion.attend(close=deleting.close, say=deleting.say, typed=deleting.typed, confirm=deleting.confirm)

    def title(self) -> str:
        """What its tab says."""
        return _("Person")

    def show_person(self, portrait: Portrait) -> None:
        """Show what is known of somebody."""
        self._portrait = portrait
        self.show_facts(facts_of(portrait.profile, portrait.document, self._office.clock.local().date()))

    def deeds(self) -> tuple[MemberDeed, ...]:
        """Edit, photo, number, file, history, deletion."""
        portrait = self._portrait
        if portrait is None:
            return ()
        member = portrait.member
        return (
            MemberDeed(_("Edit"), lambda: self.form.open_change(portrait)),
            MemberDeed(_("Photo"), lambda: self._picture.open(member.id)),
            MemberDeed(
                _("Show number"),
                lambda: self._reveal.open(member.id, member.name),
                possible=portrait.document is not None,
            ),
            MemberDeed(_("All in a file"), lambda: self._extract.open(member.id, member.name)),
            MemberDeed(_("Changes"), lambda: self._history.open(member.id, member.name)),
            MemberDeed(_("Delete data"), lambda: self._deletion.open(member.id), danger=True),
        )

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        for sheet in self._sheets:
            sheet.retranslate()
        if self._portrait is not None:
            self.show_person(self._portrait)

    @property
    def takes_cards(self) -> bool:
        """A card belongs to somebody new, while their form is open."""
        return self.form.is_open

    def card_read(self, uid: CardUid) -> None:
        """The card of somebody new."""
        self.form.card_read(uid)

    def left(self) -> None:
        """Close what is open."""
        self.form.drop()
        for mind in (self._history, self._reveal, self._deletion):
            mind.close()

    def _choose_file(self, name: str) -> Path | None:
        return ask_save(self, _("Where to?"), name, "JSON (*.json)")

    def _choose_picture(self) -> Path | None:
        return ask_open(self, _("Choose a photo"), _("Photo") + " " + PATTERN)

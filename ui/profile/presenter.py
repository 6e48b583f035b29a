"""The mind of the form of a member's particulars: filled in, looked at for doubles, saved once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

from pos.domain.cards import CardUid
from pos.domain.errors import BadBirthDate, BadName, Refusal, Trouble
from pos.domain.identity import BadIdentity, Document, KeyExposed, KeyMissing, KeyUnreadable
from pos.domain.profile import DocumentShown, Doubts, FieldTooLong, GuardianNeeded, Profile
from pos.domain.staff import Actor
from pos.i18n import _
from pos.ports import Clock
from pos.services.canteen import Canteens
from pos.services.identities import Identities
from pos.services.members import Members, NewMember, Portrait
from ui import messages
from ui.asking import AskView
from ui.presenting import Lane, Notices
from ui.profile.form import ProfileForm, document_of, first_bad_day, profile_of, values_of
from ui.profile.phrases import doubts_ask, form_ask


class ProfilePresenter:
    """One form at a time; the id of somebody new is made when it opens and kept for every retry."""

    def __init__(
        self,
        view: AskView,
        notices: Notices,
        members: Members,
        identities: Identities,
        canteens: Canteens,
        clock: Clock,
        lane: Lane,
        actor: Callable[[], Actor],
        *,
        opened: Callable[[str], None],
    ) -> None:
        """`opened` is told whose page is wanted: of who was saved, or of a double that was there before."""
        self._view = view
        self._notices = notices
        self._members = members
        self._identities = identities
        self._canteens = canteens
        self._clock = clock
        self._lane = lane
        self._actor = actor
        self._opened = opened
        self._form: ProfileForm | None = None

    @property
    def is_open(self) -> bool:
        """Whether the form is there; cards go to `card_read` then."""
        return self._form is not None

    def open_new(self) -> None:
        """Begin an empty form."""
        self._begin(str(uuid4()), None, None)

    def open_change(self, portrait: Portrait) -> None:
        """Change what is known of somebody."""
        self._begin(portrait.member.id, portrait.profile, portrait.document)

    def _begin(self, member_id: str, before: Profile | None, document: DocumentShown | None) -> None:
        def founded(canteen: Any) -> None:
            values = values_of(before or Profile(""), canteen)
            self._form = ProfileForm(member_id, canteen, values, before, document)
            self._show()

        self._lane.run(self._canteens.current, founded, self._failed)

    def typed(self, name: str, value: str) -> None:
        """A field was changed; a whole number of a document fills in birth date and sex."""
        form = self._form
        if form is None or form.saving:
            return
        values = {**form.values, name: value}
        if name in ("document", "document_kind"):
            values |= self._told_by_number(replace(form, values=values))
        self._show(values=values, wrong="", asked=None)

    def card_read(self, uid: CardUid) -> None:
        """This card becomes the new member's."""
        if self._form and self._form.is_new and not self._form.saving:
            self._show(card=uid)

    def confirm(self) -> None:
        """Save; what may be a double, or is not signed, is shown first."""
        form = self._form
        if form is None or form.saving:
            return
        try:
            if bad := first_bad_day(form.values):
                self._point(bad, _("This is not a date."), _("Write it as 2026-03-12, or leave it empty."))
                return
            profile = profile_of(form, self._clock.local().date())
            document = document_of(form, self._clock.local().date())
        except (BadBirthDate, BadIdentity) as error:
            self._refuse(error)
            return
        if form.asked is None:
            self._look(form, profile, document)
        else:
            self._save(form, profile, document)

    def pick(self, at: int) -> None:
        """It is the member in this line: open that one, and save nothing."""
        form = self._form
        if form and form.asked and not form.saving and at < len(form.asked.lookalikes):
            self._leave()
            self._opened(form.asked.lookalikes[at].hit.id)

    def close(self) -> None:
        """From the doubts back to the form, from the form away; what was typed is dropped."""
        if self._form is None or self._form.saving:
            return
        if self._form.asked is not None:
            self._show(asked=None)
        else:
            self._leave()

    def drop(self) -> None:
        """The page is left: nothing that was typed stays, least of all a number."""
        if self._form is not None:
            self._leave()

    def say(self) -> None:
        """Say everything in the language of the moment."""
        if self._form is not None:
            self._show()

    def _look(self, form: ProfileForm, profile: Profile, document: Document | None) -> None:
        self._show(saving=True)

        def looked(doubts: Doubts) -> None:
            if doubts == Doubts():
                self._save(form, profile, document)
            else:
                self._show(asked=doubts, saving=False)

        member_id = "" if form.is_new else form.member_id
        photo = form.photo is not None
        self._lane.run(
            lambda: self._members.doubts(profile, member_id, document=document, photo=photo), looked, self._refuse
        )

    def _save(self, form: ProfileForm, profile: Profile, document: Document | None) -> None:
        actor = self._actor()
        self._show(saving=True)

        def saved(_answer: object) -> None:
            self._leave()
            self._notices.show_message(messages.good(_("{name} is saved.").format(name=profile.name)))
            self._opened(form.member_id)

        self._lane.run(lambda: self._write(actor, form, profile, document), saved, self._refuse)

    def _write(self, actor: Actor, form: ProfileForm, profile: Profile, document: Document | None) -> None:
        if form.before is None:
            new = NewMember(
                profile.name,
                profile.birth_date,
                profile.phone,
                form.card,
                profile.particulars,
                form.photo,
                id=form.member_id,
                document=document,
            )
            self._members.enrol(actor, new)
        else:
            self._members.change(actor, form.member_id, form.before, profile)
            if document is not None:
                self._identities.put(actor, form.member_id, document)

    def _told_by_number(self, form: ProfileForm) -> dict[str, str]:
        try:
            read = document_of(form, self._clock.local().date())
        except BadIdentity:
            return {}
        told = {"birth_date": read.birth_date.isoformat()} if read and read.birth_date else {}
        return told | ({"sex": read.sex.value} if read and read.sex else {})

    def _refuse(self, error: Refusal | Trouble) -> None:
        self._show(saving=False, asked=None, wrong=_field_of(error))
        self._notices.show_message(messages.words(error))

    def _point(self, name: str, title: str, todo: str) -> None:
        self._show(saving=False, wrong=name)
        self._notices.show_message(messages.note(title, todo))

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))

    def _leave(self) -> None:
        self._form = None
        self._view.close_ask()

    def _show(self, **changed: Any) -> None:
        if self._form is None:
            return
        self._form = replace(self._form, **changed)
        if self._form.asked is not None:
            self._view.show_ask(doubts_ask(self._form, self._form.asked))
        else:
            self._view.show_ask(form_ask(self._form))


def _field_of(error: Refusal | Trouble) -> str:
    """The field of the form that a refusal is about."""
    match error:
        case BadName():
            return "name"
        case BadBirthDate():
            return "birth_date"
        case BadIdentity() | KeyMissing() | KeyExposed() | KeyUnreadable():
            return "document"
        case GuardianNeeded():
            return "guardian_name"
        case FieldTooLong():
            return error.field
        case _:
            return ""

"""Statements: where a member stands, for any period, and how many meals that is."""

from __future__ import annotations

from datetime import date
from statistics import median_low

from pos.domain.errors import MemberUnknown
from pos.domain.menu import DishKind, Meal
from pos.domain.money import Fen
from pos.domain.paper import SlipKind
from pos.domain.pricing import BasketItem, Circumstances, Usage, price
from pos.domain.staff import Actor, Permission
from pos.domain.statement import MealsLeft, Statement, statement_subject
from pos.ports import Clock, OpenStore, Store
from pos.services.sales import person_of

USUAL_OF = 10
"""The usual price is the middle one of so many last meals."""


class Statements:
    """What a member owns, and how it came about."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Ask one store; print at one till."""
        self._stores = stores
        self._clock = clock
        self._till = till

    def of(self, member_id: str, start: date, end: date) -> Statement:
        """The movements on business dates from `start` to `end`, both included. Raises MemberUnknown."""
        with self._stores.read() as store:
            statement = store.accounts.statement(member_id, start, end)
            if statement is None:
                raise MemberUnknown
            return statement

    def print(self, actor: Actor, member_id: str, start: date, end: date) -> None:
        """Queue the statement as a slip. Raises MemberUnknown or NotPermitted."""
        actor.must(Permission.REPRINT)
        with self._stores.write() as store:
            if not store.members.name_of(member_id):
                raise MemberUnknown
            subject = statement_subject(member_id, start, end)
            store.paper.add(self._till, SlipKind.STATEMENT, subject, self._clock.now_ms(), asked_by=actor.name)

    def meals_left(self, member_id: str) -> MealsLeft:
        """The balance counted in meals at the price that this member usually pays. Raises MemberUnknown."""
        with self._stores.read() as store:
            wallet = store.members.wallet(member_id)
            if wallet is None:
                raise MemberUnknown
            return MealsLeft(wallet.spendable, self._usual_price(store, member_id))

    def _usual_price(self, store: Store, member_id: str) -> Fen:
        """The middle one of the last meals; before the first one, today's cheapest set meal at the member's tier."""
        paid = [sale.bill.due for sale in store.sales.recent(member_id, USUAL_OF) if sale.bill.due]
        if paid:
            return median_low(paid)
        day = self._clock.local().date()
        tariff, person = store.tariff.in_force(day), person_of(store.members.get(member_id, day))
        sets = [offer for offer in store.menu.menu(day, Meal.LUNCH).offers if offer.kind is DishKind.SET_MEAL]
        bills = [
            price(
                (BasketItem(offer.dish_id, offer.name, offer.kind, offer.price, 1),),
                person,
                Circumstances(day, Meal.LUNCH),
                Usage(),
                tariff,
            )
            for offer in sets
        ]
        return min((bill.due for bill in bills), default=0)

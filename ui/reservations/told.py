"""What a reservation says in words, without a window: for a line of a list, and for whoever looks for a part of it."""

from __future__ import annotations

from pos import words
from pos.domain.pricing import Basket
from pos.services.reservation_list import Listed


def words_of(one: Listed) -> str:
    """What a line says, for whoever looks for a part of it."""
    booked = one.reservation
    how = (words.way(booked.way), words.reservation_state(booked.state), words.reservation_source(booked.source))
    said = (booked.member_name, one.door, dishes(booked.bill.basket), booked.eat_at, booked.booked_by, *how)
    return "\n".join(said).lower()


def dishes(basket: Basket) -> str:
    """What is on the tray, briefly: a single portion goes without saying."""
    return "、".join(item.name if item.quantity == 1 else f"{item.name}×{item.quantity}" for item in basket)

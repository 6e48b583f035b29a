"""Hold-debounce: a card that lies on the reader is one event, however often the reader repeats it."""

from __future__ import annotations

from pos.domain.cards import CardUid

QUIET_MS = 1000


class Hold:
    """Lets the first frame of a card pass at once and then nothing of it until it was silent for `quiet_ms`.

    Every repeat renews the hold (readers repeat every 50-65 ms and flicker; devices.md section 2). Each card
    has its own hold: another card passes at once and does not end the hold of the first, so two cards that
    lie together on a reader which reports them in turn are two events, not an endless stream. This protects
    the cashier from noise; it does not protect money: the ledger's own rules do that.
    """

    def __init__(self, quiet_ms: int = QUIET_MS) -> None:
        self._quiet_ms = quiet_ms
        self._seen: list[tuple[CardUid, int]] = []

    def passes(self, uid: CardUid, at_ms: int) -> bool:
        """Whether this frame is an event. `at_ms`: milliseconds of a clock that never goes back."""
        held = [(card, last_ms) for card, last_ms in self._seen if at_ms - last_ms < self._quiet_ms]
        others = [(card, last_ms) for card, last_ms in held if not card.matches(uid)]
        self._seen = [*others, (uid, at_ms)]
        return len(others) == len(held)

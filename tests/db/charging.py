"""A counter in a process of its own: sells the same meal to the same member again and again.

    python -m tests.db.charging STORE TILL COUNT AMOUNT

Prints how many meals were sold and how many were refused.
"""

from __future__ import annotations

import sys

from pos.domain.errors import NotEnough
from tests.made_up import WANG, found_shift, sell
from tests.stores import opened


def main(where: str, till: str, count: int, amount: int) -> None:
    sold = refused = 0
    with opened(where, till) as stores:
        shift = found_shift(stores)
        for _ in range(count):
            try:
                with stores.write() as store:
                    sell(store, shift, WANG, amount)
                sold += 1
            except NotEnough:
                refused += 1
    print(sold, refused)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))

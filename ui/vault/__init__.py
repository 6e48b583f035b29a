"""The keys to the identity numbers: how they stand, spare keys on paper, another key, a new beginning."""

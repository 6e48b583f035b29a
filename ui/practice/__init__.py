"""The practice panel: plays the card reader and shows the paper."""

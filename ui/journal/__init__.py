"""The journal: the open shift's sales, undone ones too, and their receipts once more."""

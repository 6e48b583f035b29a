"""The paper: receipts as words, bytes and pictures, and the way to the printer."""

"""Asking for a file, and showing one that was written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_open(parent: QWidget, title: str, pattern: str) -> Path | None:
    """A file to read; None when nobody chose one. `pattern` is like 'xlsx, csv (*.xlsx *.csv)'."""
    name, _chosen = QFileDialog.getOpenFileName(parent, title, "", pattern)
    return Path(name) if name else None


def ask_save(parent: QWidget, title: str, name: str, pattern: str) -> Path | None:
    """A file to write; the dialog has asked before one that exists is written over."""
    chosen, _pattern = QFileDialog.getSaveFileName(parent, title, name, pattern)
    return Path(chosen) if chosen else None


def show_file(path: Path) -> None:
    """Open a file with the program that the system has for it, such as a PDF viewer that can print."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

"""Pages as a person sees them: their words in their order, and their picture. poppler reads what we wrote."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image


def words_of(pdf: bytes) -> list[list[str]]:
    """The words of each page, a line a row; what stands side by side is parted by '|'."""
    out = _run("pdftotext", pdf, "-layout")
    pages = out.decode().split("\f")[:-1]
    return [["|".join(_parts(line)) for line in page.splitlines() if line.strip()] for page in pages]


def pictures_of(pdf: bytes, folder: Path, dpi: int = 60) -> list[Image.Image]:
    """The pages as pictures."""
    _run("pdftoppm", pdf, "-r", str(dpi), "-png", to=str(folder / "page"))
    pages = []
    for path in sorted(folder.glob("page*.png")):
        with Image.open(path) as page:
            pages.append(page.copy())
    return pages


def _parts(line: str) -> list[str]:
    return [part.strip() for part in line.strip().split("  ") if part.strip()]


def _run(tool: str, pdf: bytes, *options: str, to: str = "-") -> bytes:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} (poppler-utils) is not installed")
    return subprocess.run([tool, *options, "-", to], input=pdf, capture_output=True, check=True).stdout

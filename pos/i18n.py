"""One gettext catalog for screen, roll and PDF, looked up at the moment of use, so that a language switches live."""

from __future__ import annotations

import gettext
from pathlib import Path

DOMAIN = "canteen"
LOCALE_FOLDER = Path(__file__).with_name("locale")
LANGUAGES = ("zh_CN", "en")
DEFAULT_LANGUAGE = "zh_CN"

_language = ""
_catalog: gettext.NullTranslations = gettext.NullTranslations()


def use(language: str) -> None:
    """Speaks this language from now on: one of LANGUAGES, ValueError for another. English is the source itself."""
    global _language, _catalog
    if language not in LANGUAGES:
        raise ValueError(language)
    found = gettext.translation(DOMAIN, LOCALE_FOLDER, languages=[language], fallback=True)
    _language, _catalog = language, found


def language() -> str:
    """The language in use, one of LANGUAGES."""
    return _language


def _(message: str) -> str:
    return _catalog.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The form of a sentence that this count asks for."""
    return _catalog.ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """A word that means different things in different places, such as 'Open'."""
    return _catalog.pgettext(context, message)


use(DEFAULT_LANGUAGE)

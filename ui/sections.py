"""The sections of the office, in the order of the rail. A new word adds its line."""

from __future__ import annotations

from ui.calendar.view import SECTION as CALENDAR
from ui.claims.view import SECTION as CLAIMS
from ui.deliveries.section import SECTION as DELIVERIES
from ui.devices.view import SECTION as DEVICES
from ui.imports.view import SECTION as IMPORTS
from ui.journal.view import SECTION as JOURNAL
from ui.kitchen.view import SECTION as KITCHEN
from ui.lists.view import SECTION as LISTS
from ui.menu.view import SECTION as MENU
from ui.office.section import Section
from ui.register.section import SECTION as REGISTER
from ui.reservations.section import SECTION as RESERVATIONS
from ui.routes.view import SECTION as ROUTES
from ui.tariff.view import SECTION as TARIFF
from ui.terms.view import SECTION as TERMS

SECTIONS: tuple[Section, ...] = (
    JOURNAL,
    RESERVATIONS,
    KITCHEN,
    ROUTES,
    DELIVERIES,
    REGISTER,
    MENU,
    CALENDAR,
    TARIFF,
    CLAIMS,
    LISTS,
    IMPORTS,
    TERMS,
    DEVICES,
)

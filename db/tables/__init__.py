"""The tables, the same for SQLite (STRICT) and PostgreSQL.

STRICT tables know TEXT, INTEGER and BLOB: dates are ISO text, instants UTC epoch milliseconds, amounts fen,
yes and no 1 and 0. Text compares byte by byte in both databases (collation "C"), so order and prefix search are
the same everywhere. `tests/db/test_migrate.py` proves that the migrations build exactly these tables; the
triggers that make some of them append-only stand in the migration alone.
"""

from __future__ import annotations

from db.tables import calendar, counter
from db.tables.base import metadata as metadata
from db.tables.base import total as total
from db.tables.calendar import calendar_days as calendar_days
from db.tables.calendar import calendar_weeks as calendar_weeks
from db.tables.cards import APPEND_ONLY as _KEPT_CARDS
from db.tables.cards import card_events as card_events
from db.tables.cards import temporary_cards as temporary_cards
from db.tables.claims import APPEND_ONLY as _KEPT_CLAIMS
from db.tables.claims import claim_lines as claim_lines
from db.tables.claims import claims as claims
from db.tables.claims import payer_payments as payer_payments
from db.tables.counter import canteen_versions as canteen_versions
from db.tables.counter import cards as cards
from db.tables.counter import dish_changes as dish_changes
from db.tables.counter import dish_photos as dish_photos
from db.tables.counter import dishes as dishes
from db.tables.counter import entries as entries
from db.tables.counter import lot_balances as lot_balances
from db.tables.counter import lots as lots
from db.tables.counter import members as members
from db.tables.counter import menu_days as menu_days
from db.tables.counter import menus as menus
from db.tables.counter import postings as postings
from db.tables.counter import print_jobs as print_jobs
from db.tables.counter import sale_items as sale_items
from db.tables.counter import sale_lines as sale_lines
from db.tables.counter import sales as sales
from db.tables.counter import search_keys as search_keys
from db.tables.counter import shifts as shifts
from db.tables.counter import staff as staff
from db.tables.counter import tariffs as tariffs
from db.tables.counter import tills as tills
from db.tables.counter import top_ups as top_ups
from db.tables.counter import wallets as wallets
from db.tables.deliveries import APPEND_ONLY as _KEPT_DELIVERIES
from db.tables.deliveries import box_moves as box_moves
from db.tables.deliveries import boxes_there as boxes_there
from db.tables.deliveries import case_steps as case_steps
from db.tables.deliveries import cases as cases
from db.tables.deliveries import day_closes as day_closes
from db.tables.deliveries import delivery_results as delivery_results
from db.tables.identities import APPEND_ONLY as _KEPT_LOOKS
from db.tables.identities import identities as identities
from db.tables.identities import key_events as key_events
from db.tables.identities import reveals as reveals
from db.tables.prints import APPEND_ONLY as _KEPT_PRINTS
from db.tables.prints import prints as prints
from db.tables.profile import absences as absences
from db.tables.profile import member_changes as member_changes
from db.tables.profile import particulars as particulars
from db.tables.refunds import APPEND_ONLY as _KEPT_REFUNDS
from db.tables.refunds import refund_lots as refund_lots
from db.tables.refunds import refunds as refunds
from db.tables.refunds import transfer_lots as transfer_lots
from db.tables.refunds import transfers as transfers
from db.tables.refunds import undo_reasons as undo_reasons
from db.tables.reservations import APPEND_ONLY as _KEPT_RESERVATIONS
from db.tables.reservations import reservation_items as reservation_items
from db.tables.reservations import reservations as reservations
from db.tables.routes import delivery_notes as delivery_notes
from db.tables.routes import route_stops as route_stops
from db.tables.routes import routes as routes
from db.tables.routes import run_stops as run_stops
from db.tables.routes import runs as runs
from db.tables.routes import volunteers as volunteers
from db.tables.standing_orders import APPEND_ONLY as _KEPT_STANDING_ORDERS
from db.tables.standing_orders import standing_orders as standing_orders
from db.tables.tariff import tariff_drafts as tariff_drafts

APPEND_ONLY = (
    *counter.APPEND_ONLY,
    *calendar.APPEND_ONLY,
    *_KEPT_CLAIMS,
    *_KEPT_DELIVERIES,
    *_KEPT_CARDS,
    *_KEPT_REFUNDS,
    *_KEPT_LOOKS,
    *_KEPT_PRINTS,
    *_KEPT_STANDING_ORDERS,
    *_KEPT_RESERVATIONS,
)
"""Triggers refuse every change and every deletion here."""

"""The same use cases from a terminal: verify, backup, restore, export, claim-check.

Exit codes: 0 done, 1 refused or the ledger contradicts itself, 2 not understood, 3 the store or the disk failed.
What a command found goes to standard output, everything else to standard error. Nothing here needs a display.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from pos import words
from pos.clock import CHINA
from pos.domain.claim_paper import ClaimFileState
from pos.domain.errors import Refusal, Trouble
from pos.domain.money import money, yuan
from pos.domain.verify import Rule, Verdict
from pos.i18n import _, ngettext
from pos.ports.commands import Cell, CommandParts, Row, UseServerTool
from ui.messages import words as message_of

DONE, REFUSED, NOT_UNDERSTOOD, FAILED = range(4)

COMMANDS = ("verify", "backup", "restore", "export", "claim-check")
TABLES = ("members", "entries")

_HASH_CHARS = 64
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

def run(argv: list[str], parts: CommandParts) -> int:
    """Do what the arguments ask for, the first being one of COMMANDS; the answer is the exit code."""
    try:
        asked = _parser().parse_args(argv)
    except SystemExit as left:  # argparse has said what was wrong, or printed the help
        return left.code if isinstance(left.code, int) else NOT_UNDERSTOOD
    try:
        match asked.command:
            case "verify":
                return _verify(parts, asked.head or "", as_json=asked.json)
            case "backup":
                return _backup(parts, asked.file, force=asked.force)
            case "restore":
                return _restore(parts, asked.file)
            case "claim-check":
                return _claim_check(parts, asked.file)
            case _:
                return _export(parts, asked.table, asked.out, force=asked.force)
    except (Refusal, Trouble) as error:
        message = message_of(error)
        _tell(*(line for line in (message.title, message.money, message.todo) if line))
        return REFUSED if isinstance(error, Refusal) else FAILED
    except UseServerTool as error:
        _tell(_("The ledger is on a database server: use {tool} there.").format(tool=error.tool))
        return REFUSED
    except OSError as error:
        _tell(_("{file}: {reason}").format(file=error.filename or "", reason=error.strerror or error))
        return FAILED


def _parser() -> argparse.ArgumentParser:
    codes = _("Exit codes: 0 done, 1 refused or findings, 2 not understood, 3 trouble.")
    parser = argparse.ArgumentParser(prog="main.py", description=_("The till from a terminal."), epilog=codes)
    commands = parser.add_subparsers(dest="command", required=True, metavar="|".join(COMMANDS))

    def command(name: str, does: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=does, description=does, epilog=codes)

    verify = command("verify", _("Check that the ledger agrees with itself."))
    verify.add_argument(
        "--head", type=_head, metavar="HASH", help=_("also look for this code of a shift-close paper")
    )
    verify.add_argument("--json", action="store_true", help=_("answer as JSON"))

    backup = command("backup", _("Write a whole copy of the ledger to a file, also while it sells."))
    backup.add_argument("file", type=Path, metavar="FILE", help=_("the file to write"))
    backup.add_argument("--force", action="store_true", help=_("write over a file that is there"))

    restore = command("restore", _("Put a copy in the ledger's place; what was there is kept beside it."))
    restore.add_argument("file", type=Path, metavar="FILE", help=_("a file that backup wrote"))

    check = command("claim-check", _("Hold a file of a subsidy claim (.pdf, .xlsx, .csv) against the ledger."))
    check.add_argument("file", type=Path, metavar="FILE", help=_("the file that was saved or sent"))

    export = command("export", _("Write a table for a spreadsheet. It holds personal data: keep it safe."))
    export.add_argument("table", choices=TABLES, help=_("which table"))
    export.add_argument("--format", choices=("csv",), default="csv", help=_("the form of the file"))
    export.add_argument("--out", type=Path, metavar="FILE", help=_("the file to write; without it, standard output"))
    export.add_argument("--force", action="store_true", help=_("write over a file that is there"))
    return parser


def _head(text: str) -> str:
    """A scanned head, whatever blanks and case the scanner made of it."""
    head = "".join(text.split()).lower()
    if len(head) != _HASH_CHARS or not set(head) <= set("0123456789abcdef"):
        raise argparse.ArgumentTypeError(_("a head has {count} digits of 0-9 and a-f").format(count=_HASH_CHARS))
    return head


def _verify(parts: CommandParts, head: str, *, as_json: bool) -> int:
    verdict = parts.verify(head, _progress)
    if as_json:
        _answer(json.dumps({"sound": verdict.sound} | asdict(verdict) | {"heads": dict(verdict.heads)}, indent=2))
    else:
        _answer(*_verdict_words(verdict))
    return DONE if verdict.sound else REFUSED


def _verdict_words(verdict: Verdict) -> Iterable[str]:
    if verdict.sound:
        yield _("The ledger agrees with itself: {entries} entries, {wallets} wallets.").format(
            entries=verdict.entries, wallets=verdict.wallets
        )
    else:
        count = len(verdict.findings)
        yield ngettext(
            "The ledger contradicts itself in {count} place:", "The ledger contradicts itself in {count} places:", count
        ).format(count=count)
    for finding in verdict.findings:
        if finding.rule is Rule.SCANNED_HEAD_KNOWN:
            yield _("  The code of the paper stands in no entry: {head}").format(head=finding.expected)
            continue
        yield _("  {where}: {rule}; expected {expected}, found {found}").format(
            where=finding.where, rule=words.rule(finding.rule), expected=finding.expected, found=finding.found
        )
    for till, head in verdict.heads:
        yield _("Head of till {till}: {head}").format(till=till, head=head)


def _progress(done: int, total: int) -> None:
    """Count on one line, for a person only."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done}/{total}" + ("\r\n" if done >= total else ""))
        sys.stderr.flush()


def _backup(parts: CommandParts, file: Path, *, force: bool) -> int:
    try:
        parts.backup(file, force)
    except FileExistsError:
        return _is_there(file)
    _answer(_("Copied to {file}, {size} bytes.").format(file=file, size=file.stat().st_size))
    return DONE


def _restore(parts: CommandParts, file: Path) -> int:
    if not file.is_file():
        _tell(_("There is no file {file}.").format(file=file))
        return REFUSED
    before = parts.restore(file)
    _answer(_("The ledger is now that of {file}.").format(file=file))
    if before:
        _answer(_("What was there before is kept in {file}.").format(file=before))
    return DONE


def _export(parts: CommandParts, table: str, out: Path | None, *, force: bool) -> int:
    if out is None:
        sys.stdout.flush()
        count = _write_csv(parts.export(table), sys.stdout.buffer)
    else:
        if out.exists() and not force:
            return _is_there(out)
        # Personal data: for the eyes of whoever asked alone; and a file under its name is a whole one.
        part = out.with_name(f"{out.name}.part")
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                count = _write_csv(parts.export(table), file)
            part.replace(out)
        finally:
            part.unlink(missing_ok=True)
    _tell(ngettext("{count} row written.", "{count} rows written.", count).format(count=count))
    return DONE


def _claim_check(parts: CommandParts, file: Path) -> int:
    verdict = parts.claim_check(file)
    claim = verdict.claim
    if claim is None:
        _answer(_("No claim in this ledger has the hash {hash}.").format(hash=verdict.where))
        return REFUSED
    _answer(
        _("Claim {number} of {payer}: {amount}, {count} lines, stamped by {name}.").format(
            number=claim.number,
            payer=claim.payer_name,
            amount=money(claim.total),
            count=claim.lines,
            name=claim.staff_name,
        ),
        _("Claim hash: {hash}").format(hash=claim.hash),
    )
    match verdict.state:
        case ClaimFileState.SAME:
            _answer(_("The file says what the ledger says."))
            return DONE
        case ClaimFileState.CLAIM_BROKEN:
            _answer(_("The claim contradicts the ledger: {where}. Ask verify.").format(where=verdict.where))
        case _ if file.suffix.lower() == ".pdf":
            _answer(_("The pages are not those that this program makes of the claim: changed, or of another version."))
        case _:
            _answer(_("The file was changed: row {row} is not the claim's.").format(row=verdict.where))
    return REFUSED


def _write_csv(table: Iterable[Row], out: BinaryIO) -> int:
    """Rows written. UTF-8 with a byte order mark, or Excel in China takes it for GBK."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    rows = iter(table)
    columns = [str(name) for name in next(rows)]
    writer.writerow(_heading(column) for column in columns)
    count = 0
    for row in rows:
        writer.writerow(_cell(column, value) for column, value in zip(columns, row, strict=True))
        count += 1
    text.flush()
    text.detach()
    return count


def _heading(column: str) -> str:
    """Names for programs, the same in every language, with the unit that the cells have."""
    return f"{column.removesuffix('_fen')}_yuan" if column.endswith("_fen") else column.removesuffix("_ms")


def _cell(column: str, value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, int):
        if column.endswith("_fen"):
            return yuan(value)
        if column.endswith("_ms"):
            return f"{datetime.fromtimestamp(value / 1000, CHINA):%Y-%m-%d %H:%M:%S}"
        return str(value)
    # A spreadsheet would run a name that begins like a formula (OWASP, CSV injection).
    return f"'{value}" if value.startswith(_FORMULA_STARTS) else value


def _is_there(file: Path) -> int:
    _tell(_("{file} is there already; --force writes over it.").format(file=file))
    return REFUSED


def _answer(*lines: str) -> None:
    for line in lines:
        print(line)


def _tell(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr)

"""The terminal's commands: what they print, what they write, and their exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from pos import i18n, words
from pos.domain.claim_paper import ClaimFileState, ClaimFileVerdict
from pos.domain.claims import Claim, Month
from pos.domain.errors import StoreFault, StoreTrouble
from pos.domain.verify import Finding, Rule, Verdict
from pos.ports.commands import CommandParts, Progress, Row, UseServerTool
from ui.commands import COMMANDS, run

HEAD = "3fa291bc" * 8
SOUND = Verdict(entries=5, wallets=2, findings=(), heads=(("A", HEAD),))
BROKEN = replace(SOUND, findings=(Finding(Rule.WALLET_IS_ITS_POSTINGS, "member 7", "100", "90"),))
BOM = b"\xef\xbb\xbf"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = i18n.language()
    i18n.use("en")
    yield
    i18n.use(before)


NOWHERE = ClaimFileVerdict(ClaimFileState.UNKNOWN_CLAIM, where=HEAD)


@dataclass
class Till:
    """What the commands are handed, remembering what they asked for."""

    verdict: Verdict = SOUND
    table: Iterable[Row] = ()
    trouble: Exception | None = None
    asked: list[object] = field(default_factory=list)
    kept: Path | None = None
    claim: ClaimFileVerdict = NOWHERE

    def parts(self) -> CommandParts:
        return CommandParts(self.verify, self.backup, self.restore, self.export, self.claim_check)

    def verify(self, head: str, progress: Progress) -> Verdict:
        self._ask(head)
        progress(5, 5)
        return self.verdict

    def backup(self, file: Path, force: bool) -> None:
        self._ask(file)
        if file.exists() and not force:
            raise FileExistsError(file.name)
        file.write_bytes(b"copy")

    def restore(self, file: Path) -> Path | None:
        self._ask(file)
        return self.kept

    def export(self, table: str) -> Iterable[Row]:
        self._ask(table)
        return self.table

    def claim_check(self, file: Path) -> ClaimFileVerdict:
        self._ask(file)
        return self.claim

    def _ask(self, what: object) -> None:
        self.asked.append(what)
        if self.trouble:
            raise self.trouble


def test_a_sound_ledger_is_said_in_words_with_its_heads(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["verify"], Till().parts())

    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    assert out == f"The ledger agrees with itself: 5 entries, 2 wallets.\nHead of till A: {HEAD}\n"


def test_findings_are_listed_and_give_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["verify"], Till(verdict=BROKEN).parts())

    lines = capsys.readouterr().out.splitlines()
    assert (code, lines[:2]) == (
        1,
        [
            "The ledger contradicts itself in 1 place:",
            "  member 7: a wallet holds what its postings sum to; expected 100, found 90",
        ],
    )


def test_verify_as_json_is_one_whole_value(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["verify", "--json"], Till(verdict=BROKEN).parts())

    found = json.loads(capsys.readouterr().out)
    assert (code, found) == (
        1,
        {
            "sound": False,
            "entries": 5,
            "wallets": 2,
            "findings": [
                {"rule": "wallet_is_its_postings", "where": "member 7", "expected": "100", "found": "90"}
            ],
            "heads": {"A": HEAD},
        },
    )


def test_a_scanned_head_is_taken_with_blanks_and_capitals() -> None:
    till = Till()

    run(["verify", "--head", f" {HEAD[:32].upper()} {HEAD[32:]}\r"], till.parts())

    assert till.asked == [HEAD]


@pytest.mark.parametrize("head", ["", "abc", "g" * 64, HEAD + "0"])
def test_half_a_head_is_not_understood(head: str, capsys: pytest.CaptureFixture[str]) -> None:
    till = Till()

    assert (run(["verify", "--head", head], till.parts()), till.asked) == (2, [])
    assert "a head has 64 digits" in capsys.readouterr().err


@pytest.mark.parametrize(
    "argv", [[], ["sell"], ["backup"], ["export"], ["export", "pins"], ["export", "members", "--format", "xls"]]
)
def test_what_is_not_understood_touches_nothing(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    till = Till()

    assert (run(argv, till.parts()), till.asked) == (2, [])
    assert "usage: main.py" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself_and_its_exit_codes(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    till = Till()

    code = run([command, "--help"], till.parts())

    out = capsys.readouterr().out
    assert (code, till.asked) == (0, [])
    assert out.startswith(f"usage: main.py {command}")
    assert "Exit codes: 0 done" in out


def test_a_trouble_of_the_store_is_told_in_words_with_exit_code_3(capsys: pytest.CaptureFixture[str]) -> None:
    till = Till(trouble=StoreTrouble(StoreFault.DAMAGED, "page 7"))

    code = run(["verify", "--json"], till.parts())

    out, err = capsys.readouterr()
    assert (code, out) == (3, "")
    assert err.strip()


def test_a_full_disk_is_told_with_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    till = Till(trouble=OSError(28, "No space left on device", "ledger.bak"))

    code = run(["backup", str(tmp_path / "ledger.bak")], till.parts())

    assert (code, capsys.readouterr().err) == (3, "ledger.bak: No space left on device\n")


def test_a_bug_is_not_hidden_behind_an_exit_code() -> None:
    with pytest.raises(ZeroDivisionError):
        run(["verify"], Till(trouble=ZeroDivisionError()).parts())


def test_backup_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "账本.bak"

    code = run(["backup", str(file)], Till().parts())

    assert (code, capsys.readouterr().out) == (0, f"Copied to {file}, 4 bytes.\n")


@pytest.mark.parametrize(("force", "expected"), [([], (1, b"old")), (["--force"], (0, b"copy"))])
def test_backup_writes_over_a_file_only_when_told_to(
    force: list[str], expected: tuple[int, bytes], tmp_path: Path
) -> None:
    file = tmp_path / "ledger.bak"
    file.write_bytes(b"old")

    code = run(["backup", str(file), *force], Till().parts())

    assert (code, file.read_bytes()) == expected


def test_restore_says_where_it_kept_what_was_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ledger.bak"
    file.write_bytes(b"copy")
    till = Till(kept=tmp_path / "before.db")

    code = run(["restore", str(file)], till.parts())

    assert (code, till.asked) == (0, [file])
    assert capsys.readouterr().out == (
        f"The ledger is now that of {file}.\nWhat was there before is kept in {till.kept}.\n"
    )


def test_restore_from_nothing_is_refused(tmp_path: Path) -> None:
    till = Till()

    assert (run(["restore", str(tmp_path / "gone")], till.parts()), till.asked) == (1, [])


def exported(columns: Row, row: Row, capsys: pytest.CaptureFixture[bytes]) -> list[str]:
    assert run(["export", "members"], Till(table=(columns, row)).parts()) == 0
    out = capsys.readouterr().out
    assert out.startswith(BOM)
    return out.removeprefix(BOM).decode().split("\r\n")


def test_export_is_csv_that_excel_in_china_reads(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    columns = ("name", "card", "balance_fen", "at_ms", "phone", "count")

    lines = exported(columns, ("王𬭎, 堃", "0040856634", -1250, 1_772_423_520_000, None, 3), capsysbinary)

    assert lines == [
        "name,card,balance_yuan,at,phone,count",
        '"王𬭎, 堃",0040856634,-12.50,2026-03-02 11:52:00,,3',
        "",
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_name_that_begins_like_a_formula_gets_an_apostrophe(
    start: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    lines = exported(("name",), (f"{start}1+cmd",), capsysbinary)

    assert lines[1] == f"'{start}1+cmd"


def test_an_exported_file_is_for_its_owner_alone_and_never_written_over_by_chance(tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    parts = Till(table=(("name",), ("王𬭎",))).parts()

    first = run(["export", "members", "--format", "csv", "--out", str(file)], parts)
    again = run(["export", "members", "--out", str(file)], parts)

    assert (first, again, file.read_bytes()) == (0, 1, BOM + "name\r\n王𬭎\r\n".encode())
    assert sys.platform == "win32" or file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_an_export_that_breaks_off_leaves_no_file_under_its_name(tmp_path: Path) -> None:
    def half() -> Iterator[Row]:
        yield ("name",)
        yield ("王𬭎",)
        raise StoreTrouble(StoreFault.DAMAGED)

    file = tmp_path / "members.csv"

    code = run(["export", "members", "--out", str(file)], Till(table=half()).parts())

    assert (code, file.exists()) == (3, False)


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_ledger_on_a_server_is_copied_by_the_servers_tool(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ledger.bak"
    file.write_bytes(b"copy")

    code = run([command, str(file)], Till(trouble=UseServerTool("pg_dump")).parts())

    assert (code, capsys.readouterr().err) == (1, "The ledger is on a database server: use pg_dump there.\n")


def test_every_rule_of_the_ledger_has_words() -> None:
    assert len({words.rule(rule) for rule in Rule}) == len(Rule)


def test_commands_need_neither_qt_nor_a_database() -> None:
    heavy = "{'PySide6', 'sqlalchemy', 'PIL', 'qrcode', 'serial', 'alembic'}"

    left = subprocess.run(
        [sys.executable, "-c", f"import sys, ui.commands; print({heavy} & set(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert left.stdout.strip() == "set()"


CLAIM = Claim("c", 1, "city", "市民政局", (), "幸福里", Month(2026, 10), 2, 600, (), "b", "周敏", 0, "0" * 64, HEAD)


@pytest.mark.parametrize(
    ("state", "where", "name", "said", "code"),
    [
        (ClaimFileState.SAME, "", "c.csv", "The file says what the ledger says.", 0),
        (ClaimFileState.CHANGED, "7", "c.csv", "The file was changed: row 7 is not the claim's.", 1),
        (
            ClaimFileState.CHANGED,
            "c.pdf",
            "c.pdf",
            "The pages are not those that this program makes of the claim: changed, or of another version.",
            1,
        ),
        (ClaimFileState.CLAIM_BROKEN, "city-2026-10", "c.csv", "The claim contradicts the ledger: city-2026-10. Ask verify.", 1),
    ],
)  # fmt: skip
def test_a_claim_file_is_held_against_the_ledger(
    capsys: pytest.CaptureFixture[str], state: ClaimFileState, where: str, name: str, said: str, code: int
) -> None:
    till = Till(claim=ClaimFileVerdict(state, CLAIM, where))

    answer = run(["claim-check", name], till.parts())

    out = capsys.readouterr().out.splitlines()
    first = "Claim city-2026-10 of 市民政局: ¥6.00, 2 lines, stamped by 周敏."
    assert (answer, out, till.asked) == (code, [first, f"Claim hash: {HEAD}", said], [Path(name)])


def test_a_claim_that_no_ledger_knows_is_said_so(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["claim-check", "c.csv"], Till().parts())

    assert (code, capsys.readouterr().out) == (1, f"No claim in this ledger has the hash {HEAD}.\n")

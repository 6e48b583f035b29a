"""Every word that a person reads has its Chinese, and the till reads what the translators wrote."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import write_po

from tests import catalog


@pytest.mark.parametrize("locale", catalog.TRANSLATED)
def test_every_word_is_translated_and_compiled(locale: str) -> None:
    faults = catalog.faults(locale)

    assert faults == []


def test_each_kind_of_fault_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ui").mkdir()
    words = ["Missing", "Empty", "Fuzzy", "{name} paid {amount}", "Fine"]
    (tmp_path / "ui" / "words.py").write_text("".join(f"_({word!r})\n" for word in words), encoding="utf-8")
    translated = Catalog(locale="zh_CN", fuzzy=False)
    translated.add("Empty", "")
    translated.add("Fuzzy", "模糊", flags={"fuzzy"})
    translated.add("{name} paid {amount}", "{name} 付了 {sum}")
    translated.add("Fine", "好")
    translated.add("Stale", "旧")
    monkeypatch.setattr(catalog, "ROOT", tmp_path)
    monkeypatch.setattr(catalog, "ROOMS", ("ui",))
    catalog.po_file("zh_CN").parent.mkdir(parents=True)
    with catalog.po_file("zh_CN").open("wb") as file:
        write_po(file, translated)

    faults = catalog.faults("zh_CN")

    assert faults == [
        "missing: 'Missing'",
        "stale: 'Stale'",
        "empty: 'Empty'",
        "fuzzy: 'Fuzzy'",
        "other fields: '{name} paid {amount}' -> '{name} 付了 {sum}'",
        "not compiled: pos/locale/zh_CN/LC_MESSAGES/canteen.mo",
    ]


def test_an_update_keeps_translations_adds_new_words_and_drops_old_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog, "ROOT", tmp_path)
    monkeypatch.setattr(catalog, "ROOMS", ("ui",))
    (tmp_path / "ui").mkdir()
    source = tmp_path / "ui" / "words.py"
    source.write_text("_('Pay')\n_('Old')\n", encoding="utf-8")
    catalog.update("zh_CN")
    po = catalog.po_file("zh_CN")
    po.write_text(po.read_text(encoding="utf-8").replace('msgid "Pay"\nmsgstr ""', 'msgid "Pay"\nmsgstr "付款"'))
    source.write_text("_('Pay')\nngettext('{n} meal', '{n} meals', 2)\npgettext('door', 'Open')\n", encoding="utf-8")

    catalog.update("zh_CN")
    once = po.read_bytes()
    catalog.update("zh_CN")

    kept = {(message.context, message.id): message.string for message in catalog.translation("zh_CN") if message.id}
    assert kept == {(None, "Pay"): "付款", (None, ("{n} meal", "{n} meals")): ("",), ("door", "Open"): ""}
    assert po.read_bytes() == once


def test_the_till_reads_what_was_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = catalog.po_file("zh_CN")
    monkeypatch.setattr(catalog, "ROOT", tmp_path)
    catalog.po_file("zh_CN").parent.mkdir(parents=True)
    shutil.copy(source, catalog.po_file("zh_CN"))
    (tmp_path / "ui").mkdir()

    catalog.main(["compile"])

    assert catalog.po_file("zh_CN").with_suffix(".mo").read_bytes() == source.with_suffix(".mo").read_bytes()


HAN = "\u2e80-\u9fff，。；：、“”（）《》！？·…—\ue000"


def test_no_half_width_punctuation_stands_between_chinese_words() -> None:
    found = [one.string for one in catalog.translation("zh_CN")]
    words = [text for one in found for text in (one if isinstance(one, (tuple, list)) else (one,))]
    plain = [re.sub(r"\{[^}]*\}", "\ue000", text or "") for text in words]

    half = re.compile(f"[{HAN}] *[,:;()!?]|[,:;()!?] *[{HAN[:-1]}]")
    assert [text for text in plain if re.search("[一-鿿]", text) and half.search(text)] == []

"""One window for one library."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.single_instance import SingleInstance


def test_the_second_calls_the_first(qtbot: QtBot, home: Path) -> None:
    first, second = SingleInstance(home), SingleInstance(home)
    assert first.take()
    with qtbot.waitSignal(first.called) as called:
        assert not second.take()
    assert called.args == ["window"]
    with qtbot.waitSignal(first.called) as called:
        assert not second.take("quick")
    assert called.args == ["quick"]
    first.release()
    assert second.take()
    second.release()


def test_another_library_has_a_window_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    one, other = SingleInstance(tmp_path / "one"), SingleInstance(tmp_path / "other")
    assert one.take()
    assert other.take()
    one.release()
    other.release()

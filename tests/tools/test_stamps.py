from pathlib import Path

import pytest

from tools.stamps import Stamps, fingerprint


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "src" / "deep").mkdir(parents=True)
    (tmp_path / "src" / "a.txt").write_text("one")
    (tmp_path / "src" / "deep" / "b.txt").write_text("two")
    return tmp_path


def test_the_same_files_in_another_place_give_the_same_fingerprint(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("elsewhere")
    (other / "src" / "deep").mkdir(parents=True)
    (other / "src" / "deep" / "b.txt").write_text("two")
    (other / "src" / "a.txt").write_text("one")
    assert fingerprint(folder, [folder / "src"]) == fingerprint(other, [other / "src"])


def test_a_changed_file_changes_the_fingerprint(folder: Path) -> None:
    before = fingerprint(folder, [folder / "src"])
    (folder / "src" / "deep" / "b.txt").write_text("three")
    assert fingerprint(folder, [folder / "src"]) != before


def test_a_renamed_file_changes_the_fingerprint(folder: Path) -> None:
    before = fingerprint(folder, [folder / "src"])
    (folder / "src" / "a.txt").rename(folder / "src" / "c.txt")
    assert fingerprint(folder, [folder / "src"]) != before


def test_a_file_that_goes_missing_changes_the_fingerprint(folder: Path) -> None:
    file = folder / "src" / "a.txt"
    before = fingerprint(folder, [file])
    file.unlink()
    assert fingerprint(folder, [file]) != before


def test_a_changed_fact_changes_the_fingerprint(folder: Path) -> None:
    assert fingerprint(folder, [folder / "src"], "3.11") != fingerprint(
        folder, [folder / "src"], "3.12"
    )


@pytest.mark.parametrize("made", ["node_modules/x.js", "dist/x.js", "__pycache__/x.pyc", ".x"])
def test_what_was_made_is_not_part_of_the_fingerprint(folder: Path, made: str) -> None:
    before = fingerprint(folder, [folder / "src"])
    (folder / "src" / made).parent.mkdir(exist_ok=True)
    (folder / "src" / made).write_text("made")
    assert fingerprint(folder, [folder / "src"]) == before


def test_a_stamp_is_current_only_for_what_it_was_put_for(tmp_path: Path) -> None:
    stamps = Stamps(tmp_path / "new")
    assert not stamps.is_current("web", "abc")
    stamps.put("web", "abc")
    assert stamps.is_current("web", "abc")
    assert not stamps.is_current("web", "abd")
    assert not stamps.is_current("rasa", "abc")


def test_a_moved_checkout_has_no_stamps(tmp_path: Path) -> None:
    stamps = Stamps(tmp_path)
    stamps.keep_only_for(Path("/old/place"))
    stamps.put("web", "abc")
    stamps.keep_only_for(Path("/old/place"))
    assert stamps.is_current("web", "abc")
    stamps.keep_only_for(Path("/new/place"))
    assert not stamps.has("web")


def test_a_dropped_stamp_is_current_for_nothing(tmp_path: Path) -> None:
    stamps = Stamps(tmp_path)
    stamps.put("web", "abc")
    stamps.drop("web")
    stamps.drop("web")
    assert not stamps.is_current("web", "abc")

"""A set appears whole or not at all, once per content, and never from an older run."""

from __future__ import annotations

import dataclasses
import json
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from exports import publication
from exports.ledger import PUBLICATION, append
from exports.locks import LockBusy, exclusive
from exports.publication import Publication, Superseded, publish, stands
from exports.published_sets import Input, Origin, manifest_hash, set_before, verify_set
from exports.release_gate import ReleaseRefused

PLAN, MONTH = "indsatsplan-2018-2022", "2020-06"
ORIGIN = Origin(
    (
        Input("dream", "dream-0007", "ab" * 32, 10, 9, 1),
        Input("income", "income-0005", "cd" * 32, 5, 5, 0),
    ),
    "1a2b3c",
    {"municipality": 101, "age_range": [16, 64]},
    5,
)


def _fill(text: str) -> Callable[[Path, int], None]:
    def fill(directory: Path, version: int) -> None:
        (directory / "data").mkdir()
        (directory / "data" / "indicators.csv").write_text(f"a\n{text}\n")
        (directory / "status.txt").write_text(f"{text} version {version}\n")

    return fill


def _publish(
    home: Path, text: str = "x", origin: Origin = ORIGIN, sequence: int = 1
) -> Publication:
    return publish(home, PLAN, MONTH, origin, _fill(text), sequence)


def _tree(home: Path) -> dict[str, str]:
    root = home / "published"
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file():
            found[name] = path.read_text()
    return found


def test_a_set_is_there_with_manifest_pointer_and_modes(tmp_path: Path) -> None:
    made = _publish(tmp_path)
    assert made == Publication(tmp_path / "published" / PLAN / MONTH / "v001", 1, new=True)
    assert (made.path.parent / "latest").readlink() == Path("v001")
    manifest = json.loads((made.path / "manifest.json").read_text())
    assert set(manifest["files"]) == {"data/indicators.csv", "status.txt"}
    assert manifest["inputs"][0]["delivery_id"] == "dream-0007"
    assert (manifest["threshold"], manifest["code_version"], manifest["version"]) == (
        5,
        "1a2b3c",
        1,
    )
    assert verify_set(made.path) == ()
    for path in [made.path, *made.path.rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o750 if path.is_dir() else 0o640)
    assert list((tmp_path / "tmp").iterdir()) == []


def test_modes_do_not_depend_on_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        made = _publish(tmp_path)
    finally:
        os.umask(before)
    for folder in (
        made.path,
        made.path.parent,
        made.path.parent.parent,
        made.path.parent.parent.parent,
    ):
        assert folder.stat().st_mode & 0o777 == 0o750


def test_unchanged_content_makes_no_new_version(tmp_path: Path) -> None:
    first = _publish(tmp_path)
    before = _tree(tmp_path)
    reordered = dataclasses.replace(ORIGIN, inputs=ORIGIN.inputs[::-1])
    again = _publish(tmp_path, origin=reordered, sequence=2)
    assert again == dataclasses.replace(first, new=False)
    assert _tree(tmp_path) == before


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("y", {}),
        ("x", {"code_version": "other"}),
        ("x", {"settings": {"municipality": 147}}),
        ("x", {"threshold": 10}),
        ("x", {"inputs": ORIGIN.inputs[:1]}),
    ],
)
def test_changed_content_makes_a_new_version_and_keeps_the_old(
    tmp_path: Path, text: str, changes: dict[str, object]
) -> None:
    first = _publish(tmp_path)
    before = (first.path / "manifest.json").read_bytes()
    second = _publish(tmp_path, text, dataclasses.replace(ORIGIN, **changes), 2)  # type: ignore[arg-type]
    assert (second.version, second.new) == (2, True)
    assert (first.path.parent / "latest").readlink() == Path("v002")
    assert (first.path / "manifest.json").read_bytes() == before
    assert "version 2" in (second.path / "status.txt").read_text()


@pytest.mark.parametrize("name", ["status.txt", "manifest.json"])
def test_a_damaged_set_is_not_taken_for_the_newest_word(tmp_path: Path, name: str) -> None:
    damaged = _publish(tmp_path).path / name
    damaged.write_text(damaged.read_text()[:-3])
    again = _publish(tmp_path, sequence=2)
    assert (again.version, again.new) == (2, True)
    assert verify_set(again.path) == ()


@pytest.mark.parametrize("turned", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_bit_turned_anywhere_in_a_manifest_is_held_against_the_ledger(
    tmp_path: Path, turned: float
) -> None:
    """A manifest does not say its own hash. Neither the same origin nor a later month builds on the damaged set."""
    made = _publish(tmp_path)
    facts = {"plan": PLAN, "month": MONTH, "version": 1, "manifest": manifest_hash(made.path)}
    append(tmp_path, PUBLICATION, facts, datetime(2020, 7, 1, tzinfo=UTC))
    assert set_before(tmp_path, PLAN, "2020-07", 1) == made.path
    manifest = made.path / "manifest.json"
    content = bytearray(manifest.read_bytes())
    content[int(turned * len(content))] ^= 1
    manifest.write_bytes(content)
    assert not stands(tmp_path, PLAN, MONTH, ORIGIN)
    assert set_before(tmp_path, PLAN, "2020-07", 1) is None
    assert _publish(tmp_path, sequence=2).version == 2


def test_an_older_run_cannot_promote_and_changes_nothing(tmp_path: Path) -> None:
    _publish(tmp_path, sequence=7)
    before = _tree(tmp_path)
    with pytest.raises(Superseded):
        _publish(tmp_path, "late", sequence=6)
    assert _tree(tmp_path) == before


def test_an_older_run_is_fenced_also_after_an_unchanged_night(tmp_path: Path) -> None:
    _publish(tmp_path, sequence=1)
    _publish(tmp_path, sequence=9)
    with pytest.raises(Superseded):
        _publish(tmp_path, "late", sequence=8)


def test_a_failing_writer_leaves_the_tree_as_it_was(tmp_path: Path) -> None:
    _publish(tmp_path)
    before = _tree(tmp_path)

    def full(directory: Path, version: int) -> None:
        _fill("half")(directory, version)
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        publish(tmp_path, PLAN, MONTH, dataclasses.replace(ORIGIN, code_version="n"), full, 2)
    assert _tree(tmp_path) == before
    assert list((tmp_path / "tmp").iterdir()) == []


def test_the_gate_stands_before_every_publication(tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused):
        publish(tmp_path, PLAN, MONTH, ORIGIN, _fill("3112999990"), 1)
    assert _tree(tmp_path) == {}


@pytest.mark.parametrize("step", ["_settle", "_record_sequence", "_promote", "_point"])
def test_a_kill_at_any_step_leaves_old_or_new_and_the_next_run_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Killed just before the step; a run that never failed ends with the same tree."""
    never_failed = tmp_path / "calm"
    _publish(never_failed)
    _publish(never_failed, "y", sequence=3)
    home = tmp_path / "rough"
    _publish(home)
    with monkeypatch.context() as patched:
        patched.setattr(publication, step, _killed)
        with pytest.raises(KeyboardInterrupt):
            _publish(home, "y", sequence=2)
    pointed = (home / "published" / PLAN / MONTH / "latest").resolve()
    assert verify_set(pointed) == ()
    _publish(home, "y", sequence=3)
    assert _tree(home) == _tree(never_failed)


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_stage_left_by_a_killed_run_is_cleared(tmp_path: Path) -> None:
    left = tmp_path / "tmp" / f"publish-{PLAN}-{MONTH}"
    left.mkdir(parents=True)
    (left / "old.txt").write_text("from before")
    made = _publish(tmp_path)
    assert not (made.path / "old.txt").exists()


def test_a_reader_never_sees_a_half_or_missing_set(tmp_path: Path) -> None:
    pointer = _publish(tmp_path).path.parent / "latest"
    faults: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            folder = pointer.resolve()
            faults.extend(verify_set(folder))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for sequence in range(2, 12):
            _publish(tmp_path, f"text {sequence}", sequence=sequence)
    finally:
        done.set()
        reader.join()
    assert faults == []


def test_one_writer_at_a_time_and_nobody_waits_for_ever(tmp_path: Path) -> None:
    with exclusive(tmp_path / "locks" / "publish.lock", 1), pytest.raises(LockBusy):
        publish(tmp_path, PLAN, MONTH, ORIGIN, _fill("x"), 1, timeout=0.1)


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        (lambda path: (path / "status.txt").write_text("andet"), "status.txt er ændret"),
        (lambda path: (path / "status.txt").unlink(), "status.txt mangler"),
        (lambda path: (path / "new.txt").write_text("x"), "new.txt står ikke"),
        (lambda path: (path / "manifest.json").write_text("{"), "kan ikke læses"),
    ],
)
def test_verifying_names_what_is_wrong(
    tmp_path: Path, fault: Callable[[Path], object], named: str
) -> None:
    made = _publish(tmp_path)
    fault(made.path)
    problems = verify_set(made.path)
    assert len(problems) == 1
    assert named in problems[0]


@pytest.mark.parametrize(
    ("plan", "month"),
    [("../x", MONTH), ("A", MONTH), ("", MONTH), (PLAN, "2020-13"), (PLAN, "../..")],
)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, plan: str, month: str) -> None:
    with pytest.raises(ValueError, match="folder name"):
        publish(tmp_path, plan, month, ORIGIN, _fill("x"), 1)

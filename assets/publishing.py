"""A month's figures protected, and a plan's set published.

Belongs here: the order of steps from kept figures to a set in force. Not here: protection (`disclosure`), assessment
(`plans`), the workbook and the atomic set (`exports`), the Dagster assets (`reports`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from assets.before import BEHIND, SEEN, figures_folder, in_readers_hands, still_known, tables_of
from assets.computing import figures_of, pointer_of
from assets.keeping import NothingKept, keep_figures, kept_figures, point, pointed
from assets.ledger_lines import untold, write_publications
from assets.recipes import AREAS
from assets.report_building import ProtectedFigures, build_report, origin
from assets.resources import House
from assets.versions import code_version, version_of
from assets.vintages import revisions
from disclosure.patterns.cells import ProtectionError
from disclosure.republished import SUPPRESSED, PublishedBefore, seen_by_now
from disclosure.table import Summary, protect_table
from disclosure.watching import Watch, now_and_then, unwatched
from exports.pdf import NoPdf, write_pdf
from exports.publication import Publication, publish, stands
from exports.published_sets import set_before
from exports.release_gate import ReleaseRefused
from exports.set_files import workbook_name, write_set
from exports.stranger.finding import Finding
from exports.stranger.inspection import Known, hidden_seal
from exports.stranger.sets import SetBefore
from exports.tidy import as_published
from indicators.calendar import date_of, last_day, month_name
from indicators.figures import tidy
from sources.files import private_directory

_TOLD_EVERY = 10.0
"""Seconds between two lines about how far a protection has come."""


def protect_month(house: House, month: int, besides: Sequence[str] = ()) -> ProtectedFigures:
    """Put a month's areas together, keep the internal table, protect it beside what is published, and keep that; unchanged
    figures are not protected anew. `besides`: versions of figures that are to be published in the same run."""
    if is_protected(house, month):
        return protected_month(house, month)
    whole = tidy([figures_of(house, name, month).table for name in AREAS])
    keep_internal(house, month, whole)
    if _in_force(house, month):
        return protected_month(house, month)
    folder, made_of = figures_folder(house), _made_of(house, month)
    hands = tuple(dict.fromkeys((*in_readers_hands(house, month), *besides)))
    held = still_known(house, hands)
    if len(held) < len(hands):
        house.tell(
            f"{len(hands) - len(held)} af {len(hands)} tabeller, der er offentliggjort før, kan denne ikke holdes op mod: "
            "det, de er gjort af, er ikke bevaret"
        )
    version = version_of(made_of, held) if held else made_of
    if not (folder / version).exists():
        before = tables_of(house, held)
        watch = now_and_then(partial(_tell, house), _TOLD_EVERY)
        protected, summary = fit_to_leave(whole, house.settings().threshold, month, before, watch)
        if summary.apart:
            house.tell(
                f"{len(summary.apart)} skjulte tal kan ikke antages at være, hvad de var i tidligere sæt; "
                f"{summary.doubted} antal i dem er vist før"
            )
        hidden = {
            "primary": summary.primary,
            "secondary": summary.secondary,
            "doubted": summary.doubted,
            "apart": summary.apart,
            "besides": hands,
        }
        point(folder, f"hidden-{version}", hidden)
        away = (protected["flag"] == SUPPRESSED).to_numpy()
        seen = seen_by_now(whole, away, before)
        seen[list(summary.apart)] = False
        keep_figures(folder, version, protected, **{BEHIND: whole.assign(**{SEEN: seen})})
    point(folder, month_name(month), {"version": version, "made_of": made_of})
    return protected_month(house, month)


def _tell(house: House, step: int, of: int) -> None:
    house.tell(f"beskytter små tal: {step} af {of}", step=False)


def fit_to_leave(
    whole: pd.DataFrame,
    threshold: int,
    month: int,
    before: Sequence[PublishedBefore] = (),
    watch: Watch = unwatched,
) -> tuple[pd.DataFrame, Summary]:
    """A month's table protected beside those published before (`disclosure.table.protect_table`).

    Raises `ReleaseRefused` where it cannot be: nothing made of it may leave.
    """
    try:
        return protect_table(whole, threshold, before=before, watch=watch)
    except (ProtectionError, ValueError) as problem:
        beside = " ved siden af de sæt, der er offentliggjort" if before else ""
        why = f"tallene kan ikke beskyttes{beside} ({problem})."
    raise ReleaseRefused((Finding(f"Tallene for {month_name(month)}", why),))


def is_protected(house: House, month: int) -> bool:
    """Whether the protected figures and the internal table of a month are made of the areas' figures in force, beside
    everything that is in readers' hands now."""
    return _in_force(house, month) and _internal(house, month).exists()


def _in_force(house: House, month: int) -> bool:
    folder = figures_folder(house)
    try:
        kept = pointed(folder, month_name(month))
        hidden = pointed(folder, f"hidden-{kept['version']}")
    except NothingKept:
        return False
    whole = (folder / kept["version"]).exists()
    if not whole or kept.get("made_of") != _made_of(house, month):
        return False
    hands = in_readers_hands(house, month)
    return kept["version"] in hands or set(hands) <= set(hidden["besides"])


def is_published(house: House, plan_id: str, month: int) -> bool:
    """Whether the newest set of a plan's month is whole and what would be published now, and the ledger tells of it."""
    if not is_protected(house, month):
        return False
    name = month_name(month)
    version = pointed(figures_folder(house), name)["version"]
    made_of = origin(house, version, code_version())
    return stands(house.path, plan_id, name, made_of) and not untold(house.path, plan_id, name)


def _made_of(house: House, month: int) -> str:
    """The version of what follows from the areas' figures in force alone; raises NothingKept."""
    areas = [pointer_of(house, name, month) for name in AREAS]
    threshold = house.settings().threshold
    return version_of(areas, month, threshold, code_version("disclosure", "assets"))


def protected_month(house: House, month: int) -> ProtectedFigures:
    """The protected figures of a month; raises NothingKept when there are none."""
    folder = figures_folder(house)
    version = pointed(folder, month_name(month))["version"]
    hidden = pointed(folder, f"hidden-{version}")
    summary = Summary(
        house.settings().threshold,
        hidden["primary"],
        hidden["secondary"],
        {},
        hidden.get("doubted", 0),
        tuple(hidden.get("apart", ())),
    )
    return ProtectedFigures(kept_figures(folder, version), summary, version)


def keep_internal(house: House, month: int, table: pd.DataFrame) -> Path:
    """Write the unprotected table to `<home>/internal/<YYYY-MM>/indicators.parquet`, directory 0700."""
    path = _internal(house, month)
    draft = private_directory(path.parent) / ".indicators.parquet"
    table.to_parquet(draft, index=False)
    draft.chmod(0o600)
    return draft.replace(path)


def _internal(house: House, month: int) -> Path:
    return house.folder("internal", month_name(month)) / "indicators.parquet"


def publish_month(house: House, plan_id: str, month: int, sequence: int, run: str) -> Publication:
    """Write and publish a plan's set of a month; unchanged inputs make no new version. `run` is the run's id."""
    figures = protected_month(house, month)

    made_of = origin(house, figures.version, code_version())

    def fill(folder: Path, version: int) -> None:
        before = set_before(house.path, plan_id, month_name(month), version)
        since = revisions(figures.table, made_of, before)
        write_set(build_report(house, plan_id, month, figures, version, since), folder)

    def add(folder: Path) -> tuple[str, ...]:
        if not house.settings().publish.pdf:
            return ("PDF er udeladt: indstillingen publish.pdf er false.",)
        try:
            write_pdf(folder / workbook_name(plan_id, month_name(month)), date_of(last_day(month)))
        except NoPdf as problem:
            house.tell(str(problem))
            return (str(problem),)
        return ()

    def known() -> Known:
        truth = pd.read_parquet(_internal(house, month))
        hands = [one for one in in_readers_hands(house, month) if one != figures.version]
        before = [
            SetBefore(as_published(one.as_seen()), as_published(one.table), one.apart)
            for one in tables_of(house, still_known(house, hands))
        ]
        seal = hidden_seal(as_published(figures.table))
        return Known(seal, truth, before, figures.summary.apart)

    published = publish(
        house.path, plan_id, month_name(month), made_of, fill, sequence, add=add, known=known
    )
    write_publications(house, plan_id, month_name(month), run)
    return published

"""What key, history and seals cost: a full clinic as it is beside the same file without all three.

The lesser file is written by dermlog too, with the triggers of the history taken out and sealing switched
off, so that a ratio says what trust costs and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from decimal import Decimal
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from unittest.mock import patch

from benchmarks.crowd import name_of
from benchmarks.side_by_side import report_ratio, seconds, side_by_side_of
from dermlog.demo.maps import sample_sites
from dermlog.domain.instrument import Instrument, Rater, Score
from dermlog.domain.patient import Patient
from dermlog.domain.session import InjectionSession
from dermlog.domain.visit import Visit
from dermlog.logbook import Logbook
from dermlog.storage import driver, migrations
from dermlog.ui.main_window import MainWindow

ASKED = 40
SAVED = 8


def take_trust_out(path: Path) -> None:
    """Drop what writes the history from an unlocked, closed file."""
    with closing(driver.connect(path, None, "rw")) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'history_%'"
        ).fetchall()
        for (name,) in names:
            connection.execute(f"DROP TRIGGER {name}")


@contextmanager
def without_trust(path: Path) -> Iterator[None]:
    """Inside it, dermlog takes the lesser file for one of its own and seals nothing."""
    with closing(driver.connect(path, None, "ro")) as connection:
        schema = migrations.fingerprint(connection)
    with (
        patch.dict(migrations.FINGERPRINTS, {migrations.FORMAT: schema}),
        patch("dermlog.storage.database.seal_new_lines", lambda _connection: None),
        patch("dermlog.storage.chain.AT_OPENING", 0),
    ):
        yield


def measure(lesser: Path, whole: Path, key: bytes) -> None:
    """Print the ratios: saving a session, searching, opening; a QApplication has to be there."""
    with without_trust(lesser):
        bare = Logbook.open(lesser)
    with bare, Logbook.open(whole, key=key) as full:
        _measure_saving(bare, full, lesser)
        _measure_search(bare, full)
    _measure_opening(lesser, whole, key)


def _measure_saving(bare: Logbook, full: Logbook, lesser: Path) -> None:
    numbers = count()

    def save_bare() -> float:
        with without_trust(lesser):
            return _saving(bare, next(numbers))

    report_ratio(
        "trust.save_session", side_by_side_of(save_bare, lambda: _saving(full, next(numbers))), at_most=3
    )


def _saving(logbook: Logbook, seed: int) -> float:
    """Seconds for some sessions of 12 points, each signed and on disk."""
    chance = Random(seed)  # noqa: S311 - repeatable invented data
    product = max(logbook.products.all(), key=lambda product: max(product.vial_units, default=Decimal(0)))
    patient = Patient(f"T-{seed:06d}", name_of(chance), name_of(chance))
    logbook.patients.save(patient)
    today = logbook.today()
    took = 0.0
    for _number in range(SAVED):
        score = Score(Instrument.OILINESS, Decimal(3), Rater.CLINICIAN)
        visit = Visit(patient.id, today, logbook.me.id, logbook.now(), scores=(score,))
        session = InjectionSession(
            patient_id=patient.id,
            visit_id=visit.id,
            performed_on=today,
            product_id=product.id,
            lot="C1234",
            expiry=today.replace(year=today.year + 1, day=1),
            vial_units=max(product.vial_units),
            diluent_ml=Decimal("2.5"),
            injector_id=logbook.me.id,
            sites=sample_sites(Decimal(24), chance)[:12],
        )
        took += seconds(partial(logbook.sessions.sign, visit, session))
    return took / SAVED


def _measure_search(bare: Logbook, full: Logbook) -> None:
    def ask(logbook: Logbook, seed: int) -> None:
        chance = Random(seed)  # noqa: S311 - repeatable invented data
        for _number in range(ASKED):
            logbook.patients.search(name_of(chance)[:3])

    for logbook in (bare, full):
        ask(logbook, 0)
    left, right = count(1), count(1)
    report_ratio(
        "trust.search",
        side_by_side_of(
            lambda: seconds(lambda: ask(bare, next(left))) / ASKED,
            lambda: seconds(lambda: ask(full, next(right))) / ASKED,
        ),
        at_most=1.3,
    )


def _measure_opening(lesser: Path, whole: Path, key: bytes) -> None:
    """From the key to the file alone, and to the painted first page, which is what a person waits for."""

    def file_alone(path: Path, key: bytes | None) -> None:
        Logbook.open(path, key=key).close()

    def first_page(path: Path, key: bytes | None) -> None:
        with Logbook.open(path, key=key) as logbook:
            window = MainWindow(logbook)
            window.show()
            window.grab()
            window.close()
            window.deleteLater()

    for name, opened, goal in (("open_file", file_alone, None), ("open_after_password", first_page, 1.2)):

        def floor(opened: Callable[[Path, bytes | None], None] = opened) -> float:
            with without_trust(lesser):
                return seconds(partial(opened, lesser, None))

        def product(opened: Callable[[Path, bytes | None], None] = opened) -> float:
            return seconds(partial(opened, whole, key))

        report_ratio(f"trust.{name}", side_by_side_of(floor, product), at_most=goal)

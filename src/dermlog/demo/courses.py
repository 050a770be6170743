"""How scores, lesions and side effects of the sample patients move with the weeks after a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random

from dermlog.demo.people import Person, Story
from dermlog.domain.face_map import Zone
from dermlog.domain.instrument import SEBUM_ZONES, Instrument, Rater, Score, Variant
from dermlog.domain.side_effect import (
    BodySide,
    Severity,
    SideEffect,
    SideEffectTerm,
    WarningSign,
    WeaknessPlace,
)
from dermlog.domain.visit import VisitMode

SEBUMETER = "Sebumeter SM 815"

# Share of the baseline that is left, by week: falls by weeks 2 to 4, is largely back by week 16.
_RESPONSE = ((0, 1.0), (2, 0.55), (4, 0.35), (8, 0.4), (12, 0.62), (16, 0.85), (24, 1.0))
_FLAT = ((0, 1.0), (4, 0.97), (16, 1.02))
_WORSE = ((0, 1.0), (2, 1.05), (4, 1.2), (8, 1.35), (12, 1.4), (24, 1.4))


@dataclass(frozen=True)
class SkinState:
    """The skin of one day, before it is turned into scores and drawn as a face."""

    oiliness: int
    iga: int
    inflammatory: int
    non_inflammatory: int
    sebum: dict[Zone, Decimal]
    satisfaction: int | None


@dataclass(frozen=True)
class PlannedVisit:
    """One visit of a sample course; units is set where a session takes place."""

    on: date
    skin: SkinState
    units: Decimal | None = None
    mode: VisitMode = VisitMode.IN_PERSON
    side_effects: tuple[SideEffect, ...] = ()
    warning_signs: tuple[WarningSign, ...] | None = ()
    note: str = ""

    def scores(self, *, by_phone_only: bool = False) -> tuple[Score, ...]:
        """What was measured: by phone only what the patient can say; no sebum at short visits."""
        skin, clinician = self.skin, Rater.CLINICIAN
        told = [Score(Instrument.OILINESS, Decimal(max(0, min(4, skin.oiliness))), Rater.PATIENT)]
        if skin.satisfaction is not None:
            told.append(Score(Instrument.SATISFACTION, Decimal(skin.satisfaction), Rater.PATIENT))
        if by_phone_only:
            return tuple(told)
        seen = [
            Score(Instrument.OILINESS, Decimal(skin.oiliness), clinician),
            Score(Instrument.IGA, Decimal(skin.iga), clinician, Variant.IGA_EXTENT),
            Score(Instrument.INFLAMMATORY_LESIONS, Decimal(skin.inflammatory), clinician),
            Score(Instrument.NON_INFLAMMATORY_LESIONS, Decimal(skin.non_inflammatory), clinician),
        ]
        sebum = [
            Score(Instrument.SEBUM, value, Rater.DEVICE, Variant.SEBUM_CASUAL, zone, SEBUMETER)
            for zone, value in skin.sebum.items()
        ]
        return (*seen, *told, *sebum)


def planned_visits(who: Person, random: Random, today: date) -> tuple[PlannedVisit, ...]:
    """The whole course of a person up to today, in order of time."""
    first = today - timedelta(days=who.days_ago)
    severe = random.uniform(0.8, 1.0)
    visits: list[PlannedVisit] = []
    for number, (start, weeks) in enumerate(_plan(who, first, today)):
        begin = 1.0 if number == 0 else 0.85
        visits.append(_session(who, start, _skin(random, severe * begin, who, 0, first=number == 0)))
        for week in weeks:
            on = start + timedelta(weeks=week, days=random.choice((-1, 0, 0, 1)))
            if on > today:
                break
            share = _share(who.story, week) * (1.0 if number == 0 else 0.92)
            skin = _skin(random, severe * share, who, week)
            visits.append(_follow_up(who, _When(on, start, week, number), skin))
    if who.story is Story.WARNING_SIGN:
        visits.append(_warned_by_phone(today, _skin(random, severe, who, 0)))
    return tuple(visits)


def _plan(who: Person, first: date, today: date) -> list[tuple[date, tuple[int, ...]]]:
    usual = (2, 4, 8, 12, 16)
    plans: dict[Story, list[tuple[int, tuple[int, ...]]]] = {
        Story.TWO_TREATMENTS: [(0, usual), (18, (2, 6, 10))],
        Story.OVERDUE: [(0, (2, 4))],
        Story.WARNING_SIGN: [(0, ())],
        Story.NO_FOLLOW_UP_YET: [(0, ())],
        Story.BY_PHONE: [(0, (2,))],
        Story.DRAFTS: [(0, (2, 4, 8))],
        Story.LONG: [(0, usual), (22, usual), (45, (2, 4, 8, 16)), (68, usual), (92, (2, 4, 8))],
    }
    plan = [(first + timedelta(weeks=offset), weeks) for offset, weeks in plans.get(who.story, [(0, usual)])]
    return [(start, weeks) for start, weeks in plan if start <= today]


def _share(story: Story, week: int) -> float:
    curve = {Story.NON_RESPONDER: _FLAT, Story.WORSENS: _WORSE}.get(story, _RESPONSE)
    for (week_a, share_a), (week_b, share_b) in pairwise(curve):
        if week <= week_b:
            return share_a + (share_b - share_a) * (week - week_a) / (week_b - week_a)
    return curve[-1][1]


def _skin(random: Random, level: float, who: Person, week: int, *, first: bool = False) -> SkinState:
    """A skin at a level of its worst (1.0): grades 0-4, counts, sebum, satisfaction after the start."""
    start = 0.72 if who.story is Story.WORSENS else 1.0
    oiliness = max(0, min(4, round(4 * level * start + random.uniform(-0.2, 0.2))))
    iga = max(0, min(4, round(3.2 * (0.25 + 0.75 * level) * start + random.uniform(-0.2, 0.2))))
    forehead = 255 * level * start
    ratio = {
        Zone.FOREHEAD: 1.0,
        Zone.NOSE: 0.95,
        Zone.CHEEK_RIGHT: 0.52,
        Zone.CHEEK_LEFT: 0.5,
        Zone.CHIN: 0.68,
    }
    measured = first or week in {2, 4, 8, 12, 16, 0}
    content = None if week == 0 else max(0, min(10, round(10 - 8 * level * start + random.uniform(-1, 1))))
    return SkinState(
        oiliness=oiliness,
        iga=iga,
        inflammatory=max(0, round(16 * level * start + random.uniform(-2, 2))),
        non_inflammatory=max(0, round(13 * (0.4 + 0.6 * level) + random.uniform(-2, 2))),
        sebum={
            zone: Decimal(max(8, round(forehead * ratio[zone] + random.uniform(-9, 9))))
            for zone in SEBUM_ZONES
        }
        if measured
        else {},
        satisfaction=content,
    )


def _session(who: Person, on: date, skin: SkinState) -> PlannedVisit:
    # Dysport units are another measure: the same picture needs other numbers, never a conversion.
    units = Decimal("5") if who.brand in {"Dysport", "Azzalure"} else Decimal("2")
    return PlannedVisit(on, skin, units=units, warning_signs=(), note="")


def _none(*terms: SideEffectTerm) -> tuple[SideEffect, ...]:
    return tuple(SideEffect(term, Severity.NONE) for term in terms)


_ASKED = (
    SideEffectTerm.PAIN,
    SideEffectTerm.REDNESS,
    SideEffectTerm.SWELLING,
    SideEffectTerm.HEADACHE,
    SideEffectTerm.DRY_SKIN,
    SideEffectTerm.INFECTION,
)


@dataclass(frozen=True)
class _When:
    """A follow-up in its place: its day, and the session it follows."""

    on: date
    start: date
    week: int
    number: int


def _warned_by_phone(today: date, skin: SkinState) -> PlannedVisit:
    return PlannedVisit(
        today,
        skin,
        mode=VisitMode.PHONE,
        side_effects=_none(SideEffectTerm.BRUISING, SideEffectTerm.SWELLING),
        warning_signs=(WarningSign.SWALLOWING,),
        note="Called at 09:30: solid food sticks since this morning. Told to come in at once.",
    )


def _follow_up(who: Person, when: _When, skin: SkinState) -> PlannedVisit:
    on, start, week, number = when.on, when.start, when.week, when.number
    bruising: SideEffect = SideEffect(SideEffectTerm.BRUISING, Severity.NONE)
    weakness: SideEffect = SideEffect(SideEffectTerm.MUSCLE_WEAKNESS, Severity.NONE)
    note = ""
    if week == 2 and who.story in {Story.TWO_TREATMENTS, Story.RESPONDER, Story.LONG}:
        bruising = SideEffect(
            SideEffectTerm.BRUISING,
            Severity.MILD,
            began=start,
            ended=start + timedelta(days=7 + number),
            action="cold pack",
        )
    if who.story is Story.WEAK_EYELID and week in {2, 4}:
        weakness = SideEffect(
            SideEffectTerm.MUSCLE_WEAKNESS,
            Severity.MODERATE if week == 2 else Severity.MILD,
            WeaknessPlace.EYELID,
            BodySide.LEFT,
            began=start + timedelta(days=6),
            action="eye drops, watched",
        )
        note = "Left eyelid a little lower. No double vision. Explained that it fades."
    elif who.story is Story.TWO_TREATMENTS and number == 0 and week == 4:
        weakness = SideEffect(
            SideEffectTerm.MUSCLE_WEAKNESS,
            Severity.MILD,
            WeaknessPlace.BROW,
            BodySide.LEFT,
            began=start + timedelta(days=10),
        )
        note = "Left brow slightly lower when raising. Not bothersome; explained it fades."
    by_phone = who.story is Story.BY_PHONE
    effects = (bruising, weakness) if by_phone else (bruising, weakness, *_none(*_ASKED))
    return PlannedVisit(
        on, skin, mode=VisitMode.PHONE if by_phone else VisitMode.IN_PERSON, side_effects=effects, note=note
    )

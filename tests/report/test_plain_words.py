"""What page 1 says, sentence by sentence: plain, short, nothing claimed that was not measured."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product as every
from uuid import UUID

import pytest

from dermlog.domain.schedule import planned
from dermlog.domain.side_effect import (
    BodySide,
    Severity,
    SideEffect,
    SideEffectTerm,
    WarningSign,
    WeaknessPlace,
)
from dermlog.domain.visit import Acknowledgement, Visit
from dermlog.report.facts import ReportFacts
from dermlog.report.plain_next import call_at_once, next_check, still_studied
from dermlog.report.plain_sentence import Sentence
from dermlog.report.plain_side_effects import side_effect_sentences, warning_sentences
from dermlog.report.plain_words import in_short
from tests.report.reports import (
    BOTOX,
    CLINIC,
    DOCTOR,
    DYSPORT,
    NONE_OF_ALL,
    PREPARED,
    START,
    facts_of_the_pictures,
    make_facts,
    make_session,
    make_visit,
    scores,
    week,
)

MOST_WORDS = 20


def _said(sentences: tuple[Sentence, ...]) -> list[str]:
    return [sentence.text for sentence in sentences]


def _short(facts: ReportFacts) -> list[str]:
    return [sentence.text for paragraph in in_short(facts) for sentence in paragraph]


def _treated(*visits: Visit, **changes: object) -> ReportFacts:
    """The first visit with a treatment, the report prepared on the day of the last."""
    last = visits[-1].on
    prepared = {"prepared_at": datetime(last.year, last.month, last.day, 12, tzinfo=PREPARED.tzinfo)}
    return make_facts(visits, [make_session(visits[0])], **(prepared | changes))


def _bold(facts: ReportFacts) -> list[str]:
    return [
        part.text for paragraph in in_short(facts) for one in paragraph for part in one.parts if part.bold
    ]


def test_the_course_of_the_pictures() -> None:
    assert _short(facts_of_the_pictures()) == [
        "You have had 2 treatments with Botox.",
        "The first one was on 20 Mar 2026, 28 weeks ago.",
        "Your skin has become less oily: from severe to slight.",
        "You have fewer breakouts: from moderate to almost clear.",
        "We counted 24 spots then and 9 now.",
        "You rated how pleased you are: 8 out of 10, on 2 Oct 2026.",
        "You had mild bruising twice.",
        "You had mild weakness of the brow on the left side for 3 weeks.",
        "All of it has gone.",
    ]
    assert _bold(facts_of_the_pictures()) == ["less oily", "fewer breakouts"]


def test_no_change_is_said_as_plainly_as_better() -> None:
    facts = _treated(make_visit(week(0), *scores(3, 2)), make_visit(week(4), *scores(3, 2)))
    assert "Your skin is as oily as before: marked, the same as then." in _short(facts)
    assert "Your breakouts are as before: mild, the same as then." in _short(facts)
    assert _bold(facts)[:2] == ["as oily as before", "as before"]


def test_worse_is_said_as_plainly_as_better() -> None:
    facts = _treated(make_visit(week(0), *scores(2, 1)), make_visit(week(4), *scores(4, 3)))
    assert "Your skin has become more oily: from moderate to severe." in _short(facts)
    assert "You have more breakouts: from almost clear to moderate." in _short(facts)
    assert _bold(facts)[:2] == ["more oily", "more breakouts"]


def test_a_good_time_in_between_is_told_with_its_day() -> None:
    facts = _treated(
        make_visit(week(0), *scores(4, 3)),
        make_visit(week(4), *scores(1, 1)),
        make_visit(week(16), *scores(4, 3)),
    )
    assert "It was least oily on 17 Apr 2026: slight." in _short(facts)
    assert "They were at their lowest on 17 Apr 2026: almost clear." in _short(facts)


def test_before_any_follow_up_nothing_has_changed_yet() -> None:
    facts = _treated(make_visit(week(0), *scores(4, 3)))
    assert _short(facts) == [
        "You had a treatment with Botox on 20 Mar 2026.",
        "Before treatment, the oiliness of your skin was severe.",
        "Before treatment, your breakouts were moderate.",
        "We have not checked your skin since then.",
    ]


def test_without_a_treatment_nothing_is_compared_with_one() -> None:
    facts = make_facts([make_visit(week(0), *scores(4, 3))], prepared_at=PREPARED)
    assert _short(facts) == [
        "You have not had a treatment with us yet.",
        "Your first visit was on 20 Mar 2026.",
        "The oiliness of your skin was severe.",
        "Your breakouts were moderate.",
        "We last checked your skin on 20 Mar 2026.",
    ]


def test_an_empty_record_is_said() -> None:
    assert _short(make_facts()) == ["There are no visits in your record yet."]


def test_what_was_not_measured_is_said() -> None:
    facts = _treated(make_visit(week(0)), make_visit(week(4), *scores(2)))
    assert "The oiliness of your skin is moderate; it was not measured before." in _short(facts)
    assert "Your breakouts were not measured." in _short(facts)


def test_what_was_measured_in_another_way_is_not_called_unmeasured() -> None:
    facts = _treated(make_visit(week(0), *scores(own=4)), make_visit(week(4), *scores(1)))
    assert "The oiliness of your skin is slight; before, it was measured in another way." in _short(facts)


def test_the_patients_own_rating_is_called_that() -> None:
    facts = _treated(make_visit(week(0), *scores(own=4)), make_visit(week(4), *scores(own=2)))
    assert "You rate your skin as less oily: from severe to moderate." in _short(facts)


def test_products_are_named_once_each() -> None:
    visits = [make_visit(week(number), *scores(3)) for number in (0, 12, 24)]
    sessions = [
        make_session(visit, product) for visit, product in zip(visits, (BOTOX, DYSPORT, BOTOX), strict=True)
    ]
    assert _short(make_facts(visits, sessions))[0] == "You have had 3 treatments with Botox and Dysport."


def test_old_values_carry_their_day() -> None:
    facts = _treated(make_visit(week(0), *scores(4)), make_visit(week(4), *scores(2)), prepared_at=PREPARED)
    assert "We last checked your skin on 17 Apr 2026." in _short(facts)


@pytest.mark.parametrize(
    ("days", "ago"),
    [
        (0, "20 Mar 2026."),
        (1, "20 Mar 2026, 1 day ago."),
        (13, "20 Mar 2026, 13 days ago."),
        (14, "20 Mar 2026, 2 weeks ago."),
        (364, "20 Mar 2026, 52 weeks ago."),
        (400, "20 Mar 2026, more than a year ago."),
        (800, "20 Mar 2026, more than two years ago."),
    ],
)
def test_how_long_ago_is_in_words_that_fit(days: int, ago: str) -> None:
    prepared = datetime(2026, 3, 20, 12, tzinfo=PREPARED.tzinfo) + timedelta(days=days)
    visit = make_visit(START, *scores(3))
    facts = make_facts([visit], [make_session(visit)], prepared_at=prepared)
    assert _short(facts)[0].endswith(ago)


def _effects(*effects: SideEffect, asked: bool = True) -> list[str]:
    named = {effect.term for effect in effects}
    rest = tuple(effect for effect in NONE_OF_ALL if effect.term not in named) if asked else ()
    visits = (make_visit(week(0), *scores(3)), make_visit(week(2), side_effects=(*effects, *rest)))
    return _said(side_effect_sentences(_treated(*visits).course))


def test_none_is_said_only_when_all_were_asked() -> None:
    assert _effects() == ["You told us of no side effects."]
    assert _effects(asked=False) == ["We have not asked you about side effects yet."]
    assert _effects(SideEffect(SideEffectTerm.BRUISING, Severity.NONE), asked=False) == [
        "At your last check we asked about 1 of 8 side effects.",
        "You had none of these.",
    ]


def test_what_was_not_asked_last_time_is_not_none() -> None:
    visits = (
        make_visit(week(0), *scores(3)),
        make_visit(week(2), side_effects=NONE_OF_ALL),
        make_visit(week(4)),
    )
    assert _said(side_effect_sentences(_treated(*visits).course)) == [
        "You told us of no side effects up to 3 Apr 2026.",
        "We did not ask about them at your last check.",
    ]


def test_a_side_effect_that_is_not_gone_comes_first() -> None:
    told = _effects(
        SideEffect(SideEffectTerm.PAIN, Severity.SEVERE, began=week(0), ended=week(1)),
        SideEffect(
            SideEffectTerm.MUSCLE_WEAKNESS,
            Severity.MODERATE,
            WeaknessPlace.EYELID,
            BodySide.LEFT,
            began=week(1),
        ),
    )
    assert told == [
        "You still had moderate weakness of the eyelid on the left side on 3 Apr 2026.",
        "You had severe pain or tenderness for 7 days.",
        "The rest has gone.",
    ]


def test_many_side_effects_are_counted() -> None:
    terms = [
        term for term in SideEffectTerm if term not in {SideEffectTerm.OTHER, SideEffectTerm.MUSCLE_WEAKNESS}
    ]
    told = _effects(*(SideEffect(term, Severity.MILD, began=week(1)) for term in terms))
    assert len([sentence for sentence in told if "still had" in sentence]) == 4
    assert "You had 3 other side effects; the next pages list them." in told


def test_a_typed_reaction_is_quoted_as_it_is() -> None:
    effect = SideEffect(
        SideEffectTerm.OTHER, Severity.MILD, label="<b>*tingling*</b> {x}", began=week(1), ended=week(2)
    )
    assert _effects(effect)[0] == "You had mild “<b>*tingling*</b> {x}” for 7 days."


def test_a_side_effect_that_came_three_times_is_counted() -> None:
    visits = [make_visit(week(0), *scores(3))]
    for number in (1, 5, 9):
        bruise = SideEffect(
            SideEffectTerm.BRUISING, Severity.MILD, began=week(number), ended=week(number + 1)
        )
        visits.append(make_visit(week(number + 1), side_effects=(bruise, *NONE_OF_ALL[1:])))
    assert _said(side_effect_sentences(_treated(*visits).course)) == [
        "You had mild bruising 3 times.",
        "All of it has gone.",
    ]


def _warned(*signs: WarningSign, **changes: object) -> ReportFacts:
    return _treated(
        make_visit(week(0), *scores(3)), make_visit(week(1), warning_signs=signs, id=UUID(int=77)), **changes
    )


def test_a_warning_sign_is_told_plainly() -> None:
    assert _said(warning_sentences(_warned(WarningSign.DOUBLE_VISION))) == [
        "On 27 Mar 2026 you told us about double vision.",
        "No doctor has confirmed this yet.",
        "If you have any of this now, get medical help at once.",
    ]


def test_who_confirmed_a_warning_sign_is_named() -> None:
    seen = Acknowledgement(UUID(int=77), DOCTOR, PREPARED)
    facts = _warned(WarningSign.BREATHING, acknowledgements={UUID(int=77): seen})
    assert "A doctor knows about it: Dr Sato, since 2 Oct 2026." in _said(warning_sentences(facts))


def test_without_warning_signs_there_is_nothing_to_say() -> None:
    assert warning_sentences(_warned()) == ()


def test_the_next_check_is_a_week() -> None:
    assert _said(next_check(facts_of_the_pictures())) == ["Your next check is in the week of 9 Nov 2026."]


def test_a_missed_check_is_said() -> None:
    facts = facts_of_the_pictures(due=planned(2, week(18), 4))
    assert _said(next_check(facts)) == [
        "Your check was planned for the week of 17 Aug 2026.",
        "It has not happened yet: please call us for a new day.",
    ]


def test_without_a_plan_nothing_is_promised() -> None:
    assert _said(next_check(facts_of_the_pictures(due=None))) == [
        "No further check is planned. Ask us if you would like one."
    ]
    assert _said(next_check(make_facts())) == ["We have not planned a check yet."]


def test_when_to_call_is_the_same_on_every_report() -> None:
    for facts in (make_facts(), facts_of_the_pictures()):
        told = " ".join(_said(call_at_once(facts)))
        for sign in (
            "breathing",
            "swallowing",
            "speaking",
            "lips or tongue swell",
            "double vision",
            "weakness",
        ):
            assert sign in told
        assert "555 0142" in told
    without = " ".join(_said(call_at_once(make_facts(clinic=replace(CLINIC, phone="")))))
    assert "Call us the same day for double vision" in without


def test_it_is_said_that_this_use_is_still_being_studied() -> None:
    told = _said(still_studied())
    assert told[:2] == [
        "Botulinum toxin for oily skin and acne is still being studied.",
        "It is not an approved use.",
    ]


def _every_report() -> Iterator[ReportFacts]:
    """All ways a skin can go, all reactions, all warning signs, late and early."""
    grades = [scores(), scores(0, 0), scores(2, 2), scores(4, 4), scores(own=2)]
    for first, middle, last in every(grades, repeat=3):
        yield _treated(make_visit(week(0), *first), make_visit(week(4), *middle), make_visit(week(12), *last))
    for place, side, severity in every(WeaknessPlace, BodySide, list(Severity)[1:]):
        weak = SideEffect(SideEffectTerm.MUSCLE_WEAKNESS, severity, place, side, began=week(1))
        for effect in (weak, replace(weak, ended=week(3))):
            yield _treated(make_visit(week(0)), make_visit(week(3), side_effects=(effect,)))
    yield _warned(*WarningSign)
    yield make_facts()
    yield make_facts([make_visit(week(0))])
    for weeks in (4, 16, 60):
        yield facts_of_the_pictures(due=planned(2, week(18), weeks))


def test_no_sentence_is_longer_than_twenty_words() -> None:
    longest: dict[str, int] = {}
    for facts in _every_report():
        paragraphs = (
            *in_short(facts),
            warning_sentences(facts),
            next_check(facts),
            call_at_once(facts),
            still_studied(),
        )
        for sentence in (sentence for paragraph in paragraphs for sentence in paragraph):
            longest[sentence.text] = len(sentence.text.split())
    assert len(longest) > 60
    assert not [sentence for sentence, count in longest.items() if count > MOST_WORDS]


def test_no_sentence_has_a_percentage_or_a_cause() -> None:
    for facts in _every_report():
        told = " ".join(_short(facts)).lower()
        assert "%" not in told
        assert not [word for word in ("percent", "because", "thanks to", "caused", "worked") if word in told]

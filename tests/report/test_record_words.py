"""The cells of the record pages: not asked apart from none, missing apart from nought, units with product."""

from datetime import UTC, datetime
from uuid import UUID

from dermlog.domain.course import course_of
from dermlog.domain.face_map import FaceView
from dermlog.domain.screening import ScreeningOverride, ScreeningRule
from dermlog.domain.session import Technique
from dermlog.domain.side_effect import Severity, SideEffect, SideEffectTerm, WarningSign
from dermlog.domain.visit import Acknowledgement, VisitMode
from dermlog.report.record_words import (
    dose_line,
    gone_text,
    no_episodes_line,
    session_lines,
    side_effects_text,
    spots_text,
    visit_remark,
    warnings_asked_line,
)
from tests.report.reports import (
    DOCTOR,
    DYSPORT,
    NONE_OF_ALL,
    PREPARED,
    facts_of_the_pictures,
    make_facts,
    make_session,
    make_sites,
    make_visit,
    scores,
    week,
)


def test_not_asked_is_apart_from_none() -> None:
    assert side_effects_text(make_visit(week(2))) == "not asked"
    assert side_effects_text(make_visit(week(2), side_effects=NONE_OF_ALL)) == "none"
    assert side_effects_text(make_visit(week(2), side_effects=NONE_OF_ALL[:3])) == "none (3 of 8 asked)"


def test_reactions_are_listed_the_worst_first() -> None:
    told = (
        SideEffect(SideEffectTerm.BRUISING, Severity.MILD, ended=week(1)),
        SideEffect(SideEffectTerm.PAIN, Severity.SEVERE),
    )
    assert side_effects_text(make_visit(week(2), side_effects=told)) == (
        "pain or tenderness, severe; bruising, mild (gone)"
    )


def test_a_long_reaction_is_cut_in_the_narrow_column_only() -> None:
    told = (SideEffect(SideEffectTerm.OTHER, Severity.MILD, label="x" * 200),)
    visit = make_visit(week(2), side_effects=told)
    assert side_effects_text(visit) == "x" * 40 + "…, mild"


def test_spots_that_were_not_counted_are_dashes() -> None:
    assert spots_text(make_visit(week(0))) == "–"
    assert spots_text(make_visit(week(0), *scores(inflamed=0))) == "0 + –"
    assert spots_text(make_visit(week(0), *scores(inflamed=3, others=12))) == "3 + 12"


def test_a_dose_names_its_product() -> None:
    visit = make_visit(week(0))
    facts = make_facts([visit], [make_session(visit, DYSPORT)])
    session = facts.course.sessions[0].session
    assert session is not None
    assert dose_line(facts, session, FaceView.FRONT) == "Dysport · 36 units at 18 points · Dr Sato"


def test_a_map_of_one_view_says_how_much_it_shows() -> None:
    visit = make_visit(week(0))
    session = make_session(visit, sites=make_sites(4) + make_sites(2, "1.5", FaceView.LEFT))
    facts = make_facts([visit], [session])
    assert dose_line(facts, session, FaceView.LEFT) == "Botox · 3 of 11 units at 2 of 6 points · Dr Sato"


def test_a_session_is_told_in_full() -> None:
    visit = make_visit(week(0))
    session = make_session(
        visit,
        vials=2,
        technique=Technique.MIXED,
        note="left brow low",
        overrides=(ScreeningOverride(ScreeningRule.PREGNANCY, "test was negative"),),
    )
    assert session_lines(make_facts([visit], [session]), session) == [
        "Botox (onabotulinumtoxinA)",
        "Lot C4377 · use by 2028-03",
        "2 vials of 100 U with 2.5 mL saline: 4 U in 0.1 mL",
        "Mixed · needle 32 G",
        "Injected by Dr Sato",
        "Signed by Dr Sato, 20 Mar 2026 12:00",
        "Went on although the screening said stop: test was negative",
        "Note: left brow low",
    ]


def test_a_session_without_a_signature_says_so() -> None:
    visit = make_visit(week(0))
    session = make_session(visit, signature=None, injector_id=UUID(int=999))
    lines = session_lines(make_facts([visit], [session]), session)
    assert "Not signed" in lines
    assert "Injected by name not recorded" in lines


def test_remarks_tell_how_a_visit_came_about() -> None:
    visit = make_visit(
        week(2),
        mode=VisitMode.PHONE,
        entered_at=datetime(2026, 4, 20, 9, tzinfo=UTC),
        warning_signs=(WarningSign.DOUBLE_VISION,),
        note="called <back>",
    )
    seen = Acknowledgement(visit.id, DOCTOR, PREPARED, note="sent to hospital")
    entry = course_of([visit], []).entries[0]
    assert visit_remark(make_facts([visit]), entry) == (
        "By phone. Entered later, on 20 Apr 2026. Warning signs not yet confirmed by a doctor.\n"
        "Note: called <back>"
    )
    assert visit_remark(make_facts([visit], acknowledgements={visit.id: seen}), entry) == (
        "By phone. Entered later, on 20 Apr 2026. "
        "Warning signs confirmed by Dr Sato on 2 Oct 2026 14:20. sent to hospital\nNote: called <back>"
    )


def test_how_often_was_asked_is_counted() -> None:
    course = facts_of_the_pictures().course
    assert warnings_asked_line(course) == "Warning signs: asked at 7 of 9 visits, told at none."
    assert (
        no_episodes_line(course_of([make_visit(week(0))], []))
        == "Side effects were not asked about at any visit."
    )
    asked = course_of([make_visit(week(0)), make_visit(week(2), side_effects=NONE_OF_ALL)], [])
    assert no_episodes_line(asked) == "Asked about at 1 of 2 visits; none told."
    assert warnings_asked_line(asked) == "Warning signs: not asked at any visit."


def test_the_end_of_a_side_effect_is_as_sure_as_it_is() -> None:
    pain = SideEffectTerm.PAIN

    def gone(*visits: tuple[SideEffect, ...]) -> str:
        made = [make_visit(week(2 * number), side_effects=told) for number, told in enumerate(visits, 1)]
        return gone_text(course_of(made, []).episodes[0])

    mild = SideEffect(pain, Severity.MILD)
    assert gone((mild,)) == "still open on 3 Apr 2026"
    assert gone((mild,), (SideEffect(pain, Severity.NONE),)) == "by 17 Apr 2026"
    assert gone((SideEffect(pain, Severity.MILD, ended=week(1)),)) == "27 Mar 2026"

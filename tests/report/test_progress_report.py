"""The whole report: every fact as it was typed, every odd course, the same bytes each time."""

import io
import re
from dataclasses import replace
from datetime import timedelta
from threading import Thread
from uuid import UUID

import pikepdf
import pytest

from dermlog.domain.face_map import Zone
from dermlog.domain.photo import PhotoView
from dermlog.domain.schedule import planned
from dermlog.domain.side_effect import (
    BodySide,
    Severity,
    SideEffect,
    SideEffectTerm,
    WarningSign,
    WeaknessPlace,
)
from dermlog.report.facts import PhotoPair, ReportFacts
from dermlog.report.progress_report import write_pdf
from tests.report.reports import (
    BOTOX,
    CLINIC,
    DYSPORT,
    NONE_OF_ALL,
    PATIENT,
    PREPARED,
    START,
    facts_of_the_pictures,
    jpeg,
    make_facts,
    make_pair,
    make_photo,
    make_session,
    make_visit,
    pages_of,
    scores,
    week,
)

VIEWS = (PhotoView.FRONT, PhotoView.RIGHT_45, PhotoView.LEFT_45, PhotoView.FOREHEAD)


def _pages(facts: ReportFacts) -> list[str]:
    return pages_of(write_pdf(facts))


def _text(facts: ReportFacts) -> str:
    return " ".join(_pages(facts))


def test_the_report_of_the_pictures() -> None:
    patient, record, photos = _pages(facts_of_the_pictures())
    for words in (
        "Your treatment progress",
        "In short",
        "severe → slight",
        "24 spots to 9",
        "How your skin changed",
        "Botox · 36 U · 18 pts",
        "Before and now",
        "Before · 20 Mar 2026",
        "Week 28 · 2 Oct 2026",
        "What comes next",
        "the week of 9 Nov 2026",
    ):
        assert words in patient
    for words in (
        "Treatments and visits",
        "Treatment 1 · 20 Mar 2026",
        "Treatment 2 · 24 Jul 2026",
        "Botox · 36 units at 18 points · Dr Sato",
        "Botox · 40 units at 20 points · Dr Sato",
        "brow weakness, left, mild",
        "Side effects",
        "cold pack",
        "none needed",
        "Lot C4377",
    ):
        assert words in record + photos
    assert "Front" in photos


def test_every_page_names_patient_clinic_and_place() -> None:
    pages = _pages(facts_of_the_pictures())
    for number, page in enumerate(pages, start=1):
        assert "Maya Lindqvist · born 4 Feb 1997 · chart no. DL-0142" in page
        assert "Harbour Skin Clinic" in page
        assert "12 Quay Street · 555 0142" in page
        assert "DL-0142 · prepared 2 Oct 2026 14:20 by Nurse Okafor · Confidential" in page
        assert f"Page {number} of {len(pages)}" in page


def test_the_same_facts_give_the_same_bytes() -> None:
    assert write_pdf(facts_of_the_pictures()) == write_pdf(facts_of_the_pictures())
    later = facts_of_the_pictures(prepared_at=facts_of_the_pictures().prepared_at + timedelta(minutes=1))
    assert write_pdf(later) != write_pdf(facts_of_the_pictures())


def test_it_may_be_written_in_another_thread() -> None:
    written: list[bytes] = []
    threads = [Thread(target=lambda: written.append(write_pdf(facts_of_the_pictures()))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(written) == {write_pdf(facts_of_the_pictures())}
    assert len(written) == 2


def test_the_document_says_what_it_is() -> None:
    with pikepdf.open(io.BytesIO(write_pdf(facts_of_the_pictures()))) as document:
        info = document.docinfo
        assert str(info.Title) == "Treatment progress, chart no. DL-0142"
        assert str(info.Author) == "Harbour Skin Clinic"
        assert str(document.Root.Lang) == "en"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        # A name in the title would stand in every list of recent files.
        assert "Lindqvist" not in str(info.Title)


def test_all_fonts_are_inside() -> None:
    with pikepdf.open(io.BytesIO(write_pdf(facts_of_the_pictures()))) as document:
        fonts = [font for page in document.pages for font in page.Resources.Font.values()]
        assert fonts
        for font in fonts:
            assert font.Subtype == "/Type0"
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_photos_are_passed_through_and_kept_small() -> None:
    pairs = tuple(make_pair(view, seed=2 * place) for place, view in enumerate(VIEWS))
    pdf = write_pdf(facts_of_the_pictures(photo_pairs=pairs))
    jpegs = [jpeg(seed) for seed in range(8)]
    assert [pdf.count(picture) for picture in jpegs] == [1] * 8
    assert len(pages_of(pdf)) == 4


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6, 10])
def test_any_number_of_views_is_printed(count: int) -> None:
    views = list(PhotoView)[:count]
    pairs = tuple(make_pair(view, seed=2 * place) for place, view in enumerate(views))
    text = _text(facts_of_the_pictures(photo_pairs=pairs))
    assert text.count("Before · 20 Mar 2026") == count + 1


def test_without_a_birth_date_that_is_said() -> None:
    assert "birth date not recorded" in _text(make_facts(patient=replace(PATIENT, birth_date=None)))


def test_an_empty_letterhead_leaves_no_empty_lines() -> None:
    facts = facts_of_the_pictures(clinic=replace(CLINIC, name="", address="", phone="", doctor=""))
    pages = _pages(facts)
    assert pages[0].startswith("Your treatment progress Maya Lindqvist · born")
    assert "Call us the same day for double vision" in pages[0]


def test_a_sample_is_marked_on_every_page() -> None:
    assert all(
        "Sample: invented patient" in page
        for page in _pages(facts_of_the_pictures(clinic=replace(CLINIC, is_sample=True)))
    )
    assert "Sample" not in _text(facts_of_the_pictures())


def test_no_visit_at_all() -> None:
    (page,) = _pages(make_facts())
    assert "There are no visits in your record yet." in page
    assert "Call the emergency number at once" in page


def test_no_follow_up_yet() -> None:
    visit = make_visit(week(0), *scores(4, 3))
    prepared = PREPARED.replace(month=3, day=27)
    facts = make_facts([visit], [make_session(visit)], due=planned(1, START, 2), prepared_at=prepared)
    pages = _pages(facts)
    assert len(pages) == 2
    assert "We have not checked your skin since then." in pages[0]
    assert "the week of 30 Mar 2026" in pages[0]
    assert "not asked yet" in pages[0]
    assert "There are no photos yet." in pages[0]
    assert "Side effects were not asked about at any visit." in pages[1]
    assert "Lot C4377" in pages[1]


def test_a_visit_without_any_treatment() -> None:
    pages = _pages(make_facts([make_visit(week(0), *scores(4, 3))]))
    assert "You have not had a treatment with us yet." in pages[0]
    assert "A triangle marks a treatment" not in pages[0]
    assert "No treatment is recorded." in pages[1]


def test_no_change_and_worse_have_their_place() -> None:
    first = make_visit(week(0), *scores(3, 1))
    facts = make_facts([first, make_visit(week(4), *scores(3, 3))], [make_session(first)])
    page = _pages(facts)[0]
    assert "no change" in page
    assert "almost clear → moderate" in page
    assert "worse: 1 to 3 on a scale of 0–4" in page


def test_twenty_visits_and_five_treatments() -> None:
    visits = [
        make_visit(week(2 * number), *scores(number % 5, 2), note=f"note{number:02}") for number in range(20)
    ]
    products = (BOTOX, DYSPORT)
    sessions = [make_session(visit, products[place % 2]) for place, visit in enumerate(visits[::4])]
    pages = _pages(make_facts(visits, sessions))
    text = " ".join(pages)
    assert re.findall(r"note\d\d", text) == [f"note{number:02}" for number in range(20)]
    assert sum("Oiliness IGA" in page for page in pages) >= 2
    for number in range(1, 6):
        assert text.count(f"Treatment {number} · ") == 2
    assert {"Botox, units", "Dysport, units"} <= set(re.findall(r"(?:Botox|Dysport), units", text))


def test_units_of_two_products_are_never_added() -> None:
    visits = [make_visit(week(0), *scores(3)), make_visit(week(16), *scores(2))]
    sessions = [make_session(visits[0], BOTOX), make_session(visits[1], DYSPORT)]
    text = _text(make_facts(visits, sessions))
    assert "Botox · 36 units" in text
    assert "Dysport · 36 units" in text
    assert "72" not in text


def test_a_warning_sign_comes_first() -> None:
    visits = [
        make_visit(week(0), *scores(3)),
        make_visit(week(1), side_effects=NONE_OF_ALL, warning_signs=(WarningSign.BREATHING,)),
    ]
    pages = _pages(make_facts(visits, [make_session(visits[0])]))
    assert pages[0].index("Warning signs") < pages[0].index("In short")
    assert "you told us about trouble breathing" in pages[0]
    assert "WARNING SIGN: trouble breathing" in pages[1]


def test_withheld_photos_are_explained() -> None:
    text = _text(facts_of_the_pictures(photo_pairs=(), photos_withheld=True))
    assert text.count("Photos are not printed: there is no consent for photos on record.") == 2
    assert "There are no photos yet" not in text


def test_a_first_photo_taken_later_is_not_called_before() -> None:
    pair = PhotoPair(PhotoView.FRONT, make_photo(week(4)), make_photo(week(8), 1))
    page = _pages(facts_of_the_pictures(photo_pairs=(pair,)))[0]
    assert "Week 4 · 17 Apr 2026" in page
    assert "Before · " not in page


def test_a_view_without_a_later_photo_says_so() -> None:
    pages = _pages(facts_of_the_pictures(photo_pairs=(make_pair(last=None),)))
    assert "There is no later photo of this view yet." in pages[0]
    assert len(pages) == 2 or "Before · 20 Mar 2026" not in " ".join(pages[1:])
    two = (make_pair(), make_pair(PhotoView.LEFT_45, last=None, seed=3))
    assert "No later photo of this view." in _text(facts_of_the_pictures(photo_pairs=two))


def test_a_complete_pair_is_shown_before_a_front_without_a_later_photo() -> None:
    pairs = (make_pair(last=None), make_pair(PhotoView.LEFT_45, seed=3))
    assert "Week 28 · 2 Oct 2026" in _pages(facts_of_the_pictures(photo_pairs=pairs))[0]


def test_unfinished_entries_are_said() -> None:
    assert "2 unfinished entries are not in this report." in _text(facts_of_the_pictures(unfinished=2))
    assert "1 unfinished entry is not in this report." in _text(make_facts(unfinished=1))


def test_side_effects_that_were_not_asked_are_apart_from_none() -> None:
    visits = [
        make_visit(week(0), *scores(3)),
        make_visit(week(2), *scores(3), side_effects=NONE_OF_ALL),
        make_visit(week(4), *scores(3)),
    ]
    record = _pages(make_facts(visits, [make_session(visits[0])]))[1]
    assert record.count("not asked") >= 2
    assert "Asked about at 1 of 3 visits; none told." in record


def test_sebum_is_listed_by_zone() -> None:
    values = {Zone.FOREHEAD: "258", Zone.NOSE: "231.5"}
    first = make_visit(week(0), *scores(3, sebum=values))
    text = _text(make_facts([first, make_visit(week(2), *scores(2))], [make_session(first)]))
    assert "Sebum in µg/cm²: Sebumeter SM 815, casual level" in text
    assert "Forehead Nose" in text
    assert "231.5" in text


def test_a_missing_value_is_a_dash_and_never_a_nought() -> None:
    visits = [make_visit(week(0), *scores(3, 2)), make_visit(week(2))]
    record = _pages(make_facts(visits, [make_session(visits[0])]))[1]
    assert "3 Apr 2026 2 Follow-up Nurse Okafor – – –" in record
    assert "“–” means not measured." in record


def test_very_many_side_effects_do_not_break_the_page() -> None:
    effects = tuple(
        SideEffect(SideEffectTerm.OTHER, Severity.MILD, label=f"reaction {number:03} " + "x" * 180)
        for number in range(60)
    )
    weak = SideEffect(SideEffectTerm.MUSCLE_WEAKNESS, Severity.SEVERE, WeaknessPlace.SMILE, BodySide.BOTH)
    visits = [make_visit(week(0), *scores(3)), make_visit(week(2), side_effects=(*effects, weak))]
    pages = _pages(make_facts(visits, [make_session(visits[0])]))
    listed = re.findall(r"reaction \d{3}", " ".join(pages[1:]))
    assert {f"reaction {number:03}" for number in range(60)} <= set(listed)
    assert "You had 57 other side effects; the next pages list them." in pages[0]


def test_staff_and_products_that_are_not_known_do_not_break_the_page() -> None:
    visit = make_visit(week(0), *scores(3), recorded_by=UUID(int=404))
    session = make_session(visit, injector_id=UUID(int=404), signature=None)
    text = _text(make_facts([visit], [session], staff_names={}))
    assert "name not recorded" in text
    assert "Not signed" in text

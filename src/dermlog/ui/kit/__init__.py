"""Widgets that know no dermatology. What there is, and how to make it (import from the named file):

theme          apply(app, Mode.SYSTEM|LIGHT|DARK, scale=1.0); theme() tokens: ink muted line ground card
               accent oiliness breakouts caution danger, their _soft _ink _fill; color(theme().ink); px(size);
               font(13, bold=False); theme_signals().changed; Tone.NEUTRAL|GOOD|CAUTION|DANGER;
               dress(widget) for a window of one's own that is no Screen and no Dialog
option         Option(value, label, detail="", tone=Tone.NEUTRAL, key="")
label          Label(text, role=, tone=, wrap=False); restyle(widget, property, value)
               role body|strong|muted|small|caption|label|title|heading|subheading|value|error|hint
               tone ""|good|caution|danger|oiliness|breakouts
elided_label   ElidedLabel(text, role=, tone=): one line, ends in an ellipsis
card           Card(title, note=, trailing=widget, panel="card|danger|caution|*_soft"): add(widget, stretch),
               add_layout(layout), body; separator()
heading        PageHeading(title, note): add_action(button), set_badges([Badge]), set_title(title, note);
               section(title, note) inside a card
badge          Badge(text, Tone): set_text(text, tone)
choice_chips   ChoiceChips([Option], name=, several=False): value() values() set_value() set_values();
               value_changed(value, or tuple of values)
tile           Tile(label, value, line, tone=): set_value(value, line, tone=)
meter          Meter(): show_part("Vial: 33 of 100 U used", 0.33, Tone.GOOD)
choice         Choice, base of segmented, dot_choice, tab_row: value() set_value() is_unset() set_options();
               value_changed(object), chosen_by_key; arrows, numbers, letters; Backspace clears
segmented      SegmentedControl([Option], name=, allow_unset=True, value=None)
dot_choice     DotChoice([Option], name=): round marks in equal columns, for a matrix of questions
tab_row        TabRow([Option], name=): underlined page names
button         Button(text, Kind.PRIMARY|PLAIN|DANGER|QUIET, key="Ctrl S", small=, menu_arrow=, name=)
key_hint       KeyHint("Del")
key_help       KeyHelp(parent, [KeyGroup(title, (((keys…), words), …))]).exec()
field          Field, base of all inputs: label above, set_error(sentence|None), error(), focus(), set_label()
text_field     TextField(label, text=, suffix="mL", hint="was 14", placeholder=, key=, name=): text()
               set_text() set_hint() set_suffix() set_read_only(); edited(str), committed(); .edit
note_field     NoteField(label, text=, lines=4, limit=20000): text() set_text() is_too_long(); edited()
number_field   NumberField(label, number=, suffix=, hint=): number() -> Decimal|None, set_number(),
               is_garbled(), is_empty(); read_number(text), number_text(value)
date_field     DateField(label, day=, month_only=False): date() -> date|None, set_date(),
               is_garbled(), is_empty()
date_text      read_date(text, today), read_month(text, today), month_text(day)
combo          Combo(label, [Option], value=, placeholder=): value() set_value() set_options(); value_changed
check_list     CheckList([Option], name=): values() set_values(); value_changed(tuple)
record_table   RecordTable([Column], name=, empty=, row_height=40, header=True, open_on_click=False): rows()
               set_rows(rows) current() select_row() set_empty_text() fit_height(); row_opened(row),
               button_pressed(row, column), current_changed(row|None)
               Column(title, row -> Cell|str, stretch=0, width=120, end=False)
               Cell(text, detail=, strong=, muted=, badge=Tone, button=False, danger=False)
notice         Notice(): tell(sentence, "info|caution|danger"), add_button(text, call), hush();
               SavedStatus(): saved(datetime, draft=True), say(text, Tone, seconds=0)
dialog         Dialog(parent, title, line=, width=): body, notice, add_accept(text), add_cancel(),
               add_button(text), override holds_unsaved(); ask(parent, title, line, yes, kind=) -> bool;
               say(parent, title, line)
empty_state    EmptyState(title, line, action=button)
scroll_area    ScrollArea(content=None): add(widget), body
flow_layout    FlowLayout(parent, gap=8): lines that wrap; clear()
background     run(work(task), done=, failed=, progress=, receiver=) -> Task: cancel(), check(), report(value)
crash          install(log_file)
focus_ring     ring_wanted(event), paint_ring(painter, rect, radius)
screen         Screen, base of screens: page layout, title(), may_leave(), on_shown(), wishes as signals
"""

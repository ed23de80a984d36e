"""Facts of a session and of a course, and the safety sentences everyone sees."""

from journal.content.choices import DOSE_UNITS, POSITIONS, ROUTES, SETTINGS, YES_NO
from journal.content.structure import Fact, Safety

FACTS = (
    Fact("session.route", "session", "route", "choice", ROUTES),
    Fact("session.dose", "session", "dose", "dose", DOSE_UNITS),
    Fact("session.duration_min", "session", "duration_min", "number", suggestions=(30, 45, 60, 90, 120)),
    Fact("session.position", "session", "position", "choice", POSITIONS),
    Fact("session.number", "session", "number", "number"),
    Fact("course.plan", "course", "plan", "text"),
    Fact("session.setting", "session", "setting", "choice", SETTINGS),
    Fact("session.place", "session", "place", "text"),
    Fact("session.staff_present", "session", "staff_present", "yes_no", YES_NO),
    Fact("session.antinausea_given", "session", "antinausea_given", "yes_no", YES_NO),
    Fact("session.dose_adjusted", "session", "dose_adjusted", "yes_no", YES_NO),
    Fact("session.water", "session", "water", "yes_no", YES_NO),
    Fact("session.rest", "session", "rest", "yes_no", YES_NO),
    Fact("se.bp_up", "session", "blood_pressure", "blood_pressure"),
    Fact("session.pulse", "session", "pulse", "number"),
)

SAFETY = (
    Safety("no_driving", "label", ("after_landing", "help", "start")),
    Safety("get_up_slowly", "article", ("after_landing", "help")),
    Safety("water", "article", ("after_landing", "before")),
    Safety("call_now", "label", ("after_landing", "help")),
    Safety("dark_thoughts", "label", ("after_landing", "help")),
    Safety("rest", "article", ("help",)),
    Safety("quiet_day", "clinics", ("help",)),
    Safety("nausea", "article", ("help",)),
    Safety("blood_pressure", "article", ("help",)),
    Safety("senses", "article", ("help",)),
    Safety("risks", "article", ("help",)),
    Safety("bladder", "regulator", ("help",)),
    Safety("misuse", "regulator", ("help",)),
    Safety("at_home", "regulator", ("home",)),
    Safety("one_part", "article", ("help",)),
    Safety("review", "article", ("before", "help")),
)

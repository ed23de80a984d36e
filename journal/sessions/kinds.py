"""The four kinds of sealed row. Their names stand inside every seal and can never change."""

from journal.sessions.models import Addition, CheckIn, Course, DosingSession
from journal.sessions.rows import Kind

COURSE = Kind("course", Course)
SESSION = Kind("session", DosingSession, inner_links=("course_id",))
CHECK_IN = Kind("check_in", CheckIn, links=("session_id",))
ADDITION = Kind("addition", Addition)

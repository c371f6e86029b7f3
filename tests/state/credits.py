"""credits.py: the state's rule of continuing legal education, its approvals, and who attests."""
from people import DAY, day_text

TEXT = "I took part in all of it."


class Credits:
    def __init__(self, rng, completions, start, end):
        """`completions` are rows of that table."""
        s, e = start // DAY, end // DAY
        self.rules = [(1, "cle", "Continuing legal education", "The rules of the State Bar", day_text(s - 400), 0, 50, 25,
                       "down", "stated", 1, 0, 85, TEXT, 0, 600, "calendar", 0, (s - 10) * DAY)]
        self.disciplines = [(1, d) for d in ("prosecutor", "defense-attorney", "civil-attorney", "judge")]
        # What the time counts that somebody was active, in years of service; for other disciplines later, until it ends.
        self.rule("ce", s - 90, (s - 5) * DAY, 60, 10, "nearest", "active", 0, 60, 0, 0, 350, "personal", 0,
                  ("caseworker", "advocate", "health"))
        self.rule("ce", s + 500, (s + 480) * DAY, 50, 25, "down", "active", 0, 80, 90, 1, 0, "fiscal", 9, ())
        self.rule("ce", e - 130, (e - 150) * DAY, 60, 25, "down", "stated", 0, 0, 0, 0, 0, "calendar", 0, (), 1)
        # As many hours as were approved; and in-service hours that begin with the calendar year.
        self.rule("judicial", s, s * DAY, 60, 50, "down", "approved", 1, 0, 0, 1, 0, "fiscal", 0, ("judge", "prosecutor"))
        self.rule("in-service", s + 420, (s + 400) * DAY, 60, 25, "down", "stated", 0, 0, 0, 1, 900, "calendar", 0, ())
        self.approvals, core, cases = [], "bridging-the-systems", "three-cases"
        # Recorded long after it began; the next of the same body is withdrawn; a second body gives more.
        self.approve(core, "State Bar", "A-1", 400, s - 30, e - 300, (e - 400) * DAY)
        second = self.approve(core, "State Bar", "A-2", 350, e - 299, None, (e - 299) * DAY)
        self.approve(core, "State Bar", "A-2", 350, e - 299, None, (e - 150) * DAY, second, e - 170)
        self.approve(core, "Institute for Judges", "J-7", 450, s - 30, None, s * DAY)
        self.approve(cases, "Institute for Judges", "J-8", 200, s - 30, None, s * DAY)
        # One body for two States; one that begins long after people completed the course, and ends.
        self.approve(core, "Judicial Council", "C-1", 300, s - 30, None, s * DAY, type_="judicial")
        self.approve(core, "Judicial Council", "C-2", 325, s - 30, None, s * DAY, type_="judicial", state="Birch")
        self.approve(cases, "Judicial Council", "C-3", 125, s + 300, e - 200, (s + 290) * DAY, type_="judicial", state=None)
        self.attestations = []
        for r in completions:
            if r[4] is None and r[2] in (core, cases) and r[6] in {d for _, d in self.disciplines} and rng.random() < 0.8:
                at = min(end, r[10] + rng.choice((60, 3600, 40 * DAY)))
                self.attestations.append((len(self.attestations) + 1, r[1], r[0], "cle", TEXT, at))

    def rule(self, type_, since, at, hour, step, rounding, basis, approval, share, score, repeats, most, year, month,
             disciplines, ends=0):
        number = len(self.rules) + 1
        self.rules.append((number, type_, "Hours of " + type_, "The board", day_text(since), ends, hour, step, rounding, basis,
                           approval, share, score, None, repeats, most, year, month, at))
        self.disciplines += [(number, d) for d in disciplines]

    def approve(self, course, body, number, hours, since, until, at, corrects=None, withdrawn=None, type_="cle",
                state="Alder"):
        day = lambda d: None if d is None else day_text(d)
        self.approvals.append((len(self.approvals) + 1, corrects, course, course, type_, state, body, number, hours,
                               day(since), day(until), day(withdrawn), "In the file", at))
        return len(self.approvals)

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
        self.approvals, core, cases = [], "bridging-the-systems", "three-cases"
        # Recorded long after it began; the next of the same body is withdrawn; a second body gives more.
        self.approve(core, "State Bar", "A-1", 400, s - 30, e - 300, (e - 400) * DAY)
        second = self.approve(core, "State Bar", "A-2", 350, e - 299, None, (e - 299) * DAY)
        self.approve(core, "State Bar", "A-2", 350, e - 299, None, (e - 150) * DAY, second, e - 170)
        self.approve(core, "Institute for Judges", "J-7", 450, s - 30, None, s * DAY)
        self.approve(cases, "Institute for Judges", "J-8", 200, s - 30, None, s * DAY)
        self.attestations = []
        for r in completions:
            if r[4] is None and r[2] in (core, cases) and r[6] in {d for _, d in self.disciplines} and rng.random() < 0.8:
                at = min(end, r[10] + rng.choice((60, 3600, 40 * DAY)))
                self.attestations.append((len(self.attestations) + 1, r[1], r[0], "cle", TEXT, at))

    def approve(self, course, body, number, hours, since, until, at, corrects=None, withdrawn=None):
        day = lambda d: None if d is None else day_text(d)
        self.approvals.append((len(self.approvals) + 1, corrects, course, course, "cle", "Alder", body, number, hours,
                               day(since), day(until), day(withdrawn), "In the file", at))
        return len(self.approvals)

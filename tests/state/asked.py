"""asked.py: what the state asks of whom: requirements of every kind, waivers, outside training, leave."""
from people import DAY, day_of, day_text

CORE, CASES = "bridging-the-systems", "three-cases"


def rule(day, kind, at=None, **more):
    r = {"from": day, "kind": kind, "days": 0, "month": 0, "every": 0, "window": 0, "from_expiry": 0, "grace": 0,
         "minutes": 0, "chairs": 0, "fixed": None, "ends": 0, "everybody": 0, "orgs": [], "disciplines": [], "people": [], "title": "Training"}
    r.update(more)
    r["at"] = at if at is not None else day * DAY + 36000
    return r


def requirements(rng, orgs, people, start, end):
    """[(slug, course, rules)]"""
    s, e = start // DAY, end // DAY
    of = lambda *slugs: [a["id"] for a in orgs.agencies if a["slug"] in slugs]
    forces = [f["id"] for f in orgs.forces]
    unit = next(a for a in orgs.agencies if a["units"])
    named = [p["id"] for p in rng.sample(people, 12)]
    three = ["prosecutor", "caseworker", "advocate"]
    core = {"orgs": of("dcs", "da", "haven"), "disciplines": three, "title": "Core course, every year"}
    return [
        ("core-yearly", CORE, [
            rule(s, "assigned", days=30, every=12, window=90, from_expiry=1, grace=14, **core),
            rule(s + 500, "assigned", days=45, every=12, window=60, from_expiry=1, grace=30, **core),
            # Of the same day, recorded later: a mistake corrected.
            rule(s + 500, "assigned", at=(s + 520) * DAY, days=45, every=12, window=60, from_expiry=1, grace=7, **core)]),
        ("core-on-hire", CORE, [
            rule(s + 10, "hired", days=60, every=24, orgs=of("police", "probation", "health"), title="Core on hire")]),
        ("cases-by-day", CASES, [
            rule(s + 100, "fixed", fixed=day_text(e - 200), days=30, orgs=forces, title="Cases before the exercise")]),
        ("cases-soon", CASES, [
            rule(e - 100, "fixed", fixed=day_text(e + 20), days=30, window=120, grace=5, orgs=forces[:2],
                 title="Cases anew")]),
        ("own-track", "for-caseworkers", [
            rule(s, "discipline", days=45, disciplines=["caseworker"], title="The caseworkers' track")]),
        ("prosecutors-track", "for-prosecutors", [
            rule(s + 30, "discipline", days=60, every=12, grace=10, disciplines=["prosecutor"], title="Track, yearly")]),
        ("casa-year", CORE, [
            rule(s, "year", month=1, disciplines=["guardian"], title="In every calendar year"),
            rule(s + 420, "year", month=1, window=180, grace=31, disciplines=["guardian"],
                 title="In every calendar year")]),
        ("fiscal-cases", CASES, [
            rule(s + 5, "year", month=7, grace=10, orgs=[unit["id"]] + [u["id"] for u in unit["units"][:2]],
                 title="In every fiscal year")]),
        ("judges-once", "for-judges", [
            rule(s + 60, "assigned", days=90, disciplines=["judge"], people=named[:4], title="For judges, once"),
            rule(s + 700, "assigned", days=90, every=18, disciplines=["judge"], title="For judges, again")]),
        ("named-leads", CORE, [
            rule(s + 200, "fixed", fixed="2024-02-29" if s < 19700 else day_text(s + 300), days=20, every=12, window=45,
                 people=named, title="Leads")]),
        ("ended", CASES, [
            rule(s + 50, "assigned", days=60, every=6, disciplines=["law-enforcement", "health"], title="Cases by half-year"),
            rule(s + 600, "assigned", ends=1, title="Cases by half-year"),
            rule(s + 800, "assigned", days=60, disciplines=["health"], title="Cases once")]),
        ("everybody", CASES, [
            rule(s + 300, "assigned", days=120, every=24, window=90, grace=30, everybody=1, title="All of the state")]),
    ]


def curriculum(start):
    """A course, a discipline and a scenario that were out of the curriculum for some weeks."""
    gone = [("course", CORE), ("discipline", "health"), ("scenario", CASES + "/devon-at-juvenile-intake")]
    return [(kind, slug, there, start + days * DAY) for kind, slug in gone for there, days in
            ((1, 5), (0, 480), (1, 520), (0, 955), (1, 985))]


class Asked:
    def __init__(self, rng, orgs, people, start, end, requirements_):
        self.requirements, self.rules, self.targets, self.training = [], [], [], []
        self.hours = []  # which of them ask for hours
        managers = [p["id"] for p in people[:40]]
        for i, (slug, what, rules) in enumerate(requirements_, 1):
            q = what if isinstance(what, dict) else {"kind": "course", "course": what}
            self.hours += [i] if q["kind"] == "hours" else []
            self.requirements.append((i, slug, q["kind"], q.get("course"), q.get("course"), q.get("module"), q.get("title"),
                                      q.get("credit_type"), min(r["at"] for r in rules)))
            for r in rules:
                self.rules.append((len(self.rules) + 1, i, day_text(r["from"]), r["ends"], r["everybody"], r["title"],
                                   r["kind"], r["fixed"], r["days"], r["month"], r["every"], r["window"],
                                   r["from_expiry"], r["grace"], r["minutes"], r["chairs"], r["at"],
                                   rng.choice(managers + [None] * 10)))
                for column, ids in enumerate((r["orgs"], r["disciplines"], r["people"])):
                    for x in ids:
                        who = [None, None, None]
                        who[column] = x
                        self.targets.append((len(self.rules), *who))
        self.rng, self.end, self.admin = rng, end, 1
        for p in people:
            self.exceptions(p, start, end, len(self.requirements))

    def row(self, first, p, requirement, kind, on, until, approved, at, withdrawn=0, reason="As agreed", minutes=None,
            credit_type=None):
        evidence = {"leave": "", "waiver": self.rng.choice(("", "A letter of the chief"))}.get(kind, "A letter in the file")
        if minutes is None:
            minutes = self.rng.randrange(0, 30) * 15 if kind == "outside training" else 0
        self.training.append((len(self.training) + 1, first, p["id"], requirement, kind, day_text(on),
                              None if until is None else day_text(until), reason, evidence, approved, minutes, credit_type,
                              "", withdrawn, at))
        return len(self.training)

    def exceptions(self, p, start, end, n):
        rng = self.rng
        begin = max(start, p["created"])
        if begin > end - 30 * DAY:
            return
        if rng.random() < 0.04:
            on = rng.randrange(begin, end) // DAY
            first = self.row(None, p, None, "leave", on, on + rng.randrange(5, 180) if rng.random() < 0.9 else None, "",
                             min(end, on * DAY + rng.randrange(20 * DAY)))
            if rng.random() < 0.2:
                self.row(first, p, None, "leave", on, on + 40, "", min(end, on * DAY + 50 * DAY), reason="Came back")
        for _ in range(rng.choice((0,) * 6 + (1, 2))):
            on = rng.randrange(begin, end) // DAY
            until = on + rng.randrange(10, 200) if rng.random() < 0.5 else None
            first = self.row(None, p, rng.randrange(1, n + 1), "waiver", on, until, "The director",
                             min(end, on * DAY + rng.randrange(40 * DAY)), reason=rng.choice(("Did it before", "As agreed")))
            if rng.random() < 0.3:  # a second one begins while the first holds, or after it
                self.row(None, p, self.training[first - 1][3], "waiver", on + rng.randrange(3, 120), None, "The chief",
                         min(end, on * DAY + rng.randrange(150 * DAY)), reason="A second time")
            if rng.random() < 0.25:
                self.row(first, p, self.training[first - 1][3], "waiver", on, until, "The director",
                         min(end, on * DAY + 60 * DAY), 1, "Given in error")
        if rng.random() < 0.05:
            on = rng.randrange(begin, end) // DAY
            at = min(end, on * DAY + rng.randrange(DAY, 50 * DAY))
            which, kind = rng.randrange(1, n + 1), "outside training"
            first = self.row(None, p, which, kind, on, None, "The director" if rng.random() < 0.5 else "", at,
                             reason="A course of the State")
            if rng.random() < 0.5:
                self.row(first, p, which, kind, on - rng.randrange(3), None, "The director",
                         min(end, at + rng.randrange(40 * DAY)), rng.random() < 0.2, "Seen and approved")

"""people.py: the agencies, units, task forces and people of the state, as rows. What they learn is work.py."""
import datetime

DAY = 86400
ZONES = ["America/Chicago", "America/Denver", "America/New_York", "America/Los_Angeles", "America/Phoenix",
         "America/Anchorage", "Pacific/Honolulu", "America/Chicago", "America/Puerto_Rico", "UTC"]
# What an agency is called, who works there (discipline: weight), how many of forty there are.
KINDS = [
    ("dcs", "Children's Services", {"caseworker": 9, "guardian": 1}, 9),
    ("da", "District Attorney", {"prosecutor": 6, "advocate": 4}, 7),
    ("police", "Police Department", {"law-enforcement": 1}, 7),
    ("probation", "Juvenile Probation", {"juvenile-justice": 9, "caseworker": 1}, 4),
    ("defender", "Public Defender", {"defense-attorney": 1}, 3),
    ("legal-aid", "Legal Aid", {"civil-attorney": 6, "immigration-attorney": 4}, 3),
    ("health", "Health Network", {"health": 9, "advocate": 1}, 3),
    ("court", "Family Court", {"judge": 5, "guardian": 5}, 2),
    ("casa", "CASA", {"guardian": 1}, 1),
    ("haven", "Haven for Survivors", {"advocate": 1}, 1),
]
PLACES = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gum", "Hazel", "Ironwood", "Juniper"]
FIRST = ["Ana", "Ben", "Chidi", "Dolores", "Émile", "Fatima", "Grace", "Hiroshi", "Ingrid", "José", "Keisha", "Liam",
         "Miriam", "Nguyễn", "Olu", "Priya", "Quentin", "Renée", "Søren", "Tomás", "Uma", "Víctor", "Wren", "Ximena",
         "Yusuf", "Zoë"]
LAST = ["Abara", "Brooks", "Castañeda", "Dvořák", "Eze", "Fernández", "García-López", "Herrera", "Ibrahim", "Jones",
        "Kowalski", "Lindqvist", "Müller", "Nakamura", "O'Brien", "Phạm", "Quiroga", "Raghunathan", "Smith", "Tran",
        "Underwood", "Vance", "Whitfield", "Xu", "Yılmaz", "Zhang", "van der Berg", "St. John"]
# Names as the world has them: right to left, without Latin letters, one word only, like a formula.
RARE = [("לוי", "נועה"), ("الحسيني", "ليلى"), ("山田", "花子"), ("김", "민준"), ("", "Björk"), ("=Cole", "Max"),
        ("Петрова", "Анна"), ("Παπαδοπούλου", "Ελένη"), ("-Roe", "@Jo"), ("Łoś", "Åsa")]


def day_text(day):
    return (datetime.date(1970, 1, 1) + datetime.timedelta(day)).isoformat()


def day_of(text):
    return (datetime.date.fromisoformat(text) - datetime.date(1970, 1, 1)).days


class Orgs:
    """Every org with its members' disciplines; `rows` are those of the tables org and org_name."""

    def __init__(self, rng, n_agencies, n_forces, start, first_id):
        self.rng, self.at, self.next = rng, start - 20 * DAY, first_id
        self.rows, self.names, self.agencies, self.forces = [], [], [], []
        kinds = [k for k in KINDS for _ in range(k[3])]
        for i in range(n_agencies):
            slug, name, work, _ = kinds[i * len(kinds) // n_agencies]
            place = PLACES[sum(a["slug"] == slug for a in self.agencies) % len(PLACES)]
            self.agency(place.lower() + "-" + slug, place + " County " + name, slug, work, i)
        for i in range(n_forces):
            force = self.add("task force", PLACES[i].lower() + "-mdt", PLACES[i] + " Task Force")
            self.forces.append({"id": force, "agencies": rng.sample(self.agencies, min(len(self.agencies), 4 + i % 3))})

    def add(self, kind, path, name, agency=None, parent=None, zone=None, month=None):
        self.rows.append((self.next, kind, path, agency, parent, zone, month, self.at))
        self.names.append((self.next, name, self.at))
        self.next += 1
        return self.next - 1

    def agency(self, path, name, slug, work, i):
        zone, month = ZONES[i % len(ZONES)], (7, 1, 10, 7, 4)[i % 5]
        me = self.add("agency", path, name, None, None, zone, month)
        units = []
        for u in range(self.rng.choice((0, 3, 5, 8, 12)) if i else 6):
            above = self.rng.choice(units + [None]) if u else None
            depth = above["depth"] + 1 if above else 0
            if depth > 3:
                above, depth = None, 0
            unit = self.add("unit", "%s/unit-%d" % (path, u + 1), "Unit %d" % (u + 1), me,
                            above["id"] if above else None)
            units.append({"id": unit, "depth": depth})
        self.agencies.append({"id": me, "path": path, "slug": slug, "work": work, "zone": zone, "units": units,
                              "month": month, "people": []})


class People:
    """Everybody, with what is said of them and where they belong, over the three years."""

    def __init__(self, rng, orgs, n, start, end, first_id):
        self.rng, self.orgs, self.start, self.end = rng, orgs, start, end
        self.rows, self.tenures, self.facts, self.members, self.leads, self.sharing = [], [], [], [], [], []
        self.all = []
        weights = [len(a["units"]) + 2 for a in orgs.agencies]
        for i in range(n):
            agency = rng.choices(orgs.agencies, weights)[0] if rng.random() > 0.005 else None
            self.person(first_id + i, i, agency)
        self.lead_all()
        self.share()

    def later(self, at, up_to=200):
        """When a row about a day was recorded: mostly that day, sometimes long after."""
        if self.rng.random() < 0.85:
            return at + self.rng.randrange(DAY // 2)
        return min(self.end, at + self.rng.randrange(up_to * DAY))

    def fact(self, p, field, value, since, at):
        self.facts.append((p["id"], field, value, day_text(since), at))

    def person(self, me, i, agency):
        rng = self.rng
        created = self.start - rng.randrange(20 * DAY) if rng.random() < 0.6 else rng.randrange(self.start, self.end)
        last, first = RARE[i // 40 % len(RARE)] if i % 40 == 7 else (rng.choice(LAST), rng.choice(FIRST))
        name = (first + " " + last).strip()
        work = agency["work"] if agency else {"health": 1, "law-enforcement": 1}
        discipline = rng.choices(list(work), list(work.values()))[0]
        email = "p%d@%s.example.org" % (me, agency["path"] if agency else "state")
        p = {"id": me, "name": name, "last": last, "email": email, "agency": agency, "created": created,
             "disciplines": [(created, discipline)], "spells": [], "diligence": rng.betavariate(7, 1.1),
             "signs_in": rng.random() > 0.08, "gone": []}
        self.all.append(p)
        if rng.random() < 0.06 and created < self.end - 60 * DAY:
            other = rng.choice(["caseworker", "advocate", "guardian", "prosecutor", "health", "judge"])
            if other != discipline:
                p["disciplines"].append((rng.randrange(created + 30 * DAY, self.end), other))
        self.tenures += [(me, d, at) for at, d in p["disciplines"]]
        self.say(p, last, first, agency)
        self.belong(p, agency)
        active = self.come_and_go(p)
        signed = rng.randrange(created, self.end) if p["signs_in"] else None
        now = self.rename(p) if i < 40 and i % 2 else name
        self.rows.append((me, email, email, now, p["disciplines"][-1][1], 1, active, created, signed))
        if agency:
            agency["people"].append(p)

    def say(self, p, last, first, agency):
        rng, created = self.rng, p["created"]
        day = created // DAY
        if rng.random() < 0.7 and last:
            self.fact(p, "last_name", last, day, created)
            self.fact(p, "first_name", first, day, created)
        if rng.random() < 0.9:
            self.fact(p, "employer_id", "E-%06d" % p["id"], day, created)
        if rng.random() < 0.95:
            hired = day - rng.randrange(0, 3000) if rng.random() < 0.5 else day - rng.randrange(0, 20)
            if rng.random() < 0.03:
                hired = day_of(rng.choice(("2020-02-29", "2024-02-29", "2016-02-29")))
            self.fact(p, "hired_on", day_text(hired), day, created)
            if rng.random() < 0.02:  # said wrongly, and corrected later, of the same day
                self.fact(p, "hired_on", day_text(hired - 31), day, self.later(created + DAY))
        if p["disciplines"][0][1] in ("prosecutor", "defense-attorney", "civil-attorney", "judge"):
            self.fact(p, "licence_body", "State Bar", day, created)
            self.fact(p, "licence_no", "%07d" % (p["id"] * 37), day, created)
        if agency and rng.random() < 0.6:
            at = rng.randrange(created, self.end)
            self.fact(p, "supervisor", "Supervisor %d" % rng.randrange(12), day, created)
            self.fact(p, "supervisor", "Supervisor %d" % rng.randrange(12), at // DAY, self.later(at))

    def rename(self, p):
        """Somebody is called otherwise from some day on; what was said first is kept."""
        at, now = self.rng.randrange(p["created"], self.end), p["name"] + "-Later"
        self.fact(p, "name", p["name"], p["created"] // DAY, p["created"])
        self.fact(p, "name", now, at // DAY, at)
        return now

    def member(self, p, org, begins, at):
        self.members.append((p["id"], org, begins, day_text(at // DAY), self.later(at)))

    def belong(self, p, agency):
        rng, at = self.rng, p["created"]
        if not agency:
            return
        here = rng.choice(agency["units"])["id"] if agency["units"] and rng.random() < 0.85 else agency["id"]
        self.members.append((p["id"], here, 1, day_text(at // DAY), at))
        p["unit"] = here
        if agency["units"] and rng.random() < 0.15:
            moved, there = rng.randrange(at, self.end), rng.choice(agency["units"])["id"]
            if there != here and moved // DAY > at // DAY:
                self.member(p, here, 0, moved)
                self.member(p, there, 1, moved)
                p["unit"] = there
        if rng.random() < 0.01:  # lent to a second agency, for good or for a time
            second = rng.choice(self.orgs.agencies)
            if second is not agency:
                since = rng.randrange(at, self.end)
                self.member(p, second["id"], 1, since)
                if rng.random() < 0.5:
                    self.member(p, second["id"], 0, min(self.end, since + 90 * DAY))
        for force in self.orgs.forces:
            if agency in force["agencies"] and rng.random() < 0.06:
                since = rng.randrange(at, self.end)
                self.member(p, force["id"], 1, since)
                if rng.random() < 0.25:
                    self.member(p, force["id"], 0, min(self.end, since + rng.randrange(DAY, 300 * DAY)))

    def come_and_go(self, p):
        """Leaves of the service: some for good, some return. 1: is active at the end."""
        rng = self.rng
        if rng.random() > 0.14 or p["created"] > self.end - 40 * DAY:
            return 1
        left = rng.randrange(p["created"] + 10 * DAY, self.end)
        self.fact(p, "active", "no", left // DAY, self.later(left, 30))
        if rng.random() < 0.3 and left < self.end - 30 * DAY:
            back = rng.randrange(left + 5 * DAY, self.end)
            self.fact(p, "active", "yes", back // DAY, max(self.later(back, 5), back))
            p["gone"].append((left, back))
            return 1
        p["gone"].append((left, self.end + DAY))
        return 0

    def lead_all(self):
        """An agency, its first units and the task forces each have somebody who leads."""
        rng = self.rng
        self.managers = set()
        for agency in self.orgs.agencies:
            staff = [p for p in agency["people"] if not p["gone"] and p["created"] < self.start]
            places = [agency["id"]] + [u["id"] for u in agency["units"][:4]]
            for place, p in zip(places, rng.sample(staff, min(len(staff), len(places)))):
                self.leads.append((p["id"], place, 1, day_text(self.start // DAY), self.start))
                self.managers.add(p["id"])
        for force in self.orgs.forces:
            staff = [p for p in force["agencies"][0]["people"] if not p["gone"] and p["created"] < self.start]
            for p in staff[:1]:
                force["lead"] = p["id"]
                self.leads.append((p["id"], force["id"], 1, day_text(self.start // DAY), self.start))
                self.managers.add(p["id"])
        self.rows = [r[:5] + (5 if r[0] in self.managers else r[5],) + r[6:] for r in self.rows]

    def share(self):
        for force in self.orgs.forces:
            for agency in force["agencies"][1:3]:
                at = self.rng.randrange(self.start, self.end)
                self.sharing.append((agency["id"], force["id"], 1, "Agreement of the directors",
                                     day_text(at // DAY), at))
                if self.rng.random() < 0.3:
                    self.sharing.append((agency["id"], force["id"], 0, "The agreement ended",
                                         day_text(self.end // DAY), self.end))

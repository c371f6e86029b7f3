"""transcript.py: one person's record as of a moment, counted a second time from the raw tables. What is right is said in
ct/report/transcript.h and by the meanings of its columns."""
import collections
import sqlite3

import content
import more
from credit import Credit
from due import months_on, number, text

COLUMNS = ("section on until what discipline status completed_on course_revision content_hash score_percent hours"
           " credit_year certificate_code certificate_status expires_on evidence approved_by note").split()
OF_PERSON = ("person_discipline person_fact membership_event section_opened section_done activity activity_quarter completion attempt run"
             " update_read training past_completion certificate_name").split()


def only(path, people):
    """The database with the records of some people alone: quick to read as of many moments."""
    db = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
    ids = ",".join(str(int(p)) for p in people)
    db.execute("create temp table person as select * from main.person where id in (%s)" % ids)
    for table in OF_PERSON:
        db.execute("create temp table %s as select * from main.%s where person in (%s)%s" % (
            table, table, ids, " order by rowid" if table == "person_discipline" else ""))
    db.execute("create temp table certificate as select * from main.certificate where completion in"
               " (select id from temp.completion)")
    return db


def tenths(minutes):
    """Hours to a tenth."""
    n = (minutes * 10 + 30) // 60
    return "%d" % (n // 10) if n % 10 == 0 else "%d.%d" % divmod(n, 10)


def hundredths(minutes):
    """Hours to a hundredth, as training elsewhere has them."""
    n = (minutes * 100 + 30) // 60
    return ("%.2f" % (n / 100)).rstrip("0").rstrip(".")


class Transcript(Credit):
    def __init__(self, db, as_of, folder):
        super().__init__(db, as_of)
        self.names, self.courses = content.read(folder)
        self.titles = {c["name"]: c["title"] for c in self.courses}
        self.modules = {(c["name"], m["id"]): m["title"] for c in self.courses for m in c["modules"]}
        self.org_names = dict(self.ask("select org, name from org_name where at <= ? order by at, id", as_of))
        self.parts = collections.defaultdict(list)
        for completion, revision in self.ask("select completion, revision from completion_part where completion in"
                                             " (select id from completion)"):
            self.parts[completion].append(revision)

    def lines(self, person):
        """In the order of the sections; newest first, places and disciplines oldest."""
        p = self.people[person]
        for section, lines, newest in (
                ("place", self.places(p), False), ("discipline", self.disciplines(p), False),
                ("completed course", self.completed(p), True), ("course in progress", self.begun(p), True),
                ("completed before", self.before(p), True), ("outside training", self.elsewhere(p), True),
                ("requirement", self.required(p), True), ("waiver", self.waivers(p), True),
                ("chair", self.chairs(p), True), ("credit", self.credit(p), True)):
            for line in sorted(lines, key=lambda r: r["on"], reverse=newest):
                yield dict({c: "" for c in COLUMNS}, section=section,
                           **{c: "" if v is None else str(v) for c, v in line.items()})

    # ---- where and as what ----

    def spells_in(self, p, org):
        """[(first, last or None)] of somebody in an org: of two rows about a day the later one counts."""
        by_day = {}
        for o, on, begins in self.members[p["id"]][None]:
            if o == org and number(on) <= p["day"]:
                by_day[number(on)] = begins
        got, since = [], None
        for day in sorted(by_day):
            if by_day[day] and since is None:
                since = day
            elif not by_day[day] and since is not None:
                got.append((since, day - 1))
                since = None
        return got + ([(since, None)] if since is not None else [])

    def places(self, p):
        for org in {o for o, _, _ in self.members[p["id"]][None]}:
            kind, agency = self.orgs[org]["kind"], self.orgs[org]["agency"]
            name = (self.org_names[agency] + ": " if kind == "unit" else "") + self.org_names[org]
            for first, last in self.spells_in(p, org):
                yield {"on": text(first), "until": text(last), "what": name, "note": kind}

    def disciplines(self, p):
        took = p["took_up"]
        for i, (day, d) in enumerate(took):
            if day <= p["day"]:
                until = took[i + 1][0] - 1 if i + 1 < len(took) and took[i + 1][0] <= p["day"] else None
                yield {"on": text(day), "until": text(until), "what": self.plain(d), "discipline": d}

    def plain(self, discipline):
        """What one person of it is called: as the curriculum says, else the short name in words."""
        one, _, many = self.names.get(discipline, "").partition(" / ")
        return (one if many else discipline.replace("-", " ")).capitalize()

    # ---- courses ----

    def worth(self, p, completion):
        """What a certificate is worth, and the last day on which it counts."""
        code, at, months, revoked, reason = self.certificates[completion]
        expires = months_on(self.day_at(p["id"], at), months) if months else None
        word = "valid"
        if revoked is not None:
            word = "revoked"
        elif self.newest(code):
            word = "superseded"
        elif expires is not None and p["day"] > expires:
            word = "expired"
        return code, word, expires, reason

    def completed(self, p):
        last = {}
        mine = list(self.ask("select id, course, discipline, revision, score, minutes, at from completion"
                             " where person = ? and module is null and at <= ? order by at, id", p["id"], self.as_of))
        for r in mine:
            if self.certificates.get(r[0], (None,) * 5)[3] is None:
                last[r[1], r[2]] = r[0]
        for id_, course, discipline, revision, score, minutes, at in mine:
            code, word, expires, reason = self.worth(p, id_) if id_ in self.certificates else (None,) * 4
            status = "completed"
            if last.get((course, discipline), id_) <= id_:  # how it stands is said of the newest that counts, and later ones
                if expires is not None and p["day"] > expires:
                    status = "expired"
                elif expires is not None and p["day"] >= months_on(expires, -3):
                    status = "expiring"
                elif self.changed(p, course, discipline):
                    status = "update due"
            yield {"on": text(self.day_at(p["id"], at)), "what": self.titles.get(course, course), "discipline": discipline,
                   "status": status, "course_revision": self.versions(id_), "content_hash": revision,
                   "score_percent": score, "hours": tenths(self.minutes[id_] if id_ in self.minutes else minutes),
                   "certificate_code": code, "certificate_status": word, "expires_on": text(expires), "note": reason}

    def versions(self, completion):
        return ", ".join(sorted({self.version.get(r, "1") for r in self.parts[completion]}))

    def changed(self, p, course, discipline):
        return self.behind(self.of_discipline[p["id"], course, discipline], course)

    def read_texts(self):
        super().read_texts()
        self.of_discipline = collections.defaultdict(set)
        for p, c, m, d, revision in self.ask(
                "select person, course, module, discipline, revision from completion where module is not null and at <= ?1"
                " union select person, course, module, discipline, revision from update_read where at <= ?1", self.as_of):
            self.of_discipline[p, c, d].add((m, self.version.get(revision, "1")))

    def begun(self, p):
        """Of each course and discipline that was not completed: the first and the last record."""
        got = collections.defaultdict(list)
        for course, discipline, at in self.ask(
                "select course, discipline, at from section_opened where person = ?1 and at <= ?2"
                " union all select course, discipline, started_at from attempt where person = ?1 and started_at <= ?2"
                " union all select course, discipline, r.at from attempt join attempt_result r on attempt = id"
                " where person = ?1 and r.at <= ?2"
                " union all select course, discipline, started_at from run where person = ?1 and started_at <= ?2"
                " union all select course, discipline, r.at from run join run_result r on run = id"
                " where person = ?1 and r.at <= ?2"
                " union all select course, discipline, at from completion where person = ?1 and at <= ?2"
                " union all select course, discipline, at from section_done where person = ?1 and at <= ?2"
                " union all select course, discipline, started_at from activity where person = ?1 and started_at <= ?2",
                p["id"], self.as_of):
            got[course, discipline].append(self.day_at(p["id"], at))
        done = {r[:2] for r in self.ask("select course, discipline from completion where person = ? and module is null"
                                        " and at <= ?", p["id"], self.as_of)}
        for (course, discipline), days in got.items():
            if (course, discipline) not in done:
                yield {"on": text(min(days)), "until": text(max(days)), "what": self.titles.get(course, course),
                       "discipline": discipline, "status": "in progress"}

    def before(self, p):
        for (person, course), mine in self.imported.items():
            for x in mine if person == p["id"] else ():
                if x["on"] <= p["day"]:
                    yield {"on": text(x["on"]), "what": self.titles.get(course, course), "discipline": x["discipline"],
                           "score_percent": x["score"], "hours": hundredths(x["minutes"]) if x["minutes"] else "",
                           "evidence": x["evidence"], "note": x["source"]}

    # ---- what is required, and what was done for it elsewhere ----

    def title(self, requirement, day):
        """What a requirement was called by the rule of a day; by its first, before that."""
        rules = next((q["rules"] for q in self.requirements if q["id"] == requirement), [])
        return ([r["title"] for r in rules if r["from"] <= day] or [r["title"] for r in rules[:1]] or [""])[-1]

    def training_of(self, p, kind):
        last = {}
        for r in self.ask("select coalesce(corrects, id), requirement, on_date, until_date, reason, evidence, approved_by,"
                          " minutes, withdrawn from training where person = ? and kind = ? and at <= ? order by at, id",
                          p["id"], kind, self.as_of):
            last[r[0]] = r[1:]
        return [r[:-1] for r in last.values() if not r[-1] and number(r[1]) <= p["day"]]

    def elsewhere(self, p):
        for requirement, on, _, reason, evidence, approved, minutes in self.training_of(p, "outside training"):
            yield {"on": on, "what": self.title(requirement, p["day"]), "hours": hundredths(minutes) if minutes else "",
                   "status": "completed" if approved else "awaiting approval", "evidence": evidence,
                   "approved_by": approved, "note": reason}

    def waivers(self, p):
        for requirement, on, until, reason, evidence, approved, _ in self.training_of(p, "waiver"):
            yield {"on": on, "until": until, "what": self.title(requirement, p["day"]), "status": "exempt",
                   "evidence": evidence, "approved_by": approved, "note": reason}

    def required(self, p):
        for q in self.requirements:
            for x, r in self.periods(p, q):
                yield {"on": r["assigned_on"], "until": r["due_on"], "what": r["requirement"], "status": r["status"],
                       "completed_on": r["completed_on"], "score_percent": r.get("score_percent"),
                       "expires_on": r["expires_on"],
                       "note": more.progress(x) if q["kind"] == "hours" else ""}

    # ---- chairs and credit ----

    def chairs(self, p):
        played = collections.defaultdict(list)
        for course, module, chair, passed, at in self.ask(
                "select course, module, chair, passed, at from run join run_result on run = id where person = ? and at <= ?",
                p["id"], self.as_of):
            played[course, module, chair].append((passed, at))
        for (course, module, chair), runs in played.items():
            passed = max(x for x, _ in runs)
            when = min(at for x, at in runs if x) if passed else max(at for _, at in runs)
            yield {"on": text(self.day_at(p["id"], when)), "what": self.modules.get((course, module), module),
                   "discipline": chair, "status": "passed" if passed else "not passed"}

    def credit(self, p):
        for type_ in self.rules:
            for r in self.of_type(p, type_):
                if r["counts"] == "yes":
                    body = "%s, number %s" % (r["approval_body"], r["approval_no"]) if r["approval_body"] else ""
                    yield {"on": r["completed_on"], "what": r["title"],
                           "hours": r["credit_hours"], "credit_year": r["credit_year"],
                           "certificate_code": r["certificate_code"], "note": body}

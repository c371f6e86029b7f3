"""rows.py: the rows of the assignment report as of a moment, counted a second time from the raw tables."""
import collections
import datetime
import re

import content
import due
import more
from due import number, text
from facts import Facts, latest

FIELDS = "last_name first_name employer_id supervisor licence_body licence_no hired_on".split()

# All of them, in the order that is promised.
COLUMNS = (
    "person_id last_name first_name certificate_name email employer_id agency unit task_forces discipline supervisor"
    " licence_body licence_no hired_on active"
    " requirement_id requirement kind course course_revision content_hash"
    " assigned_on assigned_by due_on window_opens_on status status_on"
    " started_on last_activity_on completed_on score_percent pass_mark attempts chairs active_minutes"
    " credit_hours credit_type approval_body approval_no credit_year"
    " certificate_code issued_on expires_on superseded_by revoked_on revoke_reason"
    " exempt exempt_reason source evidence approved_by note as_of time_zone").split()
# Those that are not counted here, with the reason.
UNCOUNTED = {}


def sorted_name(row):
    return [row[f].lstrip("'").encode() for f in ("last_name", "first_name")]


class Rows(Facts):
    def __init__(self, path, as_of):
        super().__init__(path, as_of)
        self.as_of_text = datetime.datetime.fromtimestamp(as_of, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.utc_day = as_of // 86400
        self.credit_ = None
        self.read_requirements()
        self.read_work()
        self.read_training()
        self.read_texts()

    # ---- reading ----

    def read_requirements(self):
        self.requirements = []
        targets = collections.defaultdict(list)
        for r in self.ask("select rule, org, discipline, person from requirement_target"):
            targets[r[0]].append(r[1:])
        about = "id slug kind course module credit_type".split()
        for asked in self.ask("select %s from requirement where at <= ? order by slug" % ", ".join(about), self.as_of):
            q, by_day = dict(zip(about, asked)), {}
            id_ = q["id"]
            names = ("id from_date ends everybody title kind fixed_date days month every window from_expiry grace minutes"
                     " chairs by").split()
            for row in self.ask("select %s from requirement_rule where requirement = ? and at <= ? order by at, id"
                                % ",".join('"%s"' % n for n in names), id_, self.as_of):
                rule = dict(zip(names, row))
                rule["from"] = number(rule["from_date"])
                rule["orgs"] = {t[0] for t in targets[rule["id"]] if t[0]}
                rule["disciplines"] = {t[1] for t in targets[rule["id"]] if t[1]}
                rule["people"] = {t[2] for t in targets[rule["id"]] if t[2]}
                by_day[rule["from"]] = rule
            rules = [by_day[d] for d in sorted(by_day)]
            if rules:
                self.requirements.append(dict(q, rules=rules))

    def read_work(self):
        """Of each person and course: completions, and when it was begun."""
        self.done = collections.defaultdict(list)
        self.moments = collections.defaultdict(list)
        for p, c, at, id_ in self.ask("select person, course, at, id from completion where module is null and at <= ?"
                                      " order by at, id", self.as_of):
            self.done[p, c].append((at, id_))
        for sql in ("select person, course, min(at), max(at) from section_opened where at <= ?1 group by 1, 2",
                    "select person, course, min(started_at), max(started_at) from activity where started_at <= ?1"
                    " group by 1, 2"):
            for p, c, first, last in self.ask(sql, self.as_of):
                self.moments[p, c] += [first, last]
        self.plays_begun, self.passed = collections.defaultdict(list), collections.defaultdict(list)
        for *key, at in self.ask("select person, course, module, started_at from run where started_at <= ?"
                                 " order by started_at, id", self.as_of):
            self.plays_begun[tuple(key)].append(at)
        for p, c, m, chair, at, run in self.ask("select person, course, module, chair, x.at, run from run_result x join run on run = id"
                                           " where passed and x.at <= ? order by x.at, run", self.as_of):
            self.passed[p, c, m].append((at, run, chair))
        self.certificates = {}
        for code, completion, at, months, revoked, reason in self.ask(
                "select c.code, completion, issued_at, months, r.at, r.reason from certificate c left join certificate_term t"
                " on t.code = c.code left join certificate_revocation r on r.code = c.code and r.at <= ?1"
                " where issued_at <= ?1", self.as_of):
            self.certificates[completion] = code, at, months, revoked, reason
        self.revoked = {c[0] for c in self.certificates.values() if c[3] is not None}
        self.series, self.series_of = collections.defaultdict(list), {}
        for code, *key in self.ask("select code, person, course, discipline from certificate join completion x on x.id = completion"
                                   " where issued_at <= ? order by issued_at, x.id", self.as_of):
            self.series[tuple(key)].append(code)
            self.series_of[code] = tuple(key)
        self.completion = {r[0]: r[1:] for r in self.ask("select id, revision, score from completion where module is null")}
        self.cert_name = {r[0]: r[1] for r in self.ask("select person, name from certificate_name where at <= ?"
                                                       " order by id", self.as_of)}

    def newest(self, code):
        """Of the later certificates of the same person, course and discipline the last that is not revoked."""
        mine = self.series[self.series_of[code]]
        later = [c for c in mine[mine.index(code) + 1:] if c not in self.revoked]
        return later[-1] if later else ""

    def read_training(self):
        last = {}
        for r in self.ask("select coalesce(corrects, id), id, person, requirement, kind, on_date, until_date, reason, evidence,"
                          " approved_by, withdrawn, minutes, credit_type from training where at <= ? order by at, id",
                          self.as_of):
            last[r[0]] = r
        self.training = collections.defaultdict(list)
        for r in sorted(last.values(), key=lambda r: (r[5], r[1])):
            if not r[10]:
                self.training[r[2]].append({"id": r[0], "requirement": r[3], "kind": r[4], "on": number(r[5]),
                                            "until": number(r[6]), "reason": r[7], "evidence": r[8], "approved_by": r[9],
                                            "minutes": r[11], "credit_type": r[12]})
        self.imported = self.read_imported()

    def read_imported(self):
        """What imports recorded of each person, by course: the last row of each that is not withdrawn."""
        last, got = {}, collections.defaultdict(list)
        for r in self.ask("select coalesce(corrects, id), person, course, discipline, on_date, score, minutes, source,"
                          " evidence, withdrawn from past_completion where at <= ? order by at, id", self.as_of):
            last[r[0]] = r
        for id_, p, course, discipline, on, score, minutes, source, evidence, withdrawn in sorted(last.values(), key=lambda r: r[4]):
            if not withdrawn:
                got[p, course].append({"id": id_, "course": course, "discipline": discipline, "on": number(on), "score": score,
                                       "minutes": minutes, "source": source, "evidence": evidence})
        return got

    def read_texts(self):
        """Of each module the version that is live, and which version each text has. Files come and go; a module that
        moved from one to another is the same."""
        self.version = dict(self.ask("select hash, version from edition"))
        there = dict(self.ask("select path, present from text_change where at <= ? order by id", self.as_of))
        live = dict(self.ask("select path, hash from publication where at <= ? order by at, id", self.as_of))
        source = dict(self.ask("select hash, source from revision"))
        self.live_version = {(path.split("/")[0], content.module(path, source[h])): self.version.get(h, "1")
                             for path, h in live.items() if re.search(r"/\d+-", path) and there.get(path, 1)}
        self.known = collections.defaultdict(set)
        for p, c, m, revision in self.ask(
                "select person, course, module, revision from completion where module is not null and at <= ?1"
                " union select person, course, module, revision from update_read where at <= ?1", self.as_of):
            self.known[p, c].add((m, self.version.get(revision, "1")))

    # ---- one person ----

    def place(self, person, day):
        orgs = self.orgs_on(person, day)
        agencies = {self.orgs[o]["agency"] or o for o in orgs if self.orgs[o]["kind"] != "task force"}
        return sorted(agencies, key=lambda a: self.orgs[a]["path"]), orgs

    def describe(self, p):
        me = p["id"]
        p["zone"] = self.zone_at(me, self.as_of)
        day = p["day"] = self.day_at(me, self.as_of)
        agencies, orgs = self.place(me, day)
        tree = lambda o: [self.orgs[x]["path"] for x in reversed(self.above(o))]
        paths = lambda kind: "; ".join(self.orgs[o]["path"] for o in sorted(orgs, key=tree) if self.orgs[o]["kind"] == kind)
        p["row"] = {"person_id": str(me), "email": self.fact(me, "email", day) or p["email"],
                    "agency": "; ".join(self.orgs[a]["path"] for a in agencies), "unit": paths("unit"),
                    "task_forces": paths("task force"), "time_zone": p["zone"], "as_of": self.as_of_text}
        for field in FIELDS:
            p["row"][field] = self.fact(me, field, day) or ""
        name = self.fact(me, "name", day) or p["name"]
        if not p["row"]["last_name"] and not p["row"]["first_name"]:
            first, _, last = name.rpartition(" ")
            p["row"]["last_name"], p["row"]["first_name"] = last, first
        p["row"]["certificate_name"] = self.cert_name.get(me, name)
        p["present"] = min([self.day_at(me, p["created"])] + [number(on) for _, on, b in self.members[me][None] if b])
        p["took_up"] = [(self.day_at(me, at), d) for at, d in self.tenures[me][None]]
        p["row"]["discipline"] = latest(p["took_up"], day) or ""
        p["row"]["active"] = "no" if self.fact(me, "active", day) == "no" else "yes"

    def stays(self, p):
        """What may make somebody be asked: [(first day, active, orgs with all above them, discipline)], each until the next,
        also of days to come."""
        if "stays" in p:
            return p["stays"]
        me, got = p["id"], []
        days = {p["present"]}
        days.update(number(since) for _, since in self.facts[me]["active"])
        days.update(d for d, _ in p["took_up"])
        days.update(number(on) for _, on, _ in self.members[me][None])
        days.update(on for moves in self.moves.values() for on, _ in moves)
        for day in sorted(days):
            active = day >= p["present"] and self.fact(me, "active", day) != "no"
            orgs = {o for mine in self.orgs_on(me, day) for o in self.above(mine, day)}
            stay = active, orgs, latest(p["took_up"], day)
            if not got or got[-1][1:] != stay:
                got.append((day, *stay))
        p["stays"] = got
        return got

    @staticmethod
    def hit(me, rule, active, orgs, discipline):
        if rule is None or rule["ends"] or not active:
            return False
        if rule["everybody"] or me in rule["people"]:
            return True
        if not rule["orgs"] and not rule["disciplines"]:
            return False
        if rule["orgs"] and not rule["orgs"] & orgs:
            return False
        return not rule["disciplines"] or discipline in rule["disciplines"]

    def spells(self, p, requirement):
        """[(first, last or None)] of all days that are known of."""
        changes = [(s[0], 0, s[1:]) for s in self.stays(p)] + [(r["from"], 1, r) for r in requirement["rules"]]
        got, since, stay, rule = [], None, (False, set(), None), None
        changes.sort(key=lambda c: c[:2])
        for i, (day, of_rule, what) in enumerate(changes):
            stay, rule = (stay, what) if of_rule else (what, rule)
            if i + 1 < len(changes) and changes[i + 1][0] == day:
                continue
            if self.hit(p["id"], rule, *stay):
                since = day if since is None else since
            elif since is not None:
                got.append((since, day - 1))
                since = None
        return got + ([(since, None)] if since is not None else [])

    @staticmethod
    def until(spells, day):
        """The spells as they are on a day."""
        return [(a, b if b is not None and b < day else None) for a, b in spells if a <= day]

    def update_due(self, p, course):
        return self.behind(self.known[p["id"], course], course)

    def behind(self, known, course):
        """A text of a module of the course is known, and none of it as it is now."""
        return any((m, self.live_version[course, m]) not in known for m, _ in known if (course, m) in self.live_version)

    def history(self, p, q):
        me = p["id"]
        mine = self.training[me]
        spans = lambda kind, which: [(t["on"], t["until"]) for t in mine if t["kind"] == kind
                                     and t["requirement"] == which and t["on"] <= p["day"]]
        hired = self.fact(me, "hired_on", p["day"])
        changes = [d for i, (d, name) in enumerate(p["took_up"]) if not i or name != p["took_up"][i - 1][1]]
        p["done"], p["moments"], spells = [], [], self.until(self.spells(p, q), p["day"])
        if not spells:  # nothing was ever asked of them by it
            return due.History([], None, [], [], [], [], [], None)
        p["waits"] = [t for t in mine if t["kind"] == "outside training" and not t["approved_by"] and t["on"] <= p["day"]]
        p["waived"] = [t for t in mine if t["kind"] == "waiver" and t["requirement"] == q["id"] and t["on"] <= p["day"]]
        p["moments"] = self.moments_of(me, q)
        h = due.History(spells, number(hired), changes, [], [], spans("leave", None), spans("waiver", q["id"]),
                        self.day_at(me, p["moments"][0]) if p["moments"] else None)
        if q["kind"] == "hours":
            self.add_hours(p, q, h)
        else:
            self.add_done(p, q, h)
        return h

    def moments_of(self, me, q):
        if q["kind"] == "course":
            return sorted(self.moments[me, q["course"]])
        return self.plays_begun[me, q["course"], q["module"]] if q["kind"] == "scenario" else []

    def add_done(self, p, q, h):
        """A course that was completed, here or as an import says; a scenario that was passed; training elsewhere."""
        me = p["id"]
        done = [(t["on"], 2, t) for t in self.training[me] if t["kind"] == "outside training" and t["approved_by"]
                and t["requirement"] == q["id"]]
        if q["kind"] == "course":
            done += [(self.day_at(me, at), 0, id_) for at, id_ in self.done[me, q["course"]]]
            done += [(i["on"], 1, i) for i in self.imported.get((me, q["course"]), ())]
        else:
            h.plays = [(self.day_at(me, at), chair) for at, _, chair in self.passed[me, q["course"], q["module"]]]
        p["done"] = [d for d in sorted(done, key=lambda d: d[:2]) if d[0] <= p["day"]]
        p["waits"] = [t for t in p["waits"] if t["requirement"] == q["id"]]
        h.done, h.awaiting = [d[0] for d in p["done"]], [t["on"] for t in p["waits"]]

    def add_hours(self, p, q, h):
        """Whatever they were recorded for; "in-service" has all training in it."""
        type_ = q["credit_type"] or "in-service"
        p["waits"] = [t for t in p["waits"] if t["minutes"] and type_ in ("in-service", t["credit_type"])]
        h.pending = [(t["on"], t["minutes"] * 60) for t in p["waits"]]
        p["hours"] = [c for c in self.credits().earned(p) if c["counts"] == "yes" and c["credit_type"] == type_
                      and c["on"] <= p["day"]]
        h.earned = [(c["on"], c["hundredths"] * 36) for c in p["hours"]]

    def credits(self):
        if self.credit_ is None:
            import credit  # which needs what is here
            self.credit_ = credit.Credit.beside(self)
        return self.credit_

    # ---- rows ----

    def describe_all(self):
        for p in self.people.values():
            if p["created"] <= self.as_of:
                self.describe(p)

    def rows(self, inactive=False):
        """`inactive`: also of who is inactive."""
        self.describe_all()
        more_ = more.More(self)
        for p in self.people.values():
            if p["created"] <= self.as_of and (inactive or p["row"]["active"] == "yes"):
                for q in self.requirements:
                    for x, r in self.periods(p, q):
                        more_.add(p, q, x, r)
                        yield r

    def periods(self, p, q):
        h = self.history(p, q)
        if h.spells:
            for x in due.Reckoning(q["rules"], h, p["day"]).reckon():
                yield x, self.row(p, q, x)

    def of(self, p, q):
        """How somebody stands to a requirement."""
        return [r for _, r in self.periods(p, q)]

    def row(self, p, q, x):
        r = dict(p["row"], requirement_id=q["slug"], requirement=x.rule["title"], kind=q["kind"], course=q["course"] or "",
                 assigned_on=text(x.assigned), due_on=text(x.due), window_opens_on=text(x.opens), status=x.status,
                 status_on=text(x.status_on), completed_on=text(x.completed), expires_on=text(x.expires),
                 content_hash="", score_percent="", certificate_code="", issued_on="", revoke_reason="", revoked_on="",
                 superseded_by="", exempt="yes" if x.status == "exempt" else "no")
        if x.done is not None and p["done"][x.done][1] == 0:
            id_ = p["done"][x.done][2]
            r["content_hash"], r["score_percent"] = self.completion[id_][0], self.completion[id_][1]
            if id_ in self.certificates:
                code, at, _, revoked, reason = self.certificates[id_]
                r.update(certificate_code=code, issued_on=text(self.day_at(p["id"], at)), revoke_reason=reason,
                         revoked_on=text(self.day_at(p["id"], revoked)) if revoked is not None else "")
                r["superseded_by"] = self.newest(code)
        elif x.done is not None and p["done"][x.done][1] == 1:
            r["score_percent"] = p["done"][x.done][2]["score"]
        if q["kind"] == "course" and x.current and x.completed is not None and self.update_due(p, q["course"]):
            r["status"] = "update due"
        return r

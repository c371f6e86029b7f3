"""rows.py: the rows of the assignment report as of a moment, counted a second time from the raw tables."""
import collections
import datetime

import due
from due import number, text
from facts import Facts, latest

FIELDS = "last_name first_name employer_id supervisor licence_body licence_no hired_on".split()

COLUMNS = ("person_id last_name first_name certificate_name email employer_id agency unit task_forces discipline supervisor "
           "licence_body licence_no hired_on active requirement_id requirement kind course content_hash assigned_on due_on "
           "window_opens_on status status_on started_on completed_on score_percent expires_on certificate_code issued_on revoked_on revoke_reason exempt "
           "superseded_by time_zone as_of").split()


def sorted_name(row):
    return [row[f].lstrip("'").encode() for f in ("last_name", "first_name")]


class Rows(Facts):
    def __init__(self, path, as_of):
        super().__init__(path, as_of)
        self.as_of_text = datetime.datetime.fromtimestamp(as_of, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.utc_day = as_of // 86400
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
        for id_, slug, course in self.ask("select id, slug, course from requirement where kind = 'course' and at <= ? order by slug",
                                          self.as_of):
            by_day = {}
            names = "id from_date ends everybody title kind fixed_date days month every window from_expiry grace".split()
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
                self.requirements.append({"id": id_, "slug": slug, "course": course, "rules": rules})

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
                          " approved_by, withdrawn from training where at <= ? order by at, id", self.as_of):
            last[r[0]] = r
        self.imported = self.read_imported()
        self.training = collections.defaultdict(list)
        for r in sorted(last.values(), key=lambda r: (r[5], r[0])):
            if not r[10]:
                self.training[r[2]].append({"requirement": r[3], "kind": r[4], "on": number(r[5]), "until": number(r[6]),
                                            "reason": r[7], "evidence": r[8], "approved_by": r[9]})

    def read_imported(self):
        """What imports recorded of each person, by course: the last row of each that is not withdrawn."""
        last, got = {}, collections.defaultdict(list)
        for r in self.ask("select coalesce(corrects, id), person, course, discipline, on_date, score, minutes, source,"
                          " evidence, withdrawn from past_completion where at <= ? order by at, id", self.as_of):
            last[r[0]] = r
        for id_, p, course, discipline, on, score, minutes, source, evidence, withdrawn in last.values():
            if not withdrawn:
                got[p, course].append({"id": id_, "discipline": discipline, "on": number(on), "score": score,
                                       "minutes": minutes, "source": source, "evidence": evidence})
        return got

    def read_texts(self):
        """Of each module the version that is live, and which version each text has."""
        self.version = dict(self.ask("select hash, version from edition"))
        path_of = dict(self.ask("select hash, path from revision"))
        live = dict(self.ask("select path, hash from publication where at <= ? order by at, id", self.as_of))
        self.live_version = {p: self.version.get(h, "1") for p, h in live.items()}
        self.known = collections.defaultdict(set)
        for p, c, revision in self.ask("select person, course, revision from completion where module is not null and at <= ?1"
                                       " union select person, course, revision from update_read where at <= ?1", self.as_of):
            self.known[p, c].add((path_of.get(revision), self.version.get(revision, "1")))

    # ---- one person ----

    def place(self, person, day):
        orgs = self.orgs_on(person, day)
        agencies = {self.orgs[o]["agency"] or o for o in orgs if self.orgs[o]["kind"] != "task force"}
        return sorted(agencies, key=lambda a: self.orgs[a]["path"]), orgs

    def describe(self, p):
        me = p["id"]
        agencies, orgs = self.place(me, self.utc_day)
        p["zone"] = self.orgs[agencies[0]]["zone"] if agencies else "UTC"
        day = p["day"] = self.day(self.as_of, p["zone"])
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
        p["present"] = min([self.day(p["created"], p["zone"])] + [number(on) for _, on, b in self.members[me][None] if b])
        p["took_up"] = [(self.day(at, p["zone"]), d) for at, d in self.tenures[me][None]]
        p["row"]["discipline"] = latest(p["took_up"], day) or ""
        p["row"]["active"] = "no" if self.fact(me, "active", day) == "no" else "yes"

    def hit(self, p, rule, day):
        me = p["id"]
        if rule is None or rule["ends"] or self.fact(me, "active", day) == "no" or day < p["present"]:
            return False
        if rule["everybody"] or me in rule["people"]:
            return True
        if not rule["orgs"] and not rule["disciplines"]:
            return False
        if rule["orgs"] and not any(o in rule["orgs"] for mine in self.orgs_on(me, day) for o in self.above(mine)):
            return False
        return not rule["disciplines"] or latest(p["took_up"], day) in rule["disciplines"]

    def spells(self, p, requirement):
        me, days = p["id"], set()
        days.add(p["present"])
        days.update(number(since) for _, since in self.facts[me]["active"])
        days.update(d for d, _ in p["took_up"])
        days.update(number(on) for _, on, _ in self.members[me][None])
        days.update(r["from"] for r in requirement["rules"])
        got, since = [], None
        for day in sorted(d for d in days if d <= p["day"]):
            rule = None
            for r in requirement["rules"]:
                rule = r if r["from"] <= day else rule
            if self.hit(p, rule, day):
                since = day if since is None else since
            elif since is not None:
                got.append((since, day - 1))
                since = None
        return got + ([(since, None)] if since is not None else [])

    def update_due(self, p, course):
        """Somebody knows a text of the course, and none of it as it is now."""
        known = self.known[p["id"], course]
        return any((path, self.live_version.get(path)) not in known for path, _ in known if path)

    def history(self, p, q):
        me, zone = p["id"], p["zone"]
        mine = self.training[me]
        done = [(self.day(at, zone), 0, id_) for at, id_ in self.done[me, q["course"]]]
        done += [(t["on"], 1, t) for t in mine if t["kind"] == "outside training" and t["requirement"] == q["id"]
                 and t["approved_by"]]
        done += [(x["on"], 2, x) for x in self.imported[me, q["course"]]]
        done.sort(key=lambda d: d[:2])
        p["done"] = [d for d in done if d[0] <= p["day"]]
        spans = lambda kind, which: [(t["on"], t["until"]) for t in mine if t["kind"] == kind
                                     and t["requirement"] == which and t["on"] <= p["day"]]
        moments = self.moments[me, q["course"]]
        hired = self.fact(me, "hired_on", p["day"])
        changes = [d for i, (d, name) in enumerate(p["took_up"]) if not i or name != p["took_up"][i - 1][1]]
        return due.History(
            self.spells(p, q), number(hired), changes, [d[0] for d in p["done"]],
            sorted(t["on"] for t in mine if t["kind"] == "outside training" and t["requirement"] == q["id"]
                   and not t["approved_by"] and t["on"] <= p["day"]),
            spans("leave", None), spans("waiver", q["id"]), self.day(min(moments), zone) if moments else None)

    # ---- rows ----

    def rows(self):
        for p in self.people.values():
            if p["created"] <= self.as_of:
                self.describe(p)
                if p["row"]["active"] == "yes":
                    for q in self.requirements:
                        yield from self.of(p, q)

    def of(self, p, q):
        h = self.history(p, q)
        if not h.spells:
            return
        periods = due.Reckoning(q["rules"], h, p["day"]).reckon()
        for x in periods:
            yield self.row(p, q, x)

    def row(self, p, q, x):
        zone = p["zone"]
        moments = self.moments[p["id"], q["course"]]
        r = dict(p["row"], requirement_id=q["slug"], requirement=x.rule["title"], kind="course", course=q["course"],
                 assigned_on=text(x.assigned), due_on=text(x.due), window_opens_on=text(x.opens), status=x.status,
                 status_on=text(x.status_on), completed_on=text(x.completed), expires_on=text(x.expires))
        r["started_on"] = text(self.day(min(moments), zone)) if moments else ""
        if x.done is not None and p["done"][x.done][1] == 0:
            id_ = p["done"][x.done][2]
            r["content_hash"], r["score_percent"] = self.completion[id_][0], self.completion[id_][1]
            if id_ in self.certificates:
                code, at, _, revoked, reason = self.certificates[id_]
                r.update(certificate_code=code, issued_on=text(self.day(at, zone)), revoke_reason=reason,
                         revoked_on=text(self.day(revoked, zone)) if revoked is not None else "")
                r["superseded_by"] = self.newest(code)
        if x.done is not None and p["done"][x.done][1] == 2:
            r["score_percent"] = p["done"][x.done][2]["score"]
        r["exempt"] = "yes" if x.status == "exempt" else "no"
        if x.current and x.completed is not None and self.update_due(p, q["course"]):
            r["status"] = "update due"
        return r

"""credit.py: hours of credit as of a moment, counted a second time from the raw tables; what is right is said in
ct/learn/credit.h."""
import collections

import due
from due import number, text
from facts import latest
from rows import Rows

CELLS = ("last_name first_name email agency unit course credit_hours credit_year year_from year_until approval_no"
         " approval_state certificate_code source counts status").split()
IN_SERVICE = {"type": "in-service", "title": "In-service training", "from": 0, "ends": 0, "hour": 60, "step": 25, "rounding": "down", "basis": "stated",
              "approval": 0, "active_share": 0, "min_score": 0, "attestation": None, "repeats": 0, "year_max": 0,
              "year": "fiscal", "month": 0, "disciplines": set()}
ORDER = {"crosstrain": 0, "outside training": 1, "imported": 2}


def hours(hundredths):
    return ("%.2f" % (hundredths / 100)).rstrip("0").rstrip(".")


class Credit(Rows):
    def __init__(self, path, as_of):
        super().__init__(path, as_of)
        self.describe_all()
        self.read_credit()

    @classmethod
    def beside(cls, rows):
        """Of what was read already."""
        self = cls.__new__(cls)
        self.__dict__.update(rows.__dict__)
        self.read_credit()
        return self

    def read_credit(self):
        self.read_rules()
        self.works = collections.defaultdict(list)
        self.minutes = dict(self.ask("select completion, minutes from certificate"))
        self.attested = set(self.ask("select completion, type from attestation where at <= ?", self.as_of))
        before = {}
        for id_, p, course, discipline, score, minutes, at in self.ask(
                "select id, person, course, discipline, score, minutes, at from completion where module is null and at <= ?"
                " order by at, id", self.as_of):
            earlier = before.get((p, course, discipline), 0)
            before[p, course, discipline] = minutes
            self.works[p].append({
                "on": self.day_at(p, at), "source": "crosstrain", "id": id_, "order": at, "course": course,
                "discipline": discipline, "score": score, "stated": self.minutes.get(id_, minutes), "type": None,
                "active": minutes - earlier if minutes >= earlier else minutes})
        for me, mine in self.training.items():
            for t in mine:
                if t["kind"] == "outside training" and t["approved_by"] and t["minutes"]:
                    self.add_elsewhere(me, "outside training", t["id"], t["on"], t["minutes"], None, None, t["credit_type"])
        for (me, course), mine in self.imported.items():
            for i in mine:
                if i["minutes"]:
                    self.add_elsewhere(me, "imported", i["id"], i["on"], i["minutes"], course, i["score"], None)

    def add_elsewhere(self, me, source, id_, on, minutes, course, score, type_):
        self.works[me].append({"on": on, "source": source, "id": id_, "course": course, "discipline": None,
                                    "score": score, "stated": minutes, "active": None, "type": type_, "order": id_})

    def read_rules(self):
        names = ("id type title from_date ends hour step rounding basis approval active_share min_score attestation repeats year_max"
                 " year month").split()
        self.rules = {"in-service": [IN_SERVICE]}
        for row in self.ask("select %s from credit_rule where at <= ? order by from_date, at, id" % ", ".join(names), self.as_of):
            rule = dict(zip(names, row), **{"from": number(row[3])})
            rule["disciplines"] = {d for d, in self.ask("select discipline from credit_rule_discipline where rule = ?", row[0])}
            self.rules.setdefault(rule["type"], []).append(rule)
        last = {}
        for r in self.ask("select coalesce(corrects, id), course, type, state, body, number, hours, from_date, until_date,"
                          " withdrawn_date from credit_approval where at <= ? order by at, id", self.as_of):
            last[r[0]] = r
        self.approvals = collections.defaultdict(lambda: collections.defaultdict(list))
        for _, course, type_, state, body, no, most, since, until, withdrawn in sorted(last.values(), key=lambda r: r[7]):
            self.approvals[course, type_][body, state].append(
                {"state": state, "body": body, "number": no, "hours": most, "from": number(since), "until": number(until),
                 "withdrawn": number(withdrawn)})

    def year(self, rule, p, on):
        month = rule["month"]
        if rule["year"] == "personal":
            hired = number(self.fact(p["id"], "hired_on", p["day"]))
            first, last = due.personal_year(0 if hired is None else hired, on)
        else:
            if rule["year"] == "calendar":
                month = 1
            elif not month:
                agency = self.home_on(p["id"], on)
                month = 1 if agency is None else self.orgs[agency]["month"]
            first, last = due.year_of(on, month or 1)
        return due.date(last).year, first, last

    def rows(self):
        for p in self.people.values():
            if "day" in p:
                for type_ in self.rules:
                    yield from self.of_type(p, type_)

    def earned(self, p):
        """What counts, of all types, in the order of days."""
        if "earned" not in p:
            got = [r for type_ in self.rules for r in self.of_type(p, type_) if r["status"] == "earned"]
            p["earned"] = sorted(got, key=lambda r: (r["on"], ORDER[r["source"]], r["id"]))
        return p["earned"]

    @staticmethod
    def approval(group, on):
        """Of the approvals by one body the one that holds on a day; else the last that began before, else the first."""
        best, why = group[0], "before approval"
        for a in group:
            if a["from"] > on:
                continue
            if a["until"] is not None and on > a["until"]:
                best, why = a, "after approval"
            elif a["withdrawn"] is not None and on >= a["withdrawn"]:
                best, why = a, "approval withdrawn"
            else:
                return a, None
        return best, why

    def of_type(self, p, type_):
        had, got = [], []
        for w in sorted(self.works[p["id"]], key=lambda w: (w["on"], ORDER[w["source"]], w["order"])):
            here = self.here(p, type_, w, had)
            best = max((r for r in here if r["status"] == "earned"), default=None,
                       key=lambda r: (r["approval_body"] == p["row"]["licence_body"], r["hundredths"]))
            for r in here:
                r["counts"] = "yes" if r is best else "no"
                r["credit_hours"] = hours(r["hundredths"])
            got += here
        return got

    def here(self, p, type_, w, had):
        """What each body gives for one thing done. `had`: what was earned before: (body, day, course, hours)."""
        on, elsewhere = w["on"], w["source"] != "crosstrain"
        rule = latest([(r["from"], r) for r in self.rules[type_]], on)
        if rule is None or rule["ends"] or (elsewhere and type_ not in ("in-service", w["type"])):
            return []
        if not elsewhere and rule["disciplines"] and w["discipline"] not in rule["disciplines"]:
            return []
        groups = [[None]]
        if rule["approval"] and not elsewhere:
            groups = self.approvals[w["course"], type_].values()
        code, _, _, revoked, _ = self.certificates.get(w["id"], (None,) * 5) if not elsewhere else (None,) * 5
        year, got = self.year(rule, p, on), []
        for group in groups:
            a, why = (None, None) if group[0] is None else self.approval(group, on)
            body = (a["body"], a["state"]) if a else None
            n = self.most(rule, w, a, elsewhere)
            status = why or self.judge(rule, w, type_, revoked, elsewhere) or ("too short" if not n else None)
            in_year = [h for h in had if h[0] == body and year[1] <= h[1] <= year[2]]
            before = sum(h[3] for h in in_year)
            if not status and not rule["repeats"] and w["course"] and w["course"] in [h[2] for h in in_year]:
                status = "counted already"
            if not status and rule["year_max"] and before >= rule["year_max"]:
                status = "year is full"
            status = status or "earned"
            if status == "earned" and rule["attestation"] and not elsewhere and (w["id"], type_) not in self.attested:
                status = "not attested"
            if status == "earned":
                n = min(n, rule["year_max"] - before) if rule["year_max"] else n
                had.append((body, on, w["course"], n))
            got.append({**p["row"], "on": on, "id": w["id"], "completed_on": text(on), "course": w["course"] or "",
                        "credit_type": type_, "title": rule["title"], "hundredths": n if status == "earned" else 0, "credit_year": year[0],
                        "year_from": text(year[1]), "year_until": text(year[2]), "approval_body": a["body"] if a else "",
                        "approval_no": a["number"] if a else "", "approval_state": (a["state"] or "") if a else "",
                        "certificate_code": code or "", "source": w["source"], "status": status})
        return got

    @staticmethod
    def most(rule, w, approval, elsewhere):
        """Hundredths of an hour, before the maximum of the year."""
        if rule["basis"] == "approved" and approval:
            return approval["hours"]
        minutes = w["stated"]
        if rule["basis"] == "active" and not elsewhere:
            minutes = min(minutes, w["active"])
        steps, rest = divmod(minutes * 100, rule["hour"] * rule["step"])
        if rule["rounding"] == "nearest" and 2 * rest >= rule["hour"] * rule["step"]:
            steps += 1
        n = steps * rule["step"]
        return min(n, approval["hours"]) if approval else n

    @staticmethod
    def judge(rule, w, type_, revoked, elsewhere):
        if revoked is not None:
            return "certificate revoked"
        if elsewhere:
            return None
        if w["active"] * 100 < w["stated"] * rule["active_share"]:
            return "not engaged"
        if w["score"] is not None and w["score"] < rule["min_score"]:
            return "score too low"
        return None

"""credit.py: hours of credit as of a moment, counted a second time from the raw tables; what is right is said in
ct/learn/credit.h."""
import collections

import due
from due import number, text
from facts import latest
from rows import Rows

CELLS = ("last_name first_name email agency unit course credit_hours credit_year year_from year_until approval_no"
         " approval_state certificate_code source counts status").split()
IN_SERVICE = {"type": "in-service", "from": 0, "ends": 0, "hour": 60, "step": 25, "rounding": "down", "approval": 0,
              "min_score": 0, "attestation": None, "repeats": 0, "year_max": 0, "year": "fiscal", "month": 0,
              "disciplines": set()}


def hours(hundredths):
    return ("%.2f" % (hundredths / 100)).rstrip("0").rstrip(".")


class Credit(Rows):
    def __init__(self, path, as_of):
        super().__init__(path, as_of)
        for p in self.people.values():
            if p["created"] <= as_of:
                self.describe(p)
        self.read_rules()
        self.works = collections.defaultdict(list)
        for id_, p, course, discipline, score, at in self.ask(
                "select id, person, course, discipline, score, at from completion where module is null and at <= ?"
                " order by at, id", as_of):
            self.works[p].append((self.day(at, self.zone_of(p, at)), 0, id_, course, discipline, score))
        self.minutes = dict(self.ask("select completion, minutes from certificate"))
        self.attested = set(self.ask("select completion, type from attestation where at <= ?", as_of))
        last = {}
        for r in self.ask("select coalesce(corrects, id), person, on_date, minutes, approved_by, withdrawn, kind, credit_type"
                          " from training where at <= ? order by at, id", as_of):
            last[r[0]] = r
        for first, p, on, minutes, approved, withdrawn, kind, _ in last.values():
            if kind == "outside training" and approved and not withdrawn and minutes and number(on) <= self.people[p]["day"]:
                self.works[p].append((number(on), 1, first, minutes, None, None))
        for (p, course), mine in self.imported.items():
            for x in mine:
                if x["minutes"] and x["on"] <= self.people[p]["day"]:
                    self.works[p].append((x["on"], 2, x["id"], course, x["discipline"], x["score"]))
                    self.minutes["past", x["id"]] = x["minutes"]

    def zone_of(self, person, at):
        """Where the person is as of the moment of the report."""
        return self.people[person]["zone"]

    def read_rules(self):
        names = "id type from_date ends hour step rounding approval min_score attestation repeats year_max year month".split()
        self.rules = {"in-service": [IN_SERVICE]}
        for row in self.ask("select %s from credit_rule where at <= ? order by from_date, at, id" % ", ".join(names), self.as_of):
            rule = dict(zip(names, row), **{"from": number(row[2])})
            rule["disciplines"] = {d for d, in self.ask("select discipline from credit_rule_discipline where rule = ?", row[0])}
            self.rules.setdefault(rule["type"], []).append(rule)
        last = {}
        for r in self.ask("select coalesce(corrects, id), course, type, state, body, number, hours, from_date, until_date,"
                          " withdrawn_date from credit_approval where at <= ? order by at, id", self.as_of):
            last[r[0]] = r
        self.approvals = collections.defaultdict(list)
        for _, course, type_, state, body, no, most, since, until, withdrawn in last.values():
            self.approvals[course, type_].append({"state": state, "body": body, "number": no, "hours": most, "from": number(since),
                                                  "until": number(until), "withdrawn": number(withdrawn)})

    def year(self, rule, p, on):
        month = rule["month"]
        if rule["year"] == "calendar":
            month = 1
        elif not month:
            agencies, _ = self.place(p["id"], on)
            month = self.orgs[agencies[0]]["month"] if agencies else 1
        first, last = due.year_of(on, month)
        return due.date(last).year, first, last

    def rows(self):
        for p in self.people.values():
            if "day" in p:
                for type_ in self.rules:
                    yield from self.of_type(p, type_)

    def of_type(self, p, type_):
        earned, had, got = collections.Counter(), set(), []
        for on, elsewhere, id_, what, discipline, score in sorted(self.works[p["id"]], key=lambda w: w[:3]):
            rule = latest([(r["from"], r) for r in self.rules[type_]], on)
            if rule is None or (elsewhere and type_ != "in-service"):
                continue
            if rule["disciplines"] and discipline not in rule["disciplines"]:
                continue
            bodies = [None]
            if rule["approval"]:
                bodies = [a for a in self.approvals[what, type_] if a["from"] <= on and (a["until"] is None or on <= a["until"])]
            year = self.year(rule, p, on)
            code, _, _, revoked, _ = self.certificates.get(id_, (None,) * 5) if not elsewhere else (None,) * 5
            here = []
            for a in bodies:
                body = a["body"] if a else None
                minutes = what if elsewhere == 1 else self.minutes[("past", id_) if elsewhere else id_]
                n = minutes * 100 // rule["hour"] // rule["step"] * rule["step"]
                n = min(n, a["hours"]) if a else n
                status = "earned"
                if a and a["withdrawn"] is not None and on >= a["withdrawn"]:
                    status = "approval withdrawn"
                elif revoked:
                    status = "certificate revoked"
                elif score is not None and score < rule["min_score"]:
                    status = "score too low"
                elif not n:
                    status = "too short"
                elif (body, year[0], what) in had and elsewhere != 1:
                    status = "counted already"
                elif rule["year_max"] and earned[body, year[0]] >= rule["year_max"]:
                    status = "year full"
                elif rule["attestation"] and (id_, type_) not in self.attested:
                    status = "not attested"
                if status == "earned":
                    n = min(n, rule["year_max"] - earned[body, year[0]]) if rule["year_max"] else n
                    earned[body, year[0]] += n
                    had.add((body, year[0], what))
                here.append({**p["row"], "completed_on": text(on), "course": "" if elsewhere == 1 else what,
                             "credit_type": type_, "hundredths": n if status == "earned" else 0, "credit_year": year[0],
                             "year_from": text(year[1]), "year_until": text(year[2]), "approval_body": body or "",
                             "approval_no": a["number"] if a else "", "approval_state": a["state"] if a else "",
                             "certificate_code": code or "", "source": ("crosstrain", "outside training", "imported")[elsewhere],
                             "status": status})
            best = max((r for r in here if r["status"] == "earned"), default=None,
                       key=lambda r: (r["approval_body"] == p["row"]["licence_body"], r["hundredths"]))
            for r in here:
                r["counts"] = "yes" if r is best else "no"
                r["credit_hours"] = hours(r["hundredths"])
            got += here
        return got

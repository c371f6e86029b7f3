"""more.py: the cells of an assignment row beside how it stands: tries, chairs, active time, versions, credit, proof,
counted from the raw tables; as ct/learn/assignment.h says. Used by rows.py."""
import collections

import due
from due import number, text

ABOUT = {"course": "the curriculum has this course no more", "scenario": "the curriculum has this scenario no more",
         "discipline": "the curriculum has this discipline no more"}


def once(texts):
    """Each text the first time."""
    return "; ".join(dict.fromkeys(t for t in texts if t))


def hours(hundredths):
    return ("%.2f" % (hundredths / 100)).rstrip("0").rstrip(".")


def progress(x):
    """Of the hours of a period how many there are, and why not all of the year's are asked."""
    have, asked, all_ = hours(x.earned * 100 // 60), quota(x.quota), x.rule["minutes"]
    if x.quota == all_:
        return "%s of %s" % (have, asked)
    return "%s of the %s asked of who began in the %s quarter, of %s a year" % (
        have, asked, ("first", "second", "third", "fourth")[x.quarter], quota(all_))


def quota(minutes):
    """As requirements say it: 1.5 hours, 5 hours and 10 minutes."""
    count = lambda n, one: "%d %s%s" % (n, one, "" if n == 1 else "s")
    if minutes < 60:
        return count(minutes, "minute")
    if minutes % 60 * 100 % 60:
        return count(minutes // 60, "hour") + " and " + count(minutes % 60, "minute")
    return hours(minutes * 100 // 60) + (" hour" if minutes == 60 else " hours")


class More:
    def __init__(self, count):
        self.count = count
        at = count.as_of
        self.tries, self.days = collections.defaultdict(list), collections.defaultdict(list)
        for p, c, mark, when in count.ask("select person, course, pass_mark, x.at from attempt_result x join attempt on id ="
                                          " attempt where x.at <= ? order by x.at, attempt", at):
            self.tries[p, c].append((when, mark))
        # Quarters of an hour that were over by then.
        for p, c, m, quarter, seconds in count.ask("select person, course, module, quarter, seconds from activity_quarter"
                                                   " where quarter < ?", (at + 1) // 900):
            self.days[p, c].append((count.day_at(p, quarter * 900), m, seconds))
        self.chairs = collections.defaultdict(list)
        for (p, c, m), plays in count.passed.items():
            self.chairs[p, c] += [(when, run, m, chair) for when, run, chair in plays]
        self.parts = collections.defaultdict(list)
        for id_, m, revision in count.ask("select completion, module, revision from completion_part order by module"):
            self.parts[id_].append((m, count.version.get(revision, "1")))
        self.minutes, before = {}, {}
        for id_, *key, minutes in count.ask("select id, person, course, discipline, minutes from completion where module is"
                                            " null and at <= ? order by at, id", at):
            self.minutes[id_] = max(0, minutes - before.get(tuple(key), 0))
            before[tuple(key)] = minutes
        there = dict(((kind, slug), present) for kind, slug, present in count.ask(
            "select kind, slug, present from curriculum_change where at <= ? order by at, id", at))
        self.gone = {key for key, present in there.items() if not present}
        self.names = dict(count.ask("select id, name from person"))

    def add(self, p, q, x, r):
        """Puts the cells of one period into its row."""
        done = p["done"][x.done] if x.done is not None else None
        here = done[2] if done and done[1] == 0 else None
        mine = lambda day: day <= x.last and (x.first is None or day >= x.first)
        self.work(p, q, x, r, here, mine)
        self.credit(p, q, x, r, done, mine)
        self.proof(p, q, x, r, done)
        r["assigned_by"] = self.recorder(x.rule["by"], p)
        versions = self.parts[here] if here else []
        r["course_revision"] = "; ".join("%s %s" % v for v in versions) if len({v for _, v in versions}) > 1 \
            else versions[0][1] if versions else ""

    def recorder(self, who, p):
        """What who recorded a rule was called on the day of the report."""
        if who is None:
            return ""
        return self.count.fact(who, "name", self.count.utc_day) or self.names[who]

    def work(self, p, q, x, r, here, mine):
        key = p["id"], q["course"]
        day = lambda at: self.count.day_at(p["id"], at)
        r["attempts"] = r["pass_mark"] = r["chairs"] = r["started_on"] = r["last_activity_on"] = ""
        r["active_minutes"] = ""
        if q["kind"] == "hours":
            mine_ = [c["on"] for c in p["hours"] if mine(c["on"])]
            if mine_:
                r["started_on"], r["last_activity_on"] = text(mine_[0]), text(mine_[-1])
            return
        tries = [(day(when), mark) for when, mark in self.tries[key]] if q["kind"] == "course" else []
        if q["kind"] == "course":
            r["attempts"] = sum(mine(on) for on, _ in tries)
            r["pass_mark"] = next((mark for on, mark in reversed(tries) if mine(on)), "")
        about = lambda m: q["module"] in (None, m)
        sat = [chair for when, _, m, chair in sorted(self.chairs[key]) if about(m) and mine(day(when))]
        r["chairs"] = once(sat)
        days = [d for d in self.days[key] if about(d[1])]
        r["active_minutes"] = self.minutes[here] if here else -(-sum(n for on, _, n in days if mine(on)) // 60)
        moments = p["moments"]
        last = [day(moments[-1])] if moments else []
        last += [on for on, _ in tries] + [on for on, _, _ in days if on <= p["day"]]
        if q["kind"] == "scenario":
            last += [day(when) for when, _, m, _ in self.chairs[key] if about(m)]
        last += [x.completed] if here else []
        r["started_on"] = text(day(moments[0])) if moments else ""
        r["last_activity_on"] = text(max(last, default=None))

    # ---- credit ----

    def credit(self, p, q, x, r, done, mine):
        cells = "credit_hours credit_type approval_body approval_no credit_year".split()
        r.update(dict.fromkeys(cells, ""))
        if q["kind"] == "hours":
            got = [c for c in p["hours"] if mine(c["on"])]
            r["credit_hours"], r["credit_type"] = hours(x.earned * 100 // 60), q["credit_type"] or "in-service"
        else:
            if done is None:
                return
            source, id_ = ("crosstrain", done[2]) if done[1] == 0 else \
                ("imported" if done[1] == 1 else "outside training", done[2]["id"])
            got = [c for c in self.count.credits().earned(p) if (c["source"], c["id"]) == (source, id_)]
            # All training is in-service training: that is told where there is nothing else.
            got = [c for c in got if c["credit_type"] != "in-service"] or got
            got.sort(key=lambda c: (c["credit_type"], c["approval_body"], c["approval_state"]))
            r["credit_hours"] = "; ".join(hours(c["hundredths"]) for c in got)
            r["credit_type"] = "; ".join(c["credit_type"] for c in got)
        r["approval_body"] = once(c["approval_body"] for c in got)
        r["approval_no"] = once(c["approval_no"] for c in got)
        r["credit_year"] = once(str(c["credit_year"]) for c in got)

    # ---- proof ----

    def proof(self, p, q, x, r, done):
        r.update(exempt_reason="", source="", evidence="", approved_by="")
        notes = []
        t = done[2] if done and done[1] == 2 else p["waits"][x.waiting] if r["status"] == "awaiting approval" else None
        if t:
            r.update(source="outside training", evidence=t["evidence"], approved_by=t["approved_by"])
            notes.append(t["reason"])
        elif done and done[1] == 1:
            r.update(source="imported", evidence=done[2]["evidence"])
            notes.append(done[2]["source"])
        elif x.completed is not None:
            r["source"] = "crosstrain"
        if q["kind"] == "hours" and x.completed is not None:
            r["source"] = once(c["source"] for c in p["hours"] if x.first <= c["on"] <= x.last)
        if x.waiver is not None:
            w = p["waived"][x.waiver]
            r.update(exempt_reason=w["reason"], evidence=w["evidence"], approved_by=w["approved_by"])
        if q["kind"] == "hours" and (x.completed is None or len({x.earned, x.quota, x.rule["minutes"]}) > 1):
            notes.append(progress(x))
        if q["kind"] == "scenario" and x.completed is None:
            notes.append("%d of %d chair%s" % (len(r["chairs"].split("; ")) if r["chairs"] else 0, x.rule["chairs"],
                                               "" if x.rule["chairs"] == 1 else "s"))
        for kind, slug in (("course", q["course"]), ("scenario", "%s/%s" % (q["course"], q["module"])),
                           ("discipline", r["discipline"])):
            if (kind, slug) in self.gone and not (kind == "scenario" and ABOUT["course"] in notes):
                notes.append(ABOUT[kind])
        r["note"] = "; ".join(n for n in notes if n)

"""completion.py: the completion report as of a moment, counted a second time from the raw tables, for who sees
everybody: what is said of a person and a course, and sums of it. What is right is said in ct/report/report.h and by the
columns themselves."""
import collections
import datetime
import os
import statistics

import content
import due
from due import EPOCH, months_on, number, text
from rows import Rows

# Of several requirements the word that says more.
WEIGHT = {"completed": 5, "expiring": 4, "expired": 3, "awaiting approval": 2, "exempt": 1}


def percent(part, whole):
    """To the nearest; 100 only for all."""
    if not whole:
        return 0
    return 100 if part == whole else min(99, (200 * part + whole) // (2 * whole))


class Completion(Rows):
    def __init__(self, path, as_of, past, folder):
        super().__init__(path, as_of)
        self.past = past
        self.names, self.courses = content.read(folder)
        self.beside = collections.defaultdict(list)  # what requirements say of a person and course that day
        for p in self.people.values():
            if p["created"] <= as_of:
                self.describe(p)
                for q in self.requirements:
                    self.look_beside(p, q)
        self.read_events()

    def look_beside(self, p, q):
        """Of a requirement that is on the person: what was done elsewhere or is exempt. (weight, word, ...)"""
        if q["kind"] != "course" or not (self.imported.get((p["id"], q["course"])) or
                                         any(t["kind"] != "leave" for t in self.training[p["id"]])):
            return
        h = self.history(p, q)
        h.started = None
        p["done"] = [d for d in p["done"] if d[1]]  # as if nothing had been completed here
        h.done = [d[0] for d in p["done"]]
        periods = due.Reckoning(q["rules"], h, p["day"]).reckon() if h.spells else []
        if not periods or not periods[-1].current:
            return
        now, elsewhere = periods[-1], [x for x in periods if x.done is not None]
        if now.status in ("completed", "expiring", "expired") and elsewhere:
            rank, what = p["done"][elsewhere[0].done][1:]
            source, score = ("outside training", None) if rank == 2 else (what["source"], what["score"])
            self.beside[p["id"], q["course"]].append((WEIGHT[now.status], now.status, elsewhere[0].completed,
                                                      elsewhere[-1].expires, source, score))
        elif now.status in ("awaiting approval", "exempt"):
            self.beside[p["id"], q["course"]].append((WEIGHT[now.status], now.status, None, None, "", None))

    def beside_of(self, p, course, discipline):
        """What says most of somebody who has not completed a course here."""
        said = max(self.beside.get((p["id"], course), [(0,)]), key=lambda b: b[0])
        mine = [i for i in self.imported.get((p["id"], course), ()) if i["discipline"] == discipline and i["on"] <= p["day"]]
        if mine and said[0] < WEIGHT["expired"]:
            said = WEIGHT["completed"], "completed", mine[0]["on"], None, mine[0]["source"], mine[0]["score"]
        return said

    def read_events(self):
        """Active time of a past moment: the quarters of an hour that were over by then."""
        self.begun, self.last = {}, {}
        self.seconds = collections.Counter()
        for p, c, d, first, last, sum_ in self.ask(
                "select person, course, discipline, started_at, last_at, seconds from activity where started_at <= ?", self.as_of):
            begun, ended = self.day_at(p, first), self.day_at(p, first if self.past else last)
            self.begun[p, c, d] = min(begun, self.begun.get((p, c, d), begun))
            self.last[p, c, d] = max(ended, self.last.get((p, c, d), ended))
            self.seconds[p, c, d] += 0 if self.past else sum_
        over = (self.as_of + 1) // 900 if self.past else 0
        for p, c, d, quarter, sum_ in self.ask(
                "select person, course, discipline, quarter, seconds from activity_quarter where quarter < ?", over):
            self.last[p, c, d] = max(self.last[p, c, d], self.day_at(p, quarter * 900))
            self.seconds[p, c, d] += sum_
        self.finished, self.modules = {}, collections.defaultdict(set)
        for p, c, m, d, at in self.ask("select person, course, module, discipline, at from completion where at <= ?"
                                       " order by at desc", self.as_of):
            if m is None:
                self.finished[p, c, d] = self.day_at(p, at)
            else:
                self.modules[p, c, d].add(m)
        self.scores = collections.defaultdict(list)
        for p, c, d, best in self.ask("select person, course, discipline, max(score) from attempt join attempt_result"
                                      " on attempt = id where at <= ? group by person, course, module, discipline",
                                      self.as_of):
            self.scores[p, c, d].append(best)
        self.held = {}
        for p, c, d, at, months, revoked in self.ask(
                "select person, course, discipline, issued_at, coalesce(months, 0), r.at from completion x"
                " join certificate k on k.completion = x.id left join certificate_term t on t.code = k.code"
                " left join certificate_revocation r on r.code = k.code and r.at <= ?1 where issued_at <= ?1"
                " order by issued_at, x.id", self.as_of):
            if revoked is None or self.held.get((p, c, d), (0, 0, True))[2]:
                self.held[p, c, d] = self.day_at(p, at), months, revoked is not None

    def known_here(self, p, course, discipline):
        return self.behind(self.of_discipline.get((p, course, discipline), ()), course)

    def read_texts(self):
        super().read_texts()
        self.of_discipline = collections.defaultdict(set)
        for p, c, m, d, revision in self.ask(
                "select person, course, module, discipline, revision from completion where module is not null and at <= ?1"
                " union select person, course, module, discipline, revision from update_read where at <= ?1", self.as_of):
            self.of_discipline[p, c, d].add((m, self.version.get(revision, "1")))

    def people_rows(self):
        for p in self.people.values():
            if p["created"] > self.as_of or p["row"]["active"] != "yes":
                continue
            discipline = p["row"]["discipline"]
            for c in self.courses:
                yield from self.one(p, c, discipline)

    def one(self, p, c, discipline):
        key = p["id"], c["name"], discipline
        required = discipline in c["required"]
        begun = key in self.begun or key in self.finished or key in self.modules or key in self.scores
        beside = self.beside_of(p, c["name"], discipline)
        if not required and not begun and not beside[0]:
            return
        finished = self.finished.get(key)
        update = self.known_here(*key)
        expires, status = None, "completed" if finished is not None else "in progress" if begun else "not started"
        if finished is not None and key in self.held and self.held[key][1]:
            on, months, _ = self.held[key]
            expires = months_on(on, months)
            if p["day"] > expires:
                status = "expired"
            elif p["day"] >= months_on(expires, -3):
                status = "expiring"
        if finished is not None and status == "completed" and update:
            status = "update due"
        source = "course" if finished is not None else ""
        scores = self.scores.get(key)
        score = sum(scores) // len(scores) if scores else ""
        if finished is None and beside[0]:
            _, status, finished, expires, source, elsewhere = beside
            score = elsewhere if score == "" and elsewhere is not None else score
        yield dict(p["row"], name=self.fact(p["id"], "name", p["day"]) or p["name"], course=c["name"],
                   discipline=discipline, required="yes" if required else "no", status=status,
                   modules_done=len(self.modules.get(key, ())), modules=len(c["modules"]),
                   score=score, minutes=max(1, (self.seconds[key] + 59) // 60) if begun else 0,
                   started_at=text(self.begun.get(key)), last_activity_at=text(self.last.get(key)),
                   completed_at=text(finished), update_due="yes" if update else "no", expires_on=text(expires),
                   source=source)


GROUPS = {"discipline": ("discipline",), "course": ("course",), "discipline-course": ("course", "discipline"),
          "agency": ("agency",), "unit": ("unit",), "task-force": ("task_forces",)}


def group_cells(people):
    """The numbers of one group, each counted from the people."""
    n = len(people)
    of = lambda *words: sum(r["status"] in words for r in people)
    completed = sum(r["completed_at"] != "" for r in people)
    scores = sorted(r["score"] for r in people if r["completed_at"] != "" and r["score"] != "")
    half = len(scores) // 2
    median = "" if not scores else scores[half] if len(scores) % 2 else (scores[half - 1] + scores[half]) // 2
    return {"people": n, "not_started": of("not started"), "in_progress": of("in progress"), "completed": completed,
            "percent": percent(completed, n), "median_score": median,
            "update_due": sum(r["update_due"] == "yes" for r in people), "expiring": of("expiring"),
            "expired": of("expired"), "exempt": of("exempt"), "awaiting_approval": of("awaiting approval"),
            "percent_now": percent(completed - of("expired"), n - of("exempt"))}


def grouped(count, people, by):
    """{key: cells} of the people who count: all of whom the course is required, else who began."""
    groups = collections.defaultdict(list)
    for r in people:
        if by == "unit":
            keys = {count.orgs[x]["path"] for o in count.orgs_on(int(r["person_id"]), count.people[int(r["person_id"])]["day"])
                    for x in count.above(o) if count.orgs[x]["kind"] == "unit"} or {""}
        elif by in ("agency", "task-force"):
            keys = set(r[GROUPS[by][0]].split("; "))
        else:
            keys = {"/".join(r[c] for c in reversed(GROUPS[by]))}
        for key in keys:
            groups[key].append(r)
    return {key: group_cells(members) for key, members in groups.items()}

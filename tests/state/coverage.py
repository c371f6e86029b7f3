"""coverage.py: what a team can do between them as of a day, counted a second time from the raw tables: of each
discipline in it how many completed each module, or all modules that assess an objective, and from which chairs its
people have played. What is right is said in ct/report/coverage.h."""
import collections

import content
from completion import percent
from due import number
from facts import Facts

CELLS = {
    "modules": "course module_number module_title asked people completed percent missing".split(),
    "objectives": "course modules questions graded_questions asked people covered percent missing".split(),
    "chairs": "module_title people passed played passed_by played_by".split(),
}
KEY = {"modules": ("module", "discipline"), "objectives": ("objective", "discipline"),
       "chairs": ("module", "chair", "discipline")}


def listed(names, most=200):
    """The names of a cell; of very many the first, and how many more."""
    names = list(names)
    return "; ".join(names[:most] + (["and %d more" % (len(names) - most)] if len(names) > most else []))


class Coverage(Facts):
    def __init__(self, path, as_of, day, folder):
        super().__init__(path, as_of)
        self.today = number(day)
        self.names, self.courses = content.read(folder)
        self.done = collections.defaultdict(set)  # modules, in whatever discipline
        for p, c, m in self.ask("select distinct person, course, module from completion where module is not null"
                                " and at <= ?", as_of):
            self.done[p].add((c, m))
        for p, c in self.ask("select person, course from completion x where module is null and at <= ? and not exists"
                             " (select 1 from completion_part where completion = x.id)", as_of):
            self.done[p].update((c, m["id"]) for k in self.courses if k["name"] == c for m in k["modules"])
        last = {}  # what was completed before, as an import recorded it: all of the course
        for id_, p, c, withdrawn in self.ask("select coalesce(corrects, id), person, course, withdrawn from past_completion"
                                             " where at <= ? order by at, id", as_of):
            last[id_] = p, c, withdrawn
        for p, c, withdrawn in last.values():
            if not withdrawn:
                self.done[p].update((c, m["id"]) for k in self.courses if k["name"] == c for m in k["modules"])
        self.played, self.passed = collections.defaultdict(set), collections.defaultdict(set)
        for p, c, m, chair, passed in self.ask("select person, course, module, chair, max(passed) from run join run_result"
                                               " on run = id where at <= ? group by 1, 2, 3, 4", as_of):
            (self.passed if passed else self.played)[c, m, chair].add(p)

    def team(self, place):
        """{discipline: [(last name, first name, id, name)]} of an org's people, in the curriculum's order."""
        got = collections.defaultdict(list)
        where = next(o for o, x in self.orgs.items() if x["path"] == place) if place else None
        for p in self.people.values():
            me = p["id"]
            if p["created"] > self.as_of or self.fact(me, "active", self.today) == "no":
                continue
            if where and not any(where in self.above(o) for o in self.orgs_on(me, self.today)):
                continue
            tenures = self.tenures[me][None]
            name = self.fact(me, "name", self.today) or p["name"]
            last, first = (self.fact(me, f, self.today) or "" for f in ("last_name", "first_name"))
            if not last and not first:
                first, _, last = name.rpartition(" ")
            got[tenures[-1][1] if tenures else "none"].append((last.encode(), first.encode(), me, name))
        return {d: sorted(got[d]) for d in list(self.names) + ["none"] if d in got}

    def cells(self, people, done):
        missing = listed(x[3] for x in people if not done(x[2]))
        n = sum(done(x[2]) for x in people)
        return {"people": len(people), "completed": n, "covered": n, "percent": percent(n, len(people)), "missing": missing}

    def modules(self, team, course):
        for d, people in team.items():
            for i, m in enumerate(course["modules"], 1):
                yield (m["slug"], d), dict(self.cells(people, lambda p: (course["name"], m["id"]) in self.done[p]),
                                         course=course["name"], module_number=i, module_title=m["title"], asked="yes")

    def objectives(self, team, course):
        found = {}
        for m in course["modules"]:
            for short, sentence in m["objectives"]:
                x = found.setdefault(sentence, {"modules": [], "slugs": [], "questions": 0, "graded": 0})
                x["modules"].append(m["id"])
                x["slugs"].append(m["slug"])
                x["questions"] += m["asks"][short][0]
                x["graded"] += m["asks"][short][1]
        for d, people in team.items():
            for sentence, x in found.items():
                all_of = {(course["name"], m) for m in x["modules"]}
                yield (sentence, d), dict(self.cells(people, lambda p: all_of <= self.done[p]), course=course["name"],
                                          modules="; ".join(x["slugs"]), questions=x["questions"],
                                          graded_questions=x["graded"], asked="yes")

    def chairs(self, team, course):
        """Of a course without scenarios: those of all courses that are meant for somebody."""
        of = [course] if any(m["scenario"] for m in course["modules"]) else \
            [c for c in self.courses if any(d in c["required"] + c["recommended"] for d in team)]
        for c in of:
            for m in c["modules"]:
                for chair in [d for d in self.names if d in m["chairs"]]:
                    for d, people in team.items():
                        passed = [x[3] for x in people if x[2] in self.passed[c["name"], m["id"], chair]]
                        played = [x[3] for x in people if x[2] in self.played[c["name"], m["id"], chair]]
                        yield (m["slug"], chair, d), {
                            "module_title": m["title"], "people": len(people), "passed": len(passed),
                            "played": len(passed) + len(played), "passed_by": listed(passed),
                            "played_by": listed(played)}

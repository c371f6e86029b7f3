"""questions.py: how people did at the questions of a quiz, counted a second time from the raw tables. What is right is
said in ct/learn/question_report.h and question_stats.h."""
import collections
import json

from content import quiz
from facts import Facts

LEAST = 5
PLACE = "course module".split()
SHARE = "right right_percent mean_percent".split()
COLUMNS = {"questions": PLACE + "question question_title objectives discipline people".split() + SHARE + ["instead"],
           "objectives": PLACE + "objective objective_text questions discipline answers".split() + SHARE}
KEY = {"questions": ("question", "discipline"), "objectives": ("objective", "discipline")}


def nearest(part, whole):
    return int(100 * part / whole + 0.5) if whole else ""


class Questions(Facts):
    def __init__(self, path, as_of, names, course, module):
        super().__init__(path, as_of)
        self.names, self.course, self.module = names, course, module
        self.questions = module["questions"]
        source = dict(self.ask("select hash, source from revision where path = ?", module["path"]))
        asked = {h: {q["id"]: q for q in quiz(text)} for h, text in source.items()}
        same = {h: {q["id"] for q in self.questions if q["id"] in qs and self.reads(qs[q["id"]]) == self.reads(q)}
                for h, qs in asked.items()}
        self.first = collections.defaultdict(dict)  # {question: {person: (discipline, share, attempt)}}
        for p, d, revision, attempt, q, share in self.ask(
                "select a.person, a.discipline, a.revision, a.id, g.question, g.share from attempt a join attempt_result r"
                " on r.attempt = a.id join attempt_grade g on g.attempt = a.id where a.course = ? and a.module = ?"
                " order by r.at, a.id", course["name"], module["id"]):
            if q in same.get(revision, ()):
                self.first[q].setdefault(p, (d, share, attempt))
        self.answers = {(a, q): json.loads(x) for a, q, x in self.ask(
            "select attempt, question, answer from attempt_answer x where attempt in (select id from attempt where"
            " course = ? and module = ?) order by id", course["name"], module["id"])}

    @staticmethod
    def reads(q):
        """What is asked, and what it takes for an answer."""
        lines = [line for line in q["asks"].split("\n") if "`id: " not in line]
        return "\n".join(lines).split(), q["options"]

    def told(self, question):
        """{discipline: [share]} of those that are told of one question; "all" among them if that is."""
        by = collections.defaultdict(list)
        for d, share, _ in self.first[question].values():
            by[d].append(share)
        everybody = [x for shares in by.values() for x in shares]
        if len(everybody) < LEAST:
            return {}
        told = {d: shares for d, shares in by.items() if len(shares) >= LEAST}
        hidden = len(everybody) - sum(map(len, told.values()))
        while 0 < hidden < LEAST and told:  # what is not told must not follow from the rest
            fewest = min(told, key=lambda d: (len(told[d]), list(self.names).index(d)))
            hidden += len(told.pop(fewest))
        return dict(told, all=everybody)

    def instead(self, q):
        """The wrong option that was picked most often, at first."""
        n = collections.Counter()
        for _, _, attempt in self.first[q["id"]].values():
            for option in self.answers.get((attempt, q["id"]), ()) if q["options"] else ():
                if not q["options"][option][0]:
                    n[option] += 1
        best = min(n, key=lambda o: (-n[o], o), default=None)
        return q["options"][best][1] if best is not None else ""

    def share(self, shares, number):
        if not shares:
            return dict.fromkeys(SHARE + [number], "")
        right = sum(x == 1 for x in shares)
        return {number: len(shares), "right": right, "right_percent": nearest(right, len(shares)),
                "mean_percent": nearest(sum(shares), len(shares))}

    def ordered(self):
        """Those that most get wrong come first."""
        def right(q):
            shares = self.told(q["id"]).get("all", ())
            return sum(x == 1 for x in shares) / len(shares) if shares else 2
        return sorted(self.questions, key=right)

    def rows(self, of):
        place = {"course": self.course["name"], "module": self.module["slug"]}
        told = {q["id"]: self.told(q["id"]) for q in self.questions}
        for q in self.ordered() if of == "questions" else ():
            for d in ["all"] + [d for d in self.names if d in told[q["id"]]]:
                shares = told[q["id"]].get(d, ())
                if d != "all" and not shares:
                    continue
                yield dict(place, question=q["id"], question_title=q["title"], objectives="; ".join(q["objectives"]),
                           discipline=d, **self.share(shares, "people"),
                           instead=self.instead(q) if d == "all" and shares else "")
        for short, sentence in self.module["objectives"] if of == "objectives" else ():
            mine = [q["id"] for q in self.questions if short in q["objectives"]]
            for d in ["all"] + [d for d in self.names if any(d in told[q] for q in mine)]:
                shares = [x for q in mine for x in told[q].get(d, ())]
                if d != "all" and not shares:
                    continue
                yield dict(place, objective=short, objective_text=sentence, questions=len(mine), discipline=d,
                           **self.share(shares, "answers"))

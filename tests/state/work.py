"""work.py: what the people of the state did in three years: sections, quizzes, cases, completions, certificates."""
import random

import content
import people

DAY = 86400
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def otherwise(source):
    """The text before the first question of its quiz was put anew, and the feedback of the second."""
    head, mark, quiz = source.partition("## Quiz")
    before, first, second, rest = quiz.split("\n### ", 3)
    first = first.replace("- (x) ", "- (x) At once: ", 1)
    second = second.replace("  > ", "  > Well. ", 1)
    return head + mark + "\n### ".join((before, first, second, rest))


class Texts:
    """The texts that were live, and when: every module from the start, two with a material change later, one with a
    change that is none, one that moved to another file, and one that changed when it moved."""

    def __init__(self, courses, start, end):
        self.rows, self.editions, self.publications, self.live = [], [], [], {}
        self.changes = []  # files that came and went
        for c in courses:
            for i, m in enumerate(c["modules"]):
                now = [(start - 30 * DAY, m["source"], m["version"], None)]
                if i == 1:
                    older = m["source"].replace("\n---\n", "\nversion: 2\nchange: A duty is new.\n---\n", 1) \
                        if c["name"] == "three-cases" else m["source"]
                    change = (end - 150 * DAY, m["source"] + "\n", m["version"], None)
                    now = [(start - 30 * DAY, older, "2" if older != m["source"] else m["version"], None), change]
                elif c["name"] == "bridging-the-systems" and i == 3:
                    older = otherwise(m["source"]).replace("\n---\n", "\nversion: 2024\n---\n", 1)
                    middle = m["source"].replace("\n---\n", "\nversion: 2025\nchange: The line is new.\n---\n", 1)
                    now = [(start - 30 * DAY, older, "2024", None), (start + 400 * DAY, middle, "2025", "The line is new."),
                           (end - 200 * DAY, m["source"], m["version"], None)]
                first, moved = m["path"], {("for-caseworkers", 0): 170, ("bridging-the-systems", 6): 300}.get((c["name"], i))
                if moved:
                    first = m["path"].replace("/0", "/00")
                    older = (m["source"].replace("\n---\n", "\nversion: 2023\n---\n", 1), "2023") if i == 0 \
                        else (m["source"], m["version"])
                    now = [(start - 30 * DAY, *older, None), (end - moved * DAY, m["source"], m["version"], None)]
                    self.changes.append((first, 0, end - moved * DAY))
                self.live[m["id"]] = []
                for at, source, version, change in now:
                    path = m["path"] if self.live[m["id"]] else first
                    if source.endswith("\n\n"):  # the same text with a blank line less is the one of today
                        source = source[:-1]
                    name = content.revision(source)
                    self.rows.append((name, path, source, at))
                    self.editions.append((name, version, change))
                    self.publications.append((path, name, at))
                    self.live[m["id"]].append((at, name))
        self.publications.sort(key=lambda r: r[2])

    def at(self, module, at):
        name = self.live[module][0][1]
        for since, later in self.live[module]:
            if since <= at:
                name = later
        return name


class Work:
    TABLES = ("section_opened section_done attempt attempt_answer attempt_result attempt_grade run run_result activity activity_quarter"
              " completion "
              "completion_part certificate certificate_term certificate_revocation certificate_name update_read").split()

    def __init__(self, rng, courses, names, texts, start, end, first):
        self.rng, self.courses, self.names, self.texts = rng, courses, names, texts
        self.start, self.end = start, end
        self.rows = {t: [] for t in self.TABLES}
        self.codes = set()
        self.completions, self.attempts, self.runs, self.answers = first
        self.marks = random.Random(len(courses))  # of its own, so that marks change nothing else of the state

    def everything(self, everybody):
        for p in everybody:
            if p["signs_in"]:
                self.person(p)

    def person(self, p):
        rng = self.rng
        self.touched, self.quarters, self.opened, self.spent = {}, {}, set(), {}
        for i, (since, discipline) in enumerate(p["disciplines"]):
            until = p["disciplines"][i + 1][0] if i + 1 < len(p["disciplines"]) else self.end
            at = max(since, self.start) + rng.randrange(1, 40 * DAY)
            for c in self.courses:
                wants = discipline in c["required"], discipline in c["recommended"]
                chance = p["diligence"] * (0.97 if wants[0] else 0.9 if wants[1] else 0.03)
                if rng.random() < chance:
                    at = self.course(p, c, discipline, at, until) + rng.randrange(DAY, 40 * DAY)
        for (course, module, discipline), (first, last, seconds) in self.touched.items():
            self.rows["activity"].append((p["id"], course, module, discipline, first, last, seconds))
        self.rows["activity_quarter"] += [(p["id"], *key, sum_) for key, sum_ in self.quarters.items()]
        if rng.random() < 0.01:
            self.rows["certificate_name"].append((p["id"], p["name"] + "-Newname", self.end - rng.randrange(200 * DAY)))

    def away(self, p, at):
        return any(a <= at < b for a, b in p["gone"])

    def course(self, p, c, discipline, at, until):
        """One round, and for a course with a term, a renewal each year as long as the person keeps to it. Returns
        when the first was over."""
        rng = self.rng
        first = done = self.round(p, c, discipline, at, until)
        while done and c["months"] and rng.random() < 0.55 + p["diligence"] * 0.45:
            again = done + (c["months"] * 30 - rng.choice((80, 60, 40, 20, 10, -20, -70))) * DAY + rng.randrange(DAY)
            done = self.round(p, c, discipline, again, until)
        return first or at

    def round(self, p, c, discipline, at, until):
        """All modules in turn. Some people stop half-way. Returns when the course was completed, else None."""
        rng = self.rng
        parts, scores, minutes, stops = [], [], 0, rng.random() > 0.62 + 0.36 * p["diligence"]
        last = rng.randrange(len(c["modules"])) if stops else None
        for i, m in enumerate(c["modules"]):
            at += rng.choice((3600, 7200, DAY, 3 * DAY, 9 * DAY)) + rng.randrange(3600)
            if at + 7200 >= min(until, self.end) or self.away(p, at):
                return None
            revision = self.texts.at(m["id"], at)
            if i == last:
                self.open(p, c, m, discipline, at, rng.randrange(1, len(m["sections"]) + 1), None)
                return None
            spent = self.open(p, c, m, discipline, at, len(m["sections"]), revision)
            at += spent
            score = self.run(p, c, m, discipline, revision, at) if m["scenario"] \
                else self.quiz(p, c, m, discipline, revision, at) if m["quiz"] else None
            at += 900
            self.touch(p, c, m, discipline, at, 600)
            self.complete(p, c, m, discipline, revision, score, spent // 60 + 10, at)
            parts.append((m["id"], revision))
            scores += [score] if score is not None else []
            minutes += spent // 60 + 10
            if rng.random() < 0.02:
                self.rows["update_read"].append((p["id"], c["name"], m["id"], discipline,
                                                 self.texts.live[m["id"]][-1][1], self.end - 3600))
        name = content.revision("\n".join(r for _, r in parts))
        self.complete(p, c, None, discipline, name, sum(scores) // len(scores) if scores else None, minutes, at)
        self.rows["completion_part"] += [(self.completions, m, r) for m, r in parts]
        self.certify(p, c, discipline, at)
        return at

    def touch(self, p, c, m, discipline, at, seconds):
        key = c["name"], m["id"], discipline
        first, last, sum_ = self.touched.get(key, (at, at, 0))
        self.touched[key] = min(first, at), max(last, at), sum_ + seconds
        if seconds:
            quarter = key + (at // 900,)
            self.quarters[quarter] = self.quarters.get(quarter, 0) + seconds

    def open(self, p, c, m, discipline, at, n, revision):
        begun, step = at, 60 * max(1, m["minutes"] // max(1, len(m["sections"])))
        for section in m["sections"][:n]:
            if (m["id"], section, discipline) not in self.opened:
                self.opened.add((m["id"], section, discipline))
                self.rows["section_opened"].append((p["id"], c["name"], m["id"], section, discipline, at))
                if revision:
                    self.rows["section_done"].append((p["id"], c["name"], m["id"], section, discipline, revision,
                                                      at + step))
            self.touch(p, c, m, discipline, at, min(step, 600))
            at += step
        return at - begun

    def quiz(self, p, c, m, discipline, revision, at):
        rng = self.rng
        for fails in range(rng.choice((0, 0, 0, 1, 1, 2)), 0, -1):
            self.attempt(p, c, m, discipline, revision, rng.randrange(40, 80), at - 7200 * fails)
        score = rng.randrange(80, 101)
        self.attempt(p, c, m, discipline, revision, score, at)
        if rng.random() < 0.03:  # begun once more and never handed in
            self.attempts += 1
            self.rows["attempt"].append((self.attempts, p["id"], c["name"], m["id"], discipline, revision,
                                         self.attempts, 80, at + 3600))
        return score

    def attempt(self, p, c, m, discipline, revision, score, at):
        self.attempts += 1
        self.rows["attempt"].append((self.attempts, p["id"], c["name"], m["id"], discipline, revision, self.attempts,
                                     80, at))
        self.rows["attempt_result"].append((self.attempts, score, score >= 80, at + 900))
        self.touch(p, c, m, discipline, at + 900, 0)
        if m in self.courses[0]["modules"][:4:3] + self.courses[2]["modules"] + self.courses[4]["modules"]:
            own = self.rng if m is self.courses[0]["modules"][0] else self.marks
            for q in m["questions"]:
                self.grade(q, discipline, own.random() < score / 100, at)

    def grade(self, q, discipline, right, at):
        """The answer is kept where one option is picked. A favourite of the wrong ones goes by discipline."""
        wrong = [i for i, (good, _) in enumerate(q["options"]) if not good]
        self.rows["attempt_grade"].append((self.attempts, q["id"], 1.0 if right else 0.0 if wrong else 0.5, q["points"]))
        if wrong:
            favourite = wrong[len(discipline) % len(wrong)]
            picked = favourite if self.marks.random() < 0.7 else self.marks.choice(wrong)
            good = next(i for i, (good, _) in enumerate(q["options"]) if good)
            self.answers += 1
            self.rows["attempt_answer"].append((self.answers, self.attempts, q["id"], "[%d]" % (good if right else picked), at))

    def run(self, p, c, m, discipline, revision, at):
        rng = self.rng
        own = [discipline] if discipline in m["chairs"] else [rng.choice(m["chairs"])] if m["chairs"] else [discipline]
        others = [ch for ch in m["chairs"] if ch != own[0] and rng.random() < 0.3]
        for chair in [own[0]] * rng.choice((0, 0, 1)) + others:
            self.play(p, c, m, discipline, revision, chair, at - rng.randrange(7200), rng.random() < 0.4)
        self.play(p, c, m, discipline, revision, own[0], at, True)

    def play(self, p, c, m, discipline, revision, chair, at, passed):
        self.touch(p, c, m, discipline, at, 0)
        self.runs += 1
        self.rows["run"].append((self.runs, p["id"], c["name"], m["id"], discipline, chair, revision,
                                 '{"scene":"before-you-begin","variables":{}}', at))
        if passed or self.rng.random() < 0.7:
            self.rows["run_result"].append((self.runs, "ending-a" if passed else "ending-b",
                                            "Standing" if passed else "Alone", passed, at + 900))

    def complete(self, p, c, m, discipline, revision, score, minutes, at):
        """The record says the minutes of all time, with those of earlier completions."""
        key = c["name"], m and m["id"], discipline
        minutes += self.spent.get(key, 0)
        self.spent[key] = minutes
        self.completions += 1
        self.rows["completion"].append((self.completions, p["id"], c["name"], c["title"], m and m["id"],
                                        m and m["title"], discipline, revision, score, minutes, at))

    def certify(self, p, c, discipline, at):
        rng = self.rng
        code = "".join(rng.choices(LETTERS, k=16))
        while code in self.codes:
            code = "".join(rng.choices(LETTERS, k=16))
        self.codes.add(code)
        name = self.names[discipline].split(" / ")[0]
        self.rows["certificate"].append((code, self.completions, p["name"], name[0].upper() + name[1:],
                                         sum(m["minutes"] for m in c["modules"]), at))
        self.rows["certificate_term"].append((code, c["months"]))
        if rng.random() < 0.004:
            self.rows["certificate_revocation"].append((code, "Issued by mistake", min(self.end, at + rng.randrange(90 * DAY))))

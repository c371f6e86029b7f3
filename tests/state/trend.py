"""trend.py: how a team stood at the end of each period, counted a second time: all of it from what is recorded up to
one moment, of the days of the periods. What is right is said in ct/report/trend.h."""
import collections

import due
from due import number, text
from rows import Rows

STANDING = {"completed": "completed", "expiring": "completed", "update due": "completed", "not started": "open",
            "in progress": "open", "awaiting approval": "open", "overdue": "overdue", "expired": "overdue",
            "exempt": "exempt"}
CELLS = ("from until people completed completed_ever asked standing_completed standing_open standing_overdue"
         " standing_exempt").split()


def periods(by, first, last):
    """[(label, first day, last day)] of months or quarters, as far as they are within what was asked for."""
    got, day = [], first
    while day <= last:
        d = due.date(day)
        begin = d.month if by == "month" else (d.month - 1) // 3 * 3 + 1
        end = due.months_on(number("%d-%02d-01" % (d.year, begin)), 1 if by == "month" else 3) - 1
        label = "%d-%02d" % (d.year, d.month) if by == "month" else "%d-Q%d" % (d.year, (d.month + 2) // 3)
        got.append((label, day, min(end, last)))
        day = end + 1
    return got


class Trend(Rows):
    """`place`: an agency's path; None: everybody."""

    def __init__(self, path, as_of, place):
        super().__init__(path, as_of)
        self.where = next(o for o, x in self.orgs.items() if x["path"] == place) if place else None
        for p in self.people.values():
            if p["created"] <= as_of:
                self.describe(p)
        self.ends = {}  # {day: what the team is at the end of it}
        self.first = collections.defaultdict(dict)  # of each person the day of each course's first completion
        for p, c, at in self.ask("select person, course, min(at) from completion where module is null and at <= ?"
                                 " group by person, course", as_of):
            self.first[p][c] = self.day_at(p, at)
        for (p, c), mine in self.imported.items():
            self.first[p][c] = min([x["on"] for x in mine] + [self.first[p].get(c, mine[0]["on"])])

    def in_team(self, p, day):
        """Whether somebody was in the team on a day."""
        me = p["id"]
        if "present" not in p or day < self.day_at(me, p["created"]) or self.fact(me, "active", day) == "no":
            return False
        return not self.where or any(self.where in self.above(o, day) for o in self.orgs_on(me, day))

    def spells(self, p, requirement):
        """Of one person at a time they are asked for again and again."""
        kept = p.setdefault("spells", {})
        if requirement["id"] not in kept:
            kept[requirement["id"]] = super().spells(p, requirement)
        return kept[requirement["id"]]

    def standing(self, p, day):
        """The word of each requirement that is on somebody on a day."""
        now, p["day"] = p["day"], day
        for q in self.requirements:
            h = self.history(p, q)
            got = due.Reckoning(q["rules"], h, day).reckon() if h.spells else []
            if got and got[-1].current:
                yield STANDING[got[-1].status]
        p["day"] = now

    def read(self, days):
        """Of these days: how many the team is, on which days they first completed each course, how they stand."""
        for day in days:
            self.ends[day] = [0, [], collections.Counter()]
        for p in self.people.values():
            for day in days:
                if self.in_team(p, day):
                    end = self.ends[day]
                    end[0] += 1
                    end[1] += self.first[p["id"]].values()
                    end[2].update(self.standing(p, day))
            p.pop("spells", None)

    def points(self, by, first, last):
        asked = periods(by, first, last)
        self.read([end for _, _, end in asked if end not in self.ends])
        for label, begin, end in asked:
            people, days, n = self.ends[end]
            yield {"period": label, "from": text(begin), "until": text(end), "people": people,
                   "completed": sum(begin <= d <= end for d in days), "completed_ever": sum(d <= end for d in days),
                   "asked": sum(n.values()), **{"standing_" + w: n[w] for w in ("completed", "open", "overdue", "exempt")}}

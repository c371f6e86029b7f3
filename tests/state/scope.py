"""scope.py: whom a manager is shown, counted a second time from the raw tables. What is right is said in
ct/learn/org.h, "who sees whom"."""
import collections

from due import number


class Scope:
    """Of one reader. `present`: the facts of the moment when it is asked; people are looked for where `count` has them."""

    def __init__(self, present, person):
        self.me, self.present = person, present
        now, day = present.as_of, present.as_of // 86400
        self.leads = self.tied("select org, on_date, begins from lead_event where person = ? and at <= ?"
                               " order by on_date, at, id", day, person, now)
        agency = lambda o: self.present.orgs[o]["agency"] or o
        self.own = {agency(o) for o in self.present.orgs_on(person, day) if self.kind(o) != "task force"}
        self.shared = collections.defaultdict(set)
        for force in [o for o in self.leads if self.kind(o) == "task force"]:
            self.shared[force] = self.tied("select agency, on_date, begins from sharing_event where org = ? and at <= ?"
                                           " order by on_date, at, id", day, force, now)

    def tied(self, sql, day, *values):
        state = {}
        for what, on, begins in self.present.ask(sql, *values):
            if number(on) <= day:
                state[what] = begins
        return {o for o, begins in state.items() if begins}

    def kind(self, org):
        return self.present.orgs[org]["kind"]

    def how(self, count, person, day, wish=None):
        """"tree": below what the reader leads; "force": named by a task force alone; "counted"; None: not shown at all.
        `wish`: an org; whoever is not in it is not shown."""
        orgs = count.orgs_on(person, day)
        within = {x for o in orgs for x in count.above(o)}
        if wish is not None and wish not in within:
            return None
        if within & {o for o in self.leads if self.kind(o) != "task force"}:
            return "tree"
        agencies = {count.orgs[o]["agency"] or o for o in orgs if self.kind(o) != "task force"}
        forces = within & {o for o in self.leads if self.kind(o) == "task force"}
        if any(agencies & (self.own | self.shared[f]) for f in forces):
            return "force"
        asked = wish if wish is not None else (next(iter(self.leads)) if len(self.leads) == 1 else None)
        return "counted" if asked in forces else None

"""groups.py: the rows of the assignment report counted together, by one or two things, a second time."""
import collections

from completion import percent

GROUPS = "discipline agency unit task_force course requirement supervisor".split()
COLUMN = dict(zip(GROUPS, GROUPS), requirement="requirement_id")  # of the keys
TITLE = {g: g + "_name" for g in ("agency", "unit", "task_force")}
STATUSES = ("not started", "in progress", "completed", "awaiting approval", "overdue", "expiring", "expired", "update due",
            "exempt", "withdrawn")
CELLS = ["people", "assignments", "percent_completed"] + [s.replace(" ", "_") for s in STATUSES]


class Groups:
    """`count` is a Rows; its rows are counted once and then grouped as often as is wished."""

    def __init__(self, count):
        self.count = count
        self.rows = list(count.rows())
        self.names = dict(count.ask("select org, name from org_name where at <= ? order by at", count.as_of))
        self.by_path = {o["path"]: id_ for id_, o in count.orgs.items()}
        self.units = {}

    def units_of(self, person):
        """The units that somebody is in, with all above them."""
        if person not in self.units:
            count = self.count
            self.units[person] = {count.orgs[x]["path"] for o in count.orgs_on(person, count.people[person]["day"])
                                  for x in count.above(o) if count.orgs[x]["kind"] == "unit"}
        return self.units[person]

    def keys(self, row, by):
        """What a row counts for; "" for nothing."""
        if by == "unit":
            return self.units_of(int(row["person_id"])) or {""}
        if by in ("agency", "task_force"):
            return set(row[{"agency": "agency", "task_force": "task_forces"}[by]].split("; "))
        return {row["requirement_id" if by == "requirement" else by]}

    def title(self, by, key):
        """What an org is called; a unit with its agency."""
        if not key:
            return "None"
        org = self.by_path[key]
        agency = self.count.orgs[org]["agency"]
        return (self.names[agency] + ": " if by == "unit" else "") + self.names[org]

    def grouped(self, by, then):
        """{key or (key, key): cells}"""
        groups = collections.defaultdict(list)
        for r in self.rows:
            for a in self.keys(r, by):
                for b in self.keys(r, then) if then else [None]:
                    groups[a, b].append(r)
        return {key: self.cells(rows) for key, rows in groups.items()}

    def cells(self, rows):
        n = collections.Counter(r["status"] for r in rows)
        asked = len(rows) - n["exempt"] - n["withdrawn"]
        got = n["completed"] + n["expiring"] + n["update due"]
        cells = {s.replace(" ", "_"): n[s] for s in STATUSES}
        cells.update(people=len({r["person_id"] for r in rows}), assignments=len(rows),
                     percent_completed=percent(got, asked) if asked else "")
        return cells

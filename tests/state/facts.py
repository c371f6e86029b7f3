"""facts.py: what the raw tables say of everybody as of a moment, read with plain SQL; for the second count."""
import collections
import datetime
import sqlite3
import zoneinfo

from due import EPOCH, number
from home import Homes


def latest(rows, day):
    """Of rows (on, value) in the order of day and moment, what holds on a day."""
    got = None
    for on, value in rows:
        if on > day:
            break
        got = value
    return got


class Facts(Homes):
    def __init__(self, path, as_of):
        """`path`: of a database, or one that is open."""
        self.db = path if isinstance(path, sqlite3.Connection) else sqlite3.connect("file:%s?mode=ro" % path, uri=True)
        self.as_of = as_of
        self.zones, self.homes, self.chains = {}, {}, {}
        self.orgs = {r[0]: {"kind": r[1], "path": r[2], "agency": r[3], "parent": r[4], "zone": r[5], "month": r[6],
                            "at": r[7]}
                     for r in self.ask("select id, kind, path, agency, parent, time_zone, fiscal_month, at from org")}
        self.moves = collections.defaultdict(list)
        for org, parent, on in self.ask("select org, parent, on_date from org_parent_event where at <= ?"
                                        " order by on_date, at, id", as_of):
            self.moves[org].append((number(on), parent))
        self.people = {}
        for r in self.ask("select id, email, name, active, roles, discipline, created_at, signed_in_at from person"):
            self.people[r[0]] = dict(zip(("id", "email", "name", "active", "roles", "discipline", "created", "signed"), r))
        self.facts = self.grouped("select person, field, value, since from person_fact where at <= ?"
                                  " order by person, field, since, at, id", 2)
        self.tenures = self.grouped("select person, since, discipline from person_discipline where since <= ?"
                                    " order by person, since, rowid", 1)
        self.members = self.grouped("select person, org, on_date, begins from membership_event where at <= ?"
                                    " order by person, org, on_date, at, id", 1)

    def ask(self, sql, *values):
        return self.db.execute(sql, values)

    def grouped(self, sql, keys):
        """{person: {key: [the rest]}} of rows that were recorded by the moment."""
        got = collections.defaultdict(lambda: collections.defaultdict(list))
        for r in self.ask(sql, self.as_of):
            key = r[1] if keys == 2 else None
            got[r[0]][key].append(r[1 + (keys == 2):])
        return got

    def zone(self, name):
        if name not in self.zones:
            self.zones[name] = zoneinfo.ZoneInfo(name)
        return self.zones[name]

    def day(self, at, zone):
        """The day of a moment in a time zone."""
        return (datetime.datetime.fromtimestamp(at, self.zone(zone)).date() - EPOCH).days

    def orgs_on(self, person, day):
        """Ids of the orgs that somebody belongs to on a day, as they were recorded."""
        state = {}
        for org, on, begins in self.members[person][None]:
            if number(on) <= day:
                state[org] = begins
        return [o for o, begins in state.items() if begins]

    def parent(self, org, day):
        return ([below for on, below in self.moves[org] if on <= day] or [self.orgs[org]["parent"]])[-1]

    def above(self, org, day=None):
        """An org with all above it on a day (None: that of the moment where it is), its agency last."""
        agency = self.orgs[org]["agency"]
        if day is None:
            day = self.day(self.as_of, self.orgs[agency]["zone"]) if agency else 0
        if (org, day) not in self.chains:
            got = [org]
            while self.parent(got[-1], day):
                got.append(self.parent(got[-1], day))
            self.chains[org, day] = got + ([agency] if agency else [])
        return self.chains[org, day]

    def fact(self, person, field, day):
        return latest([(number(since), v) for v, since in self.facts[person][field]], day)

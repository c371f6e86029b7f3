"""home.py: whose days somebody's are, counted from the rows of membership; what is right is said in ct/learn/home.h."""
import datetime

from due import EPOCH, number


class Homes:
    """Of what facts.py reads: self.orgs, self.members, self.zone, self.as_of."""

    def site(self):
        """The zone of who never belonged to an agency."""
        agencies = sorted((o["at"], o["zone"]) for o in self.orgs.values() if o["kind"] == "agency")
        zones = {z for at, z in agencies if at <= self.as_of} or {z for _, z in agencies[:1]}
        return zones.pop() if len(zones) == 1 else "UTC"

    def agency_of(self, org):
        o = self.orgs[org]
        return None if o["kind"] == "task force" else o["agency"] or org

    def begin(self, org, on):
        """The first moment of a day where the agency is."""
        zone = self.zone(self.orgs[self.agency_of(org)]["zone"])
        return int(datetime.datetime.combine(EPOCH + datetime.timedelta(number(on)), datetime.time(), zone).timestamp())

    def spells_by(self, person, when):
        """[(when, agency)]: from then on it was the home; of several the first by path. Where there was none the one
        before stays."""
        rows = [(when(org, on), org, begins) for org, on, begins in self.members[person][None] if self.agency_of(org)]
        got = []
        for since in sorted({r[0] for r in rows}):
            state = {org: begins for at, org, begins in rows if at <= since}
            agencies = {self.agency_of(org) for org, begins in state.items() if begins}
            if agencies:
                got.append((since, min(agencies, key=lambda a: self.orgs[a]["path"])))
        return got

    def found(self, spells, at):
        """Also of the time before the first."""
        return ([a for since, a in spells if since <= at] or [a for _, a in spells[:1]] or [None])[-1]

    def home(self, person, at):
        if person not in self.homes:
            self.homes[person] = self.spells_by(person, self.begin)
        return self.found(self.homes[person], at)

    def home_on(self, person, day):
        """The same of a day, by the days of the rows."""
        return self.found(self.spells_by(person, lambda _, on: number(on)), day)

    def zone_at(self, person, at):
        agency = self.home(person, at)
        return self.site() if agency is None else self.orgs[agency]["zone"]

    def day_at(self, person, at):
        return self.day(at, self.zone_at(person, at))

"""moved.py: units that came to stand below another one, and units that were closed with their people put elsewhere, as
rows. What is right is said in ct/learn/org_change.h."""
from due import text as day_text

DAY = 86400


class Moved:
    """`taken`: orgs that requirements name; they stay open. `leads`: rows of lead_event."""

    def __init__(self, rng, orgs, people, taken, leads, start, end):
        self.moves, self.states = [], []
        led = {r[1] for r in leads} | set(taken)
        for agency in orgs.agencies:
            below = {r[4] for r in orgs.rows if r[3] == agency["id"]}
            ends = [u["id"] for u in agency["units"] if u["id"] not in below]  # nothing is below them
            if len(ends) < 3:
                continue
            moved, closed, other = rng.sample(ends, 3)
            on = rng.randrange(start, end) // DAY
            self.move(moved, rng.choice([None] + [u["id"] for u in agency["units"] if u["id"] not in (moved, closed)]), on,
                      min(end, on * DAY + rng.randrange(-20 * DAY, 20 * DAY)))
            if rng.random() < 0.4:  # corrected, of the same day, later
                self.move(moved, None, on, min(end, on * DAY + rng.randrange(20 * DAY, 60 * DAY)))
            if closed not in led and rng.random() < 0.7:
                self.close(people, closed, rng.choice((other, agency["id"])), rng.randrange(start, end) // DAY, end)

    def move(self, unit, below, on, at):
        self.moves.append((unit, below, day_text(on), at))

    def close(self, people, unit, to, on, end):
        """Rows of that day or later are of the other place; who was there is so from the day on."""
        rows = [r for r in people.members if r[1] == unit]
        at = min(end, max([on * DAY] + [r[4] for r in rows]) + 3600)
        self.states.append((unit, 1, day_text(on), "Merged", at))
        for who in sorted({r[0] for r in rows}):
            mine = sorted((r for r in rows if r[0] == who), key=lambda r: (r[3], r[4]))
            before = [r for r in mine if r[3] <= day_text(on)]
            if before and before[-1][2]:
                people.members += [(who, unit, 0, day_text(on), at), (who, to, 1, day_text(on), at)]
            for r in mine:
                if r[3] > day_text(on):
                    people.members += [(who, unit, 0, r[3], at), (who, to, r[2], r[3], at)]

"""elsewhere.py: hours of outside training of the state's people, for a requirement or for none, approved or not yet,
with what was corrected later. Courses completed before are before.py."""
from people import DAY


class Elsewhere:
    def __init__(self, rng, asks, people, start, end):
        self.rng, self.asks, self.end = rng, asks, end
        for p in people:
            begin = max(start, p["created"])
            if begin < end - 30 * DAY:
                self.hours(p, begin)

    def at(self, on, most):
        return min(self.end, on * DAY + 43200 + self.rng.randrange(most * DAY))

    def hours(self, p, begin):
        """Some hours here and there; of the requirements that ask for hours, or of none."""
        rng, hours = self.rng, self.asks.hours
        for _ in range(rng.choice((0, 0, 0, 1, 2, 4, 7))):
            on = rng.randrange(begin, self.end) // DAY
            told = {"requirement": rng.choice(hours + [None]), "minutes": rng.choice((20, 45, 60, 90, 120, 240)),
                    "credit_type": rng.choice(("cle", "ce", None, None)), "reason": "A day at the academy"}
            first = self.outside(p, None, on, self.at(on, 50), "The director" if rng.random() < 0.6 else "", **told)
            if rng.random() < 0.35:  # approved later, for more or less; or taken back
                told["minutes"] = rng.choice((told["minutes"], 30, 200))
                self.outside(p, first, on - rng.randrange(2), self.at(on + 50, 90), "The director", rng.random() < 0.25, **told)

    def outside(self, p, first, on, at, approved, withdrawn=0, **told):
        return self.asks.row(first, p, told["requirement"], "outside training", on, None, approved, at, withdrawn,
                             told["reason"], told["minutes"], told["credit_type"])

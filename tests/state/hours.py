"""hours.py: how many minutes of training are asked of somebody in a year, what of those that were earned counts for it,
and on which day they were enough; as include/ct/learn/due.h says. Used by due.py."""


def share(minutes, quarter):
    """Of who begins in quarter 0 to 3: rounded up to a quarter of an hour, but never more than all."""
    if not quarter:
        return minutes
    quarters_of_hours = -(-minutes * (4 - quarter) // (4 * 15))
    return min(minutes, 15 * quarters_of_hours)


class Hours:
    """What the years of one requirement and person take of the hours that were earned."""

    def __init__(self, history, as_of):
        self.h, self.as_of = history, as_of
        self.taken = {}  # in the days of grace of a year: which hours: [(end of the year, seconds)]
        self.years = []  # (first day, last day) of those that were counted

    def left(self, i, begin):
        day, seconds = self.h.earned[i]
        if any(first < begin and day <= end for first, end in self.years):
            return 0  # of another year; that of who left and came back in it has them again
        return seconds - max((n for end, n in self.taken.get(i, ()) if end < begin), default=0)

    def year(self, p, quarter, begin, end, last):
        """Sets quota, earned, begun, enough (with what waits) and the day of completion of a period."""
        p.quota, p.quarter = share(p.rule["minutes"], quarter), quarter
        left = [(day, self.left(i, begin), i) for i, (day, _) in enumerate(self.h.earned) if begin <= day <= last]
        left = [x for x in left if x[1] > 0]
        p.begun = left[0][0] if left else None
        p.completed, used = self.reach(left, p.quota * 60)
        for i, seconds in used:
            if self.h.earned[i][0] > end:
                whole = self.h.earned[i][1] - self.left(i, begin) + seconds
                self.taken.setdefault(i, []).append((end, whole))
        if p.completed is None:
            waits = [(day, n, -1 - i) for i, (day, n) in enumerate(self.h.pending) if begin <= day <= last]
            p.enough, used_ = self.reach(sorted(left + waits, key=lambda x: x[0]), p.quota * 60)
            p.waiting = max((-1 - i for i, _ in used_ if i < 0), default=None)
        in_year = sum(n for day, n, _ in left if day <= end)
        p.earned = in_year // 60
        if p.completed is not None and p.completed > end:
            p.earned = p.quota
        elif p.completed is None and last == self.as_of:  # they may still complete it
            p.earned = sum(n for _, n, _ in left) // 60
        self.years.append((begin, end))

    @staticmethod
    def reach(hours, asked):
        """The day on which they are enough, and what was used until then."""
        used = []
        for day, seconds, i in hours:
            used.append((i, min(seconds, asked)))
            asked -= seconds
            if asked <= 0:
                return day, used
        return None, []

"""due.py: when training is due and how that stands on a day, written a second time from what include/ct/learn/due.h
says, and without the program. Days are numbers since 1970; None is no day."""
import calendar
import datetime
import functools

import chairs
from hours import Hours

EPOCH = datetime.date(1970, 1, 1)
SOON = 30
YEARS = ("year", "personal")


def date(day):
    return EPOCH + datetime.timedelta(day)


@functools.lru_cache(maxsize=None)
def number(text):
    return (datetime.date.fromisoformat(text) - EPOCH).days if text else None


@functools.lru_cache(maxsize=None)
def text(day):
    return "" if day is None else date(day).isoformat()


@functools.lru_cache(maxsize=None)
def months_on(day, months):
    """The same day of the month so many months later, or the last of a shorter one."""
    d = date(day)
    n = d.year * 12 + d.month - 1 + months
    return (datetime.date(n // 12, n % 12 + 1, min(d.day, calendar.monthrange(n // 12, n % 12 + 1)[1])) - EPOCH).days


def year_of(day, month):
    """First and last day of the year that begins with a month."""
    d = date(day)
    first = datetime.date(d.year if d.month >= month else d.year - 1, month, 1)
    return (first - EPOCH).days, (first.replace(year=first.year + 1) - EPOCH).days - 1


def personal_year(anchor, day):
    """First and last day of the year that begins on the anniversary of a day."""
    n = date(day).year - date(anchor).year
    if months_on(anchor, 12 * n) > day:
        n -= 1
    return months_on(anchor, 12 * n), months_on(anchor, 12 * n + 12) - 1


class History:
    """What is known of one person and requirement: spells, leaves, waivers are lists of (first, last or None); earned and
    pending hours of (day, seconds), plays of (day, chair)."""

    def __init__(self, spells, hired, disciplines, done, awaiting, leaves, waivers, started):
        self.spells, self.hired, self.disciplines = spells, hired, disciplines
        self.done, self.awaiting, self.leaves, self.waivers, self.started = done, awaiting, leaves, waivers, started
        self.earned, self.pending, self.plays = [], [], []


class Period:
    def __init__(self, rule, assigned, until):
        self.rule, self.assigned, self.until = rule, assigned, until
        self.due = self.opens = self.completed = self.expires = self.status = self.status_on = None
        self.done = None  # which of `done`; of hours and chairs none
        self.next_play = 0
        self.first = self.last = None  # what was done on these days belongs to it; first None: on any day before
        self.year_end = None
        self.quota = self.earned = 0  # minutes
        self.begun = self.enough = None  # of hours: the first day; when they are enough with those that wait
        self.waiver = self.waiting = None  # which of them makes it so
        self.current = False


class Reckoning:
    """The periods that have begun by a day."""

    def __init__(self, rules, history, as_of):
        self.rules, self.h, self.as_of = rules, history, as_of
        self.periods = []
        self.used, self.used_play = -1, 0  # the last of `done` and the next of `plays` that counts for no period
        self.hours = Hours(history, as_of)
        stops = history.leaves + [w for w in history.waivers if w[1] is not None]
        self.stops = self.days_of(stops)
        self.leave_days = self.days_of(history.leaves)

    def days_of(self, spans):
        days = set()
        for a, b in spans:
            days.update(range(a, (b if b is not None else self.as_of) + 1))
        return days

    def rule_on(self, day):
        got = None
        for r in self.rules:
            if r["from"] <= day:
                got = r
        return got

    def moved(self, since, due, first=True):
        """The day that comes after so many days of which none is a stopped one. What counts from a completion does not
        ask whether the day of it was one (`first`)."""
        if not self.stops:
            return due
        day, left = since, due - since
        while first and day in self.stops:
            day += 1
        while left > 0:
            day += 1
            if day not in self.stops:
                left -= 1
        return day

    def moved_if_on(self, since, due):
        """A day of the calendar moves by the leave that it is in, as far as that is not before `since`."""
        if due not in self.leave_days:
            return due
        first = last = due
        while first > since and first - 1 in self.leave_days:
            first -= 1
        while last + 1 in self.leave_days:
            last += 1
        return due + last - first + 1

    def reckon(self):
        for first, last in self.h.spells:
            if first > self.as_of:
                continue
            last = last if last is not None and last <= self.as_of else None
            self.spell(first, last)
        if self.periods and self.h.spells:
            last = [s for s in self.h.spells if s[0] <= self.as_of][-1]
            if (last[1] is None or last[1] >= self.as_of) and self.periods[-1].assigned >= 0:
                self.periods[-1].current = True
        return self.periods

    def spell(self, first, last):
        """All that comes of one time under the requirement; `last` None: it goes on."""
        day = first
        self.came = first
        self.told = None
        while day is not None and (last is None or day <= last):
            rule = self.rule_on(day)
            if rule["kind"] in YEARS:
                day = self.year(rule, day, last)
            else:
                day = self.chain(rule, day, last)

    # ---- years ----

    def span(self, rule, day):
        """The year of a rule in which a day is. Of who was never hired personal years begin with the requirement."""
        if rule["kind"] == "personal":
            return personal_year(self.h.hired if self.h.hired is not None else self.came, day)
        return year_of(day, rule["month"])

    def year(self, rule, day, last):
        begin, end = self.span(rule, day)
        p = Period(rule, day, None)
        p.year_end = end
        p.due = self.moved_if_on(day, end)
        if last is not None and last <= p.due + rule["grace"]:
            p.until = last  # before it was missed
        lowest = p.opens = end - rule["window"] if rule["window"] else begin
        p.first = lowest if self.told is None else max(lowest, self.told + 1)
        p.last = min(self.limit(last), end)
        highest = min(self.limit(last), p.due + rule["grace"])
        if rule["minutes"]:
            quarter = sum(day >= months_on(begin, 3 * n) for n in (1, 2, 3))
            self.hours.year(p, quarter, begin, end, highest)
        else:
            earlier = [x for x in self.periods if x.year_end is not None and x.year_end < begin]
            self.used = max((x.done for x in earlier if x.done is not None), default=-1)  # for a year before, in its grace
            self.used_play = max((x.next_play for x in earlier), default=0)
            done = [c for c in self.unused() if lowest <= c[0] <= highest]
            good = sorted(done + self.played(rule, self.used_play, lambda d: lowest <= d <= highest), key=lambda c: c[:2])
            self.complete(p, good[:1])  # of a year the first counts, also before the assignment
        if p.begun is not None:
            p.first = p.begun
        p.last = p.completed if p.completed is not None else p.last
        self.told = p.last
        self.stand(p, p.assigned, lowest, held=False)
        self.periods.append(p)
        return end + 1 if end + 1 <= self.as_of else None

    # ---- first periods and renewals ----

    def limit(self, last):
        return self.as_of if last is None else last

    def unused(self):
        return [(d, 1, i, 0) for i, d in enumerate(self.h.done) if i > self.used]

    def played(self, rule, first, counts):
        """Completions by passing from enough chairs."""
        if not rule["chairs"]:
            return []
        return [(day, 0, None, after) for day, after in chairs.sets(self.h.plays, rule["chairs"], first, counts)]

    def complete(self, p, candidates):
        """Of what was done before the assignment that of the last day counts, else that of the first day after it; of
        one day the first that there is, plays before what was done elsewhere."""
        days = {c[0] for c in candidates}
        before = [d for d in days if d < p.assigned]
        if not days:
            return
        p.completed = max(before) if before else min(days)
        _, _, p.done, p.next_play = min((c for c in candidates if c[0] == p.completed), key=lambda c: c[:2])
        if p.done is not None:
            self.used = p.done

    def chain(self, rule, day, last):
        """A first period and its renewals. Returns the day of the next first one, or None."""
        until = last
        again = None
        if rule["kind"] == "discipline":
            changes = [d for d in self.h.disciplines if day < d <= self.limit(last)]
            if changes:
                again, until = changes[0], changes[0] - 1
        p = Period(rule, day, until)
        self.first_due(p)
        lowest = None
        if rule["kind"] == "fixed" and rule["window"]:
            lowest = max(number(rule["fixed_date"]), day + rule["days"]) - rule["window"]
        if rule["kind"] == "discipline":
            lowest = self.took_up(day)
        p.opens = lowest
        p.last = self.limit(until)
        counts = lambda d: d <= p.last and (lowest is None or d >= lowest) and not self.ran_out(rule, d, day)
        self.used = -1
        self.complete(p, [c for c in self.unused() if counts(c[0])] + self.played(rule, 0, counts))
        p.last = p.completed if p.completed is not None else p.last
        p.first = lowest
        if rule["every"]:
            good = months_on(day, -rule["every"]) - 3
            while self.ran_out(rule, good, day):
                good += 1
            p.first = good if lowest is None else max(lowest, good)
        self.periods.append(p)
        self.stand(p, day, lowest, held=False)
        if p.completed is not None:
            asked = self.renew(p, until)
            if asked is not None:
                return asked
        return again

    @staticmethod
    def ran_out(rule, day, assigned):
        """Whether what was done on a day before the assignment counted no more on the day of it."""
        return rule["every"] and day < assigned and months_on(day, rule["every"]) <= assigned

    def first_due(self, p):
        rule, day, days = p.rule, p.assigned, p.rule["days"]
        p.due = self.moved(day, day + days)
        if rule["kind"] == "fixed":
            p.due = self.moved_if_on(day, max(number(rule["fixed_date"]), day + days))
        since = self.h.hired if rule["kind"] == "hired" else self.took_up(day) if rule["kind"] == "discipline" else None
        if since is not None and since + days >= day:
            p.due = self.moved(day, since + days)

    def took_up(self, day):
        return max((d for d in self.h.disciplines if d <= day), default=None)

    def renew(self, p, until):
        """One more period for each time that what was completed runs out. It begins with the completion that will run
        out, or with the assignment where that is later, and has the rule of that day."""
        anchor, count = p.completed, 0
        while True:
            q = Period(self.rule_on(max(p.completed, p.assigned)), max(p.completed, p.assigned), until)
            every = q.rule["every"]
            if not every:
                later = [r["from"] for r in self.rules if r["from"] > q.assigned and r["every"]]
                return later[0] if later and later[0] <= self.limit(until) else None
            count += every
            p.expires = q.due = self.moved(p.completed, months_on(anchor, count), False)
            if q.due != months_on(anchor, count):
                anchor, count = q.due, 0
            q.opens = q.due - q.rule["window"] if q.rule["window"] else None
            q.first, q.last = p.completed + 1, self.limit(until)
            lowest = max(q.opens, q.first) if q.opens is not None else q.first
            counts = lambda d: lowest <= d <= q.last
            self.complete(q, [c for c in self.unused() if counts(c[0])] + self.played(q.rule, 0, counts))
            q.last = q.completed if q.completed is not None else q.last
            began = q.due - (q.rule["window"] or SOON)
            if q.completed is None and began > self.limit(until):
                return None
            self.stand(q, max(began, q.assigned), lowest, held=True)
            self.periods.append(q)
            if q.completed is None:
                return None
            if not (q.rule["from_expiry"] and q.completed <= q.due):
                anchor, count = q.completed, 0
            p = q

    # ---- how it stands ----

    def stand(self, p, shown, lowest, held):
        if p.completed is not None:
            p.status, p.status_on = "completed", p.completed
            return
        if p.until is not None and p.until < self.as_of:
            p.status, p.status_on = "withdrawn", p.until + 1
            return
        for i, (a, b) in enumerate(self.h.waivers):
            on_due = not held and p.rule["kind"] in ("fixed",) + YEARS and a <= p.due and (b is None or b >= p.due)
            if a <= self.as_of and (b is None or b >= self.as_of or on_due):
                p.status, p.status_on, p.waiver = "exempt", max(a, p.assigned), i
                return
        waits = [d for d in self.h.awaiting if d <= self.as_of and (lowest is None or d >= lowest)]
        p.waiting = self.h.awaiting.index(waits[0]) if waits else p.waiting
        started = self.h.started
        if p.quota:
            waits, started = [p.enough] if p.enough is not None else [], p.begun
        if waits:
            p.status, p.status_on = "awaiting approval", waits[0]
            return
        late = p.due + p.rule["grace"] + 1
        if self.as_of >= late:
            p.status, p.status_on = "expired" if held else "overdue", late
        elif held:
            p.status, p.status_on = "expiring", shown
        elif started is not None and started <= self.as_of:
            p.status, p.status_on = "in progress", max(started, p.assigned)
        else:
            p.status, p.status_on = "not started", p.assigned

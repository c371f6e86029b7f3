"""chairs.py: when a scenario was passed from so many different chairs; as include/ct/learn/due.h says. Used by due.py."""


def sets(plays, n, first, counts):
    """Each time that there were so many different chairs, a play counting once: [(day, number of the next play)].
    `plays` are (day, chair) in their order, from number `first` on; `counts(day)`: whether one of that day does."""
    got, seen = [], set()
    for i, (day, chair) in enumerate(plays):
        if i < first or not counts(day):
            continue
        seen.add(chair)
        if len(seen) == n:
            got.append((day, i + 1))
            seen = set()
    return got

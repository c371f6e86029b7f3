"""before.py: courses that people had completed elsewhere before, as imports recorded them, some of them corrected."""
from people import DAY, day_text

SOURCES = ("the old system", "State academy", "the register of 2022")


def rows(rng, people, courses, start, end):
    """Rows of past_completion."""
    got = []

    def row(first, p, course, on, score, minutes, source, evidence, withdrawn, at):
        discipline = next((d for since, d in reversed(p["disciplines"]) if since // DAY <= on), p["disciplines"][0][1])
        got.append((len(got) + 1, first, p["id"], course["name"], course["title"], discipline, day_text(on), score, minutes,
                    source, evidence, withdrawn, at))
        return len(got)

    for p in people:
        if rng.random() > 0.15 or p["created"] > end - 60 * DAY:
            continue
        course = rng.choice(courses[:3])
        at = rng.randrange(max(start, p["created"]), end - 30 * DAY)
        on = at // DAY - rng.randrange(1, 900)
        score, minutes = rng.choice((None, 70, 85, 100)), rng.choice((0, 0, 45, 100, 245))
        source, evidence = rng.choice(SOURCES), rng.choice(("", "A list in the file"))
        first = row(None, p, course, on, score, minutes, source, evidence, 0, at)
        if rng.random() < 0.3:
            row(first, p, course, on + rng.randrange(-20, 2), 90, 60, source, "A certificate", rng.random() < 0.4,
                at + rng.randrange(1, 25) * DAY)
    return got

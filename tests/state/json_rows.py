"""json_rows.py: a report as JSON, read as the program writes it: what is told of it in one line, then a row in each;
so that of a long one no more than a row is held at a time. Read at once what you ask for: a server gives up who takes
nothing for five seconds."""
import json


def read(file):
    """(what is told of it, its rows one by one) of an open file or an answer; it is closed behind the last row."""
    first = file.readline()
    if not first.rstrip().endswith(b'"rows":['):
        raise SystemExit("a report does not begin with a line that tells of it: %r" % first[:200])
    return json.loads(first + b"]}"), rows(file)


def rows(file):
    with file:
        for line in file:
            line = line.strip()
            if line == b"]}":
                return
            yield json.loads(line.rstrip(b","))
    raise SystemExit("a report as JSON has no end")

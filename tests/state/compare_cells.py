"""compare_cells.py: cells of a report held against those that are right, and what is said of the first that differ."""
import csv
import datetime
import io
import subprocess

SHOWN = 12  # differences that are printed


class Differences:
    def __init__(self):
        self.cells = self.n = 0

    def say(self, what, cell, got, want):
        self.n += 1
        if self.n <= SHOWN:
            print("%s, %s: got %r, want %r" % (what, cell, got, want))

    def row(self, what, got, want, cells):
        for cell in cells:
            self.cells += 1
            value = want.get(cell)
            value = "" if value is None else str(value)
            if got[cell] != value:
                self.say(what, cell, got[cell], value)


def as_csv(value):
    """What CSV makes of a text that a spreadsheet would take for a formula."""
    return "'" + value if value and value[0] in "=+-@\t\r" else value


def asked(program, data, *arguments):
    made = subprocess.run([program, "report", *arguments, "--format", "csv", "--data", data], check=True,
                          stdout=subprocess.PIPE).stdout.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(made, newline="")))


def moment(text):
    return int(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())

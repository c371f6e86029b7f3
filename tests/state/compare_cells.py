"""compare_cells.py: cells of a report held against those that are right, and what is said of the first that differ."""

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
            if cell not in want:
                self.say(what, cell, got[cell], "it to be counted")
                continue
            value = want[cell]
            value = "" if value is None else str(value)
            if got[cell] != value:
                self.say(what, cell, got[cell], value)


def as_csv(value):
    """What CSV makes of a text that a spreadsheet would take for a formula."""
    return "'" + value if value and value[0] in "=+-@\t\r" else value

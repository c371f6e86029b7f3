"""kinds.py: what the state asks beside courses: hours of training in years of every kind, and scenarios from several
chairs with every kind of due day."""
from asked import CASES, rule
from people import day_text


def requirements(orgs, named, start, end):
    """[(slug, what is asked for, rules)]"""
    s, e = start // 86400, end // 86400
    of = lambda *slugs: [a["id"] for a in orgs.agencies if a["slug"] in slugs]
    forces = [f["id"] for f in orgs.forces]
    hours = {"kind": "hours"}
    case = lambda module, title: {"kind": "scenario", "course": CASES, "module": module, "title": title}
    maya = case("maya-leaves-the-group-home", "Maya leaves the group home")
    devon = case("devon-at-juvenile-intake", "Devon at juvenile intake")
    ana = case("ana-and-the-certification-request", "Ana and the certification request")
    attorneys = ["prosecutor", "defense-attorney", "civil-attorney", "judge"]
    yearly = {"disciplines": ["guardian", "judge"], "title": "Hours in a calendar year"}
    fiscal = {"orgs": of("dcs", "probation", "casa"), "title": "Hours in a fiscal year"}
    return [
        ("hours-calendar", hours, [
            rule(s, "year", month=1, minutes=200, grace=45, **yearly),
            rule(s + 500, "year", month=1, minutes=310, grace=120, **yearly)]),
        ("hours-fiscal", hours, [
            rule(s + 20, "year", month=7, minutes=240, **fiscal),
            # From one year to another kind of it, in the middle of both.
            rule(s + 600, "year", month=10, minutes=300, grace=20, **fiscal)]),
        ("hours-personal", hours, [
            rule(s, "personal", minutes=250, grace=60, disciplines=["law-enforcement", "health"], people=named[:6],
                 title="Hours in a year of service")]),
        ("hours-legal", dict(hours, credit_type="cle"), [
            rule(s, "year", month=1, minutes=180, grace=90, disciplines=attorneys, title="Legal education")]),
        ("hours-ended", dict(hours, credit_type="ce"), [
            rule(s + 40, "year", month=4, minutes=90, grace=15, orgs=of("dcs", "health"), title="Continuing education"),
            rule(e - 260, "year", month=4, ends=1, title="Continuing education")]),
        ("case-two-chairs", maya, [
            rule(s + 10, "assigned", days=60, every=12, window=90, from_expiry=1, grace=10, chairs=2, orgs=forces,
                 title="Maya from two chairs"),
            rule(s + 650, "assigned", days=60, every=12, window=60, chairs=3, orgs=forces, title="Maya from all chairs")]),
        ("case-on-hire", devon, [
            rule(s + 15, "hired", days=90, every=6, chairs=1, grace=5, disciplines=["juvenile-justice", "prosecutor"],
                 title="Devon on hire")]),
        ("case-discipline", ana, [
            rule(s, "discipline", days=70, chairs=2, disciplines=["caseworker", "advocate"], title="Ana in one's work")]),
        ("case-year", maya, [
            rule(s + 30, "year", month=1, grace=40, chairs=2, disciplines=["advocate", "prosecutor"], title="Maya, yearly")]),
        ("case-personal", devon, [
            rule(s + 30, "personal", window=300, chairs=1, orgs=of("da", "probation"), title="Devon, every year of service")]),
        ("case-by-day", devon, [
            rule(s + 90, "fixed", fixed=day_text(e - 220), days=20, window=400, chairs=2, everybody=1,
                 title="Devon before the exercise")]),
    ]

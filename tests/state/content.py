"""content.py: what the state's people learn: courses and modules, read from the front matter of content/ by plain
patterns. Shares nothing with the program, which has a parser."""
import hashlib
import os
import re


def front(text):
    """The front matter of a source, as lines `key: value`; lists only in brackets."""
    got = {}
    head = re.match(r"---\n(.*?)\n---\n", text, re.S)
    for line in (head.group(1) if head else "").split("\n"):
        pair = re.match(r"([a-z-]+):\s*(.*)$", line)
        if pair:
            value = pair.group(2).strip()
            if value.startswith("["):
                value = [v.strip() for v in value.strip("[]").split(",")]
            elif value.startswith('"'):
                value = value[1:-1].replace('\\"', '"')
            got[pair.group(1)] = value
    return got


def module(path, text):
    """What a module is called: as it says itself, else as its file is."""
    return front(text).get("id") or re.sub(r"^\d+-|\.md$", "", os.path.basename(path))


def revision(text):
    return hashlib.blake2b(text.encode(), digest_size=32).hexdigest()


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", text.lower())).strip("-")


def asks(text, objectives):
    """{short name of an objective: (questions that name it, those of them in a quiz)}"""
    text = re.sub(r"(?ms)^(`{3,}).*?^\1$", "", text)
    got = {short: [0, 0] for short, _ in objectives}
    for part in re.split(r"(?m)^(?=## )", text):
        for short in re.findall(r"\w+", " ".join(re.findall(r"`objective: ([\w, ]+)`", part))):
            got[short][0] += 1
            got[short][1] += part.startswith("## Quiz")
    return got


def plain(text):
    """A line without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"[*`]", "", text)).strip()


def quiz(text):
    """The graded questions of a module, in written order: id, title, objectives, points; of a question with one right
    option the options, and which of them is right. `asks`: what a reader is asked, without feedback."""
    parts = re.split(r"(?m)^## Quiz\s*$", re.sub(r"(?ms)^(`{3,}).*?^\1$", "", text))
    got = []
    for block in re.split(r"(?m)^### ", parts[1].split("\n## ")[0] if len(parts) > 1 else "")[1:]:
        kind, _, title = block.split("\n", 1)[0].partition(": ")
        marks = dict(re.findall(r"`([a-z]+): ([^`]*)`", block))
        options = [(mark == "x", plain(o)) for mark, o in re.findall(r"(?m)^- \(([x ])\) (.*(?:\n  (?!>).*)*)", block)]
        if kind != "Reflect" and marks.get("points") != "0":
            got.append({"id": marks.get("id", slug(title)), "title": title.strip(),
                        "objectives": re.findall(r"\w+", marks.get("objective", "")), "options": options,
                        "asks": re.sub(r"(?m)^\s*>.*\n", "", block), "points": int(marks.get("points", 1))})
    return got


def read(folder):
    """Disciplines with their plain names, and the courses in their order."""
    source = open(os.path.join(folder, "curriculum.md"), encoding="utf-8").read()
    head = re.match(r"---\n(.*?)\n---\n", source, re.S).group(1)
    disciplines = dict(re.findall(r"^  - ([a-z-]+) \((.*)\)$", head, re.M))
    courses = []
    for name in re.findall(r"^  - ([a-z-]+)$", head, re.M):
        path = os.path.join(folder, name)
        about = front(open(os.path.join(path, "course.md"), encoding="utf-8").read())
        modules = []
        for file in sorted(f for f in os.listdir(path) if re.match(r"\d\d-.*\.md$", f)):
            text = open(os.path.join(path, file), encoding="utf-8").read()
            m = front(text)
            listed = re.search(r"(?m)^objectives:\n((?:  - .*\n)+)", text.split("\n---\n")[0] + "\n")
            objectives = re.findall(r"(?m)^  - (\w+) (.*)$", listed.group(1)) if listed else []
            scenario = re.search(r"^# Scenario: (.*)$", re.sub(r"(?ms)^(`{3,}).*?^\1$", "", text), re.M)
            modules.append({
                "id": m.get("id") or re.sub(r"^\d+-|\.md$", "", file), "slug": re.sub(r"^\d+-|\.md$", "", file),
                "title": m.get("title") or (scenario or re.search(r"^# (.+)$", text, re.M)).group(1),
                "path": name + "/" + file, "source": text, "minutes": int(m.get("minutes", 20)),
                "objectives": objectives, "asks": asks(text, objectives), "version": m.get("version", "1"), "questions": quiz(text),
                "scenario": scenario is not None,
                "quiz": re.search(r"^## Quiz", re.sub(r"(?ms)^(`{3,}).*?^\1$", "", text), re.M) is not None,
                "chairs": sorted(set(re.findall(r"`for: ([a-z-]+)`", text))) if scenario else [],
                "sections": [slug(h) for h in re.findall(r"^## (.+)$", text, re.M)
                             if not re.match(r"(Quiz|Ending|Sources)", h)][:4]})
        courses.append({
            "name": name, "title": about["title"], "required": about.get("required-for", []),
            "recommended": about.get("recommended-for", []), "modules": modules,
            "months": int(re.sub(r"\D", "", about.get("recertify", "0")))})
    return disciplines, courses

"""Corpora of plain texts for `compare.py`: the same pages for every generator, in the settings and templates that
`generate` writes for it. Deterministic.

`texts`  as many pages as asked for, of some 400 words with headings, a list, a table and links
`small`  as many pages as asked for, of one sentence
`big`    a hundredth as many pages, each with the words of a hundred
"""
import pathlib
import random
import shutil

WORDS = (
    "customer journey stage persona touchpoint channel delivery installer purchase support call store review warranty "
    "moment truth insight evidence owner service training promise wait queue price compare trust repair return loyalty "
    "signal relief delight quiet message reminder invoice manual filter hose drum cycle energy noise neighbour kitchen"
).split()
NAMES = ("texts", "small", "big")
LESSONS_A_COURSE = 50


def sentence(dice, words):
    return " ".join(dice.choice(WORDS) for _ in range(words)).capitalize() + "."


def paragraph(dice, sentences=5):
    return " ".join(sentence(dice, dice.randint(8, 16)) for _ in range(sentences))


def text(dice, link):
    """Some 400 words."""
    goals = "\n".join(f"- {sentence(dice, 9)}" for _ in range(4))
    rows = "\n".join(f"| {number} | {sentence(dice, 5)} | *{dice.choice(WORDS)}* `{dice.choice(WORDS)}` |" for number in range(5))
    return (
        f"{paragraph(dice)}\n\n## Goals\n\n{goals}\n\n## What the customer meets\n\n{paragraph(dice)} See [another]({link}).\n\n"
        f"### In detail\n\n{paragraph(dice)}\n\n| Step | Action | Standard |\n|---|---|---|\n{rows}\n\n"
        f"## Practice\n\n{paragraph(dice)} **{sentence(dice, 4)}**\n\n> {sentence(dice, 14)}\n\n{paragraph(dice, 3)}\n"
    )


def pages(corpus, wanted, link):
    """Title and text of each page; `link` makes an address of the number of a page."""
    count = max(1, wanted // 100) if corpus == "big" else wanted
    for number in range(count):
        dice = random.Random(f"{corpus} {number}")
        to = link(number * 7 % count)
        parts = {"texts": 1, "big": 100, "small": 0}[corpus]
        body = "\n".join(text(dice, to) for _ in range(parts)) or f"{sentence(dice, 12)} See [another]({to}).\n"
        yield number, f"Page {number + 1}", body


def write(corpus, generator, folder, wanted):
    """Writes a corpus into `folder`, where `generate` has written a handbook of one page for the generator."""
    folder = pathlib.Path(folder)
    {"journeybook": journeybook, "hugo": hugo, "zola": zola, "mdbook": mdbook}[generator](corpus, folder, wanted)


def journeybook(corpus, folder, wanted):
    shutil.rmtree(folder)
    place = lambda number: f"course-{number // LESSONS_A_COURSE + 1}/lesson-{number + 1}"
    save(folder / "handbook.yaml", "title: Measured handbook\n")
    for number, title, body in pages(corpus, wanted, lambda number: f"lesson:{place(number)}"):
        if number % LESSONS_A_COURSE == 0:
            course = number // LESSONS_A_COURSE + 1
            save(folder / f"training/course-{course}/course.yaml", f"title: Course {course}\n")
        save(folder / f"training/{place(number)}.md", f"---\ntitle: {title}\n---\n\n{body}")


def hugo(corpus, folder, wanted):
    lessons = emptied(folder)
    for number, title, body in pages(corpus, wanted, lambda number: f"/lessons/lesson-{number + 1}/"):
        save(lessons / f"lesson-{number + 1}.md", f"---\ntitle: {title}\nweight: {number + 1}\n---\n\n{body}")


def zola(corpus, folder, wanted):
    lessons = emptied(folder)
    for number, title, body in pages(corpus, wanted, lambda number: f"/lessons/lesson-{number + 1}/"):
        head = f'title = "{title}"\nweight = {number + 1}\ndescription = ""\n[extra]\nminutes = 5\nobjectives = []\n'
        save(lessons / f"lesson-{number + 1}.md", f"+++\n{head}+++\n\n{body}")


def mdbook(corpus, folder, wanted):
    shutil.rmtree(folder / "src")
    summary = ["# Summary\n"]
    for number, title, body in pages(corpus, wanted, lambda number: f"lesson-{number + 1}.md"):
        save(folder / f"src/lessons/lesson-{number + 1}.md", f"# {title}\n\n{body}")
        summary.append(f"- [{title}](lessons/lesson-{number + 1}.md)")
    save(folder / "src/SUMMARY.md", "\n".join(summary) + "\n")


def emptied(folder):
    """The folder of lessons, without those of the handbook."""
    for section in ("lessons", "maps"):
        for page in (folder / "content" / section).glob("*.md"):
            if page.name != "_index.md":
                page.unlink()
    return folder / "content" / "lessons"


def save(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

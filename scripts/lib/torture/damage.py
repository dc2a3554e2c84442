"""Random damage of a store's file: the right answer or a line, then a rebuild."""
import os, shutil
from ground import Broken, Ground

QUESTIONS = [["dump", "--facts"], ["dump"], ["stats"], ["find", "a"], ["changes", "--since", "1"], ["find", "--json", "e"]]


def round(seed, count):
    ground = Ground(seed, files=60)
    random = ground.random
    try:
        ground.expect(0, "--full", "--quiet", ground.tree)
        watcher = ground.watch()
        for _ in range(6):
            ground.edit()
        ground.expect(0, "stats", "--sync", ground.tree)
        watcher.kill()
        watcher.communicate()
        answers = [ground.expect(0, *question, ground.tree).output for question in QUESTIONS]
        file = ground.data_file()
        sound = open(file, "rb").read()
        for number in range(40):
            kind, data = damaged(random, sound)
            ground.write(file, data)
            case(ground, random, kind, answers, count)
            if number % 8 == 7:
                # The mark, if there is one, stays: the next writer rebuilds. Where nobody noticed anything it may not.
                if ground.run("verify", ground.tree).status != 0:
                    ground.converge(by_watcher=True)
                    count("damage: rebuilt, equal to full")
                    for _ in range(3):
                        ground.edit()
                    ground.expect(0, "stats", "--sync", ground.tree)
                    file = ground.data_file()
                    sound = open(file, "rb").read()
                    answers = [ground.expect(0, *question, ground.tree).output for question in QUESTIONS]
    finally:
        ground.remove()


def case(ground, random, kind, answers, count):
    mark = os.path.join(os.path.dirname(ground.data_file()), "damaged")
    wrong = False
    number = random.randrange(len(QUESTIONS))
    result = ground.run(*QUESTIONS[number], ground.tree)
    if result.status == 0:
        wrong = result.output != answers[number]
        if wrong and QUESTIONS[number] == ["dump", "--facts"]:
            raise Broken(f"{kind}: wrong facts")
        count(f"damage: {kind}: " + ("an answer that lacks rows of the index" if wrong else "right answer"))
    else:
        count(f"damage: {kind}: said in a line")
        ground.one_line(result, kind)
    if os.path.exists(mark):
        os.unlink(mark)
    verified = ground.run("verify", ground.tree)
    if verified.status != 0:
        ground.one_line(verified, f"{kind}: verify")
    elif wrong or ground.run("dump", ground.tree).output != answers[1]:
        raise Broken(f"{kind}: verify finds nothing, and the answer is wrong")
    writer = random.randrange(3) == 0
    if writer:
        # A writer that has not been warned works over it.
        if os.path.exists(mark):
            os.unlink(mark)
        ground.edit()
        result = ground.run("stats", "--sync", ground.tree)
        count("damage: an unwarned writer: " + ("went on" if result.status == 0 else "said so in a line"))
        if result.status != 0:
            ground.one_line(result, f"{kind}: writer")


def damaged(random, sound):
    data = bytearray(sound)
    pages = len(sound) // 4096
    page = random.randrange(pages) * 4096
    kind = random.choice(["cut off", "a page zeroed", "a page swapped", "a page's head flipped", "bits flipped", "bits flipped",
                          "a page of noise"])
    if kind == "cut off":
        del data[random.randrange(len(data)):]
    elif kind == "a page zeroed":
        data[page:page + 4096] = bytes(4096)
    elif kind == "a page swapped":
        other = random.randrange(pages) * 4096
        data[page:page + 4096], data[other:other + 4096] = sound[other:other + 4096], sound[page:page + 4096]
    elif kind == "a page's head flipped":
        for _ in range(random.randrange(1, 5)):
            data[page + random.randrange(64)] ^= 1 << random.randrange(8)
    elif kind == "bits flipped":
        for _ in range(random.randrange(1, 12)):
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    else:
        data[page:page + 4096] = random.randbytes(4096)
    return kind, bytes(data)

"""How many ordinary pages an import brings in a second: `.venv/bin/python bench/imports.py [--pages 400]`.

The pages are of our own making: the layout of a portal around paragraphs of the demonstration library, shuffled so that
each is a work of its own. Every run goes into a library of its own, in a temporary folder; runs with the same number of
workers are repeated in turns, so that another load on the machine spoils all of them alike.
"""

import argparse
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "articles" / "fixtures" / "demo" / "articles"
PARAGRAPH = re.compile(r"<p>([^<>]{40,400}。)</p>")
PARAGRAPHS_OF_A_PAGE = 18
MENU = "".join(f'<li><a href="/{number}/">频道{number}</a></li>' for number in range(40))
LIST = "".join(
    f'<li><a href="/2021/{number}.html">相关阅读第{number}条：村里的事</a><span>03-{number:02}</span></li>'
    for number in range(1, 31)
)
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_云岭示例网</title>
<script>var page = {{"id": {number}}};</script><style>.nav li {{ float: left }}</style></head><body>
<div class="nav"><ul>{menu}</ul></div><div class="crumbs">首页 &gt; 观察 &gt; 正文</div>
<div class="article"><h1>{title}</h1>
<div class="info">2021-03-05 09:30　来源：青禾日报　作者：示例作者甲　点击：{number}</div>
<div class="content">{paragraphs}</div><div class="editor">（责任编辑：示例编辑乙）</div></div>
<div class="side"><h3>热点</h3><ul>{list}</ul></div>
<div class="foot">关于我们 | 联系我们 | 版权所有</div></body></html>"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, os.cpu_count() or 1])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder, "pages")
        size = write_pages(pages, given.pages)
        print(f"{given.pages} pages, {size / given.pages / 1000:.0f} kB each")
        for _ in range(given.rounds):
            for workers in dict.fromkeys(given.workers):
                run(pages, workers, given.pages)


def write_pages(folder: Path, count: int) -> int:
    """Write so many pages, the same ones every time, and return how many bytes they have."""
    chance = random.Random(count)  # noqa: S311 - a shuffle that can be repeated
    paragraphs = sorted({found for path in TEXTS.iterdir() for found in PARAGRAPH.findall(path.read_text("utf-8"))})
    folder.mkdir()
    size = 0
    for number in range(count):
        chosen = [
            *chance.sample(paragraphs, PARAGRAPHS_OF_A_PAGE - 1),
            f"这是第{number}份材料，写于第{number}个集日。" * 2,
        ]
        title = f"第{number}份材料：" + chance.choice(paragraphs)[:12]
        data = PAGE.format(
            title=title,
            number=number,
            menu=MENU,
            list=LIST,
            paragraphs="".join(f"<p>　　{each}</p>" for each in chosen),
        ).encode()
        size += (folder / f"{number:05}.html").write_bytes(data)
    return size


def run(pages: Path, workers: int, count: int) -> None:
    """Import the pages into a new library, and again, and print both rates."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "MEDIA_ROOT": f"{folder}/media"}
        manage(environment, "migrate", "--verbosity=0")
        start = manage(environment, "import_articles", os.devnull, f"--workers={workers}")
        first = manage(environment, "import_articles", str(pages), f"--workers={workers}")
        again = manage(environment, "import_articles", str(pages), f"--workers={workers}")
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"workers {workers}: {count / first:.1f} pages a second with start-up, {count / (first - start):.1f} without,"
        f" again {count / again:.0f}; largest process so far {largest:.0f} MB; load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def manage(environment: dict[str, str], *arguments: str) -> float:
    """Run a command of the site and return how many seconds it took."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    if done.returncode > 1 or "Traceback" in done.stderr:
        sys.exit(done.stderr)
    return time.monotonic() - began


if __name__ == "__main__":
    main()

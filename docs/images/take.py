"""Take the pictures of the editors' manual anew, from a fresh demonstration library in Chinese.

make run PORT=8000                  # in a checkout of its own: articles are submitted, changed and scheduled
python docs/images/take.py http://127.0.0.1:8000 NAME PASSWORD
"""

import io
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent / "editing"
CHROMIUM = {"executable_path": "/usr/bin/chromium", "args": ["--no-sandbox"]}
SCREEN = {"width": 1366, "height": 768}
MOST_BYTES = 150_000
COLOURS = (128, 64, 32)
ARTICLES = "/admin/articles/article/"


def keep(name: str, bytes_: bytes) -> None:
    """Write the picture with as few colours as its size asks for."""
    picture = Image.open(io.BytesIO(bytes_)).convert("RGB")
    for colours in COLOURS:
        out = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= MOST_BYTES:
            break
    (HERE / f"{name}.png").write_bytes(out.getvalue())
    print(name, out.tell())


def sign_in(page: Page, name: str, password: str) -> None:
    page.goto("/admin/login/")
    page.fill("#id_username", name)
    page.fill("#id_password", password)
    page.click("#login-form [type=submit]")


def hand_in(page: Page, number: int) -> None:
    page.goto(f"{ARTICLES}{number}/submit/")
    page.click(".submit-row [type=submit]")


def schedule(page: Page, number: int, moment: str) -> None:
    page.goto(f"{ARTICLES}{number}/publish/")
    page.fill("[name=at]", moment)
    page.fill("[name=reason]", "逐处核对过原件。")
    page.click(".submit-row [type=submit]")


def save_in_two_windows(page: Page, number: int) -> None:
    """Open a form twice, save it in one window and then in the other."""
    second = page.context.new_page()
    for window in (page, second):
        window.goto(f"{ARTICLES}{number}/change/")
    second.fill("#id_subtitle", "青石镇的三年账")
    second.click("[name=_continue]")
    second.wait_for_load_state()
    second.close()
    page.fill("#id_subtitle", "一条路，三年，四十一封信")
    page.click("[name=_continue]")
    page.wait_for_selector(".conflict")


def lay_two_copies_side_by_side(page: Page) -> None:
    page.goto(f"{ARTICLES}7/trace/")
    page.locator("#conflicts ~ p a[href*=collate]").click()
    page.wait_for_load_state()


def choose_for_bulk(page: Page) -> None:
    page.goto(f"{ARTICLES}bulk/?status=published")
    page.locator("main a, main button").filter(has_text="添加标签").first.click()
    page.wait_for_load_state()
    page.fill("[name=tags]", "村务公开")
    page.click(".submit-row [type=submit], main button.default")
    page.wait_for_selector(".deed-outlook")


def to(address: str) -> Callable[[Page], object]:
    return lambda page: page.goto(address)


# Name of the picture, how to come there, and the part of the page that is shown at the top.
PICTURES: tuple[tuple[str, Callable[[Page], object], str], ...] = (
    ("queue", to("/admin/"), ""),
    ("list", to(ARTICLES), ""),
    ("restore", to(f"{ARTICLES}28/restore/"), ""),
    ("trace", to(f"{ARTICLES}4/trace/"), ""),
    ("collate", lay_two_copies_side_by_side, ""),
    ("arrange", to(f"{ARTICLES}12/arrange/"), ""),
    ("order", to("/admin/articles/theme/2/arrange/"), ""),
    ("form", to(f"{ARTICLES}12/change/"), ""),
    ("conflict", lambda page: save_in_two_windows(page, 12), ".conflict"),
    ("preview", to(f"{ARTICLES}28/previews/"), ""),
    ("publish", to(f"{ARTICLES}28/publish/"), ""),
    ("bulk", choose_for_bulk, ""),
)


def main(address: str, name: str, password: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        page = browser.new_context(base_url=address, viewport=SCREEN, locale="zh-CN").new_page()
        sign_in(page, name, password)
        hand_in(page, 29)
        schedule(page, 27, (datetime.now() + timedelta(days=40)).strftime("%Y-%m-%dT09:30"))
        for picture, go, shown in PICTURES:
            go(page)
            if shown:
                page.locator(shown).scroll_into_view_if_needed()
            page.wait_for_timeout(500)
            keep(picture, page.screenshot())
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])

// What is quicker by the keyboard on the form of an article, its count of characters, and the preview beside it.
"use strict";
{
    const KEYS = "wenmai.keys", BESIDE = "wenmai.beside";
    const form = document.getElementById("article_form");
    const help = document.getElementById("shortcuts");
    const beside = document.getElementById("beside");
    const isOn = () => localStorage.getItem(KEYS) !== "off";
    const isWriting = (target) => target.closest("input, textarea, select, [contenteditable=true], dialog") !== null;

    const press = (name) => form.requestSubmit(form.querySelector(`[name=${name}]`) ?? form.querySelector("[type=submit]"));
    const showHelp = () => help.open ? help.close() : help.showModal();
    const DONE_BY = {
        s: (event) => event.ctrlKey && !event.shiftKey && (() => press("_continue")),
        enter: (event) => event.ctrlKey && (() => press("_next")),
        p: (event) => event.ctrlKey && event.shiftKey && beside && (() => { beside.open = !beside.open; }),
        "?": (event) => !event.ctrlKey && !isWriting(event.target) && showHelp,
    };
    const onKey = (event) => {
        const stroke = { ctrlKey: event.ctrlKey || event.metaKey, shiftKey: event.shiftKey, target: event.target };
        const act = isOn() && !event.altKey && DONE_BY[event.key.toLowerCase()]?.(stroke);
        if (!act) return;
        event.preventDefault();
        event.stopPropagation();
        act();
    };

    const letters = /[\p{L}\p{N}]/gu;
    const count = () => {
        const text = document.querySelector(".tiptap")?.innerText ?? form.elements.body_html?.value.replace(/<[^>]*>/g, "") ?? "";
        const shown = document.querySelector("[data-count]");
        if (shown) shown.textContent = `${(text.match(letters) ?? []).length} ${shown.dataset.count}`;
    };

    if (form && help) {
        // Before the editor, which has a meaning of its own for Ctrl+Enter.
        document.addEventListener("keydown", onKey, true);
        const button = document.getElementById("show-shortcuts");
        button.hidden = false;
        button.addEventListener("click", showHelp);
        const box = document.getElementById("keys-on");
        box.checked = isOn();
        box.addEventListener("change", () => localStorage.setItem(KEYS, box.checked ? "on" : "off"));

        let counting = null;
        form.addEventListener("input", () => { clearTimeout(counting); counting = setTimeout(count, 400); });
        window.addEventListener("load", () => setTimeout(count, 300));
    }
    if (beside) {
        const isWide = matchMedia("(min-width: 1200px)");
        beside.open = isWide.matches && localStorage.getItem(BESIDE) === "open";
        const button = document.getElementById("show-beside");
        const tell = () => button.setAttribute("aria-pressed", beside.open);
        const place = () => { button.hidden = !isWide.matches; };
        button.addEventListener("click", () => { beside.open = !beside.open; });
        isWide.addEventListener("change", place);
        beside.addEventListener("toggle", () => {
            localStorage.setItem(BESIDE, beside.open ? "open" : "shut");
            tell();
        });
        place();
        tell();
    }
}

// Arranging without waiting for the server: rows are moved on the page, a passage is taken by selecting it.
// Without this file the same buttons and fields do the same, a page at a time.
"use strict";
{
    const form = document.querySelector("form.arranging");
    const changed = () => {
        form.dataset.changed = "";
        const told = form.querySelector(".not-saved");
        told.textContent = told.dataset.words;
    };
    const rowsOf = (list) => [...list.querySelectorAll(":scope > li[data-key]")];
    const note = (list) => {
        const rows = rowsOf(list);
        const isChildren = list.dataset.order === "children";
        const field = form.elements[isChildren ? "children" : "order"];
        const first = isChildren ? 0 : Number(form.dataset.first);
        const keys = field.value.split(",");
        keys.splice(first, rows.length, ...rows.map((row) => row.dataset.key));
        field.value = keys.join(",");
        rows.forEach((row, at) => (row.querySelector(".place").textContent = first + at + 1));
        changed();
    };
    // Moves within what is shown; what leads beyond it is left to the server.
    const move = (list, row, verb) => {
        const rows = rowsOf(list);
        const at = rows.indexOf(row);
        const isWhole = list.dataset.order === "children" || rows.length === Number(form.dataset.count);
        const before = {
            first: isWhole && rows[0],
            up: rows[at - 1],
            down: rows[at + 1] && (rows[at + 2] || null),
            last: isWhole && null,
        }[verb];
        if (before === undefined || before === false) return isWhole;
        if (before !== row) list.insertBefore(row, before);
        note(list);
        return true;
    };
    if (form) {
        form.addEventListener("click", (event) => {
            const button = event.target.closest("[name=do], [name=do_child]");
            const row = button && button.closest("li[data-key]");
            if (!row || !move(row.parentElement, row, button.value.split(":")[0])) return;
            event.preventDefault();
            button.focus();
        });
        form.addEventListener("input", (event) => event.target.name.startsWith("reason-") && changed());
        let dragged = null;
        form.addEventListener("dragstart", (event) => {
            dragged = event.target.closest("li[data-key]");
            event.dataTransfer.effectAllowed = "move";
            event.dataTransfer.setDragImage(dragged, 0, 0);
        });
        form.addEventListener("dragover", (event) => {
            const over = event.target.closest("li[data-key]");
            if (!dragged || !over || over.parentElement !== dragged.parentElement) return;
            event.preventDefault();
            const box = over.getBoundingClientRect();
            const isBehind = event.clientY > box.top + box.height / 2;
            if (over !== dragged) over.parentElement.insertBefore(dragged, isBehind ? over.nextSibling : over);
        });
        form.addEventListener("dragend", () => {
            if (dragged) note(dragged.parentElement);
            dragged = null;
        });
        let isSent = false;
        form.addEventListener("submit", () => (isSent = true));
        window.addEventListener("beforeunload", (event) => {
            if ("changed" in form.dataset && !isSent) event.preventDefault();
        });
    }

    // A passage is taken from the text: its paragraph, where it begins, and its words.
    const text = document.querySelector(".taking");
    const taken = document.querySelector("form.excerpt");
    const take = (paragraph, start, words) => {
        taken.elements.block.value = Number(paragraph.dataset.block) + 1;
        taken.elements.start.value = start;
        taken.elements.passage.value = words;
    };
    const lengthOf = (words) => [...words].length; // offsets count code points, not UTF-16 units
    const wordsBetween = (paragraph, range) => {
        const before = document.createRange();
        before.selectNodeContents(paragraph);
        before.setEnd(range.startContainer, range.startOffset);
        const words = range.toString();
        const lead = words.length - words.trimStart().length;
        return [lengthOf(before.toString()) + lead, words.trim()];
    };
    if (text && taken) {
        const look = () => {
            const selection = window.getSelection();
            if (selection.isCollapsed || !selection.rangeCount) return;
            const range = selection.getRangeAt(0);
            const inside = (node) => (node.nodeType === 1 ? node : node.parentElement).closest("[data-block]");
            const [from, to] = [inside(range.startContainer), inside(range.endContainer)];
            if (!from || !text.contains(from)) return;
            if (from !== to) range.setEndAfter(from.lastChild); // a passage stands inside one paragraph
            const [start, words] = wordsBetween(from, range);
            if (words) take(from, start, words);
        };
        document.addEventListener("selectionchange", look);
        // Whoever has no mouse takes the whole paragraph by its number and shortens it in the field.
        text.addEventListener("click", (event) => {
            const number = event.target.closest("a.number");
            if (!number) return;
            event.preventDefault();
            const paragraph = number.parentElement.querySelector("[data-block]");
            take(paragraph, 0, paragraph.textContent);
            taken.elements.passage.focus();
        });
    }
}

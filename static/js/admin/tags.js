// The line of tags suggests those there are: the name that is being typed is asked for, in either script or by pinyin.
"use strict";
for (const field of document.querySelectorAll("input[data-suggestions]")) {
    const list = document.createElement("ul");
    list.id = `${field.id}_suggestions`;
    list.className = "tag-suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.dataset.said);
    list.hidden = true;
    field.after(list);
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
    for (const [name, value] of Object.entries(roles)) field.setAttribute(name, value);

    const parts = () => field.value.split(/[,，、;；]/);
    const typed = () => parts().at(-1).trim();
    const close = () => {
        list.hidden = true;
        field.setAttribute("aria-expanded", "false");
        field.removeAttribute("aria-activedescendant");
    };
    const choose = (option) => {
        const chosen = [...parts().slice(0, -1).map((part) => part.trim()), option.dataset.name];
        field.value = `${chosen.filter(Boolean).join("，")}，`;
        close();
        field.focus();
    };
    const show = (found) => {
        list.replaceChildren(
            ...found.map(({ id, text }) => {
                const option = document.createElement("li");
                option.id = `${list.id}_${id}`;
                option.setAttribute("role", "option");
                option.dataset.name = text.split(" · ")[0];
                option.textContent = text;
                return option;
            }),
        );
        list.hidden = !found.length;
        field.setAttribute("aria-expanded", String(!list.hidden));
        field.removeAttribute("aria-activedescendant");
    };
    const ask = async () => {
        const term = typed();
        if (!term) return close();
        const answer = await fetch(`${field.dataset.suggestions}&term=${encodeURIComponent(term)}`);
        if (!answer.ok || term !== typed()) return;
        const { results } = await answer.json();
        show(results.slice(0, 10));
    };
    let waiting;
    field.addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(ask, 150);
    });
    const active = () => list.querySelector("[aria-selected=true]");
    const mark = (option) => {
        active()?.removeAttribute("aria-selected");
        option.setAttribute("aria-selected", "true");
        field.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
    };
    field.addEventListener("keydown", (event) => {
        if (list.hidden || event.isComposing) return;
        const options = [...list.children];
        const at = options.indexOf(active());
        const next = { ArrowDown: (at + 1) % options.length, ArrowUp: (at || options.length) - 1 }[event.key];
        if (next !== undefined) mark(options.at(next));
        else if (event.key === "Enter" && at >= 0) choose(options[at]);
        else if (event.key === "Escape") close();
        else return;
        event.preventDefault();
    });
    list.addEventListener("mousedown", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) choose(option);
        event.preventDefault();
    });
    field.addEventListener("blur", close);
}

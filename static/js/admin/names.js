// Fields in a table are named by their column, and suggesting selects by their label: said aloud, not only seen.
// On a phone a row of a table becomes a card, in which every value bears the name of its column.
"use strict";
{
    const headerOf = (cell) => {
        const header = cell.closest("table").tHead.rows[0].cells[cell.cellIndex];
        return header ? (header.querySelector(".text") || header).textContent.trim() : "";
    };
    const labelOf = (control) => {
        const label = document.querySelector(`label[for="${CSS.escape(control.id)}"]`);
        return label ? label.textContent.trim().replace(/[:：]$/, "") : "";
    };
    const nameAll = () => {
        // Django heads the column of its hidden keys with nothing, which is no heading.
        for (const head of document.querySelectorAll(".tabular th.original")) {
            const cell = document.createElement("td");
            cell.className = "original";
            head.replaceWith(cell);
        }
        for (const control of document.querySelectorAll(".tabular td :is(input, select, textarea):not([type=hidden])")) {
            if (!labelOf(control)) control.setAttribute("aria-label", headerOf(control.closest("td")));
        }
        for (const cell of document.querySelectorAll("#result_list tbody td, .tabular td:not(.original, [colspan])")) {
            if (cell.matches(".action-checkbox") || !cell.childNodes.length) continue;
            if (!cell.matches(".delete") || cell.querySelector("input")) cell.dataset.label = headerOf(cell);
        }
        for (const select of document.querySelectorAll("select.admin-autocomplete")) {
            const shown = select.parentElement.querySelector(".select2-selection");
            const name = labelOf(select) || select.getAttribute("aria-label");
            if (!shown || !name) continue;
            shown.setAttribute("aria-label", name);
            // It pointed at its own words, which are no name, and these claimed to be a field of their own.
            shown.removeAttribute("aria-labelledby");
            const words = shown.querySelector(".select2-selection__rendered");
            for (const attribute of ["role", "aria-readonly"]) words.removeAttribute(attribute);
        }
    };
    // Both moments come before the selects have been dressed.
    window.addEventListener("load", () => setTimeout(nameAll));
    document.addEventListener("formset:added", () => setTimeout(nameAll));
}

// On every page of the desk: who else is at the article, and a question before typed words are left behind.
"use strict";
{
    const EVERY = 15_000;
    const present = document.querySelector("[data-presence]");
    const ask = async () => {
        if (document.hidden) return;
        const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
        try {
            const answer = await fetch(present.dataset.presence, {
                method: "POST", redirect: "manual", body: new URLSearchParams({ csrfmiddlewaretoken: token }),
            });
            if (!answer.ok) return;
            const { words } = await answer.json();
            if (present.textContent !== words) present.textContent = words;
        } catch { /* the next one says it */ }
    };
    if (present) {
        ask();
        setInterval(ask, EVERY);
    }

    // The order of a theme and the forms that are kept aside ask for themselves.
    const forms = [...document.querySelectorAll("#content form[method=post]:not(#changelist-form, .arranging)")]
        .filter((form) => !form.querySelector("[data-keep]"));
    const textOf = (form) => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]));
    const opened = new Map(forms.map((form) => [form, textOf(form)]));
    const typedInto = new Set();
    let sent = null;
    const isShownAgain = (form) => "unsaved" in form.dataset || form.querySelector("[data-unsaved], .errorlist");
    const isUnsaved = (form) => form !== sent &&
        (isShownAgain(form) || typedInto.has(form) && textOf(form) !== opened.get(form));
    for (const name of ["input", "change"]) {
        document.addEventListener(name, (event) => {
            if (opened.has(event.target.form)) typedInto.add(event.target.form);
        });
    }
    document.addEventListener("submit", (event) => {
        if (!event.defaultPrevented) sent = event.target;
    });
    window.addEventListener("pageshow", (event) => { if (event.persisted) sent = null; });
    window.addEventListener("beforeunload", (event) => { if (forms.some(isUnsaved)) event.preventDefault(); });
}

// Keeps aside what is typed and not yet saved, and says in one word how it stands.
"use strict";
{
    const EVERY = 10_000;
    // A browser sends no more than 64 KB behind a page that closes.
    const MOST_BEHIND = 60_000;
    const state = document.getElementById("state");
    const form = state?.closest("form");
    const words = state?.dataset;
    let changed = false, kept = "", waiting = null, sending = null, isSaving = false, isSignedOut = false;

    const typed = () => {
        const data = new FormData(form);
        for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
        return data;
    };
    const textOf = (data) => new URLSearchParams([...data].filter(([name]) => name !== "csrfmiddlewaretoken")).toString();

    const say = (text, link) => {
        if (state.textContent === text) return;
        state.textContent = text;
        if (link) {
            const login = document.createElement("a");
            Object.assign(login, { href: words.login, target: "_blank", rel: "noopener", textContent: words.loginWords });
            state.append(" ", login);
        }
    };
    const clash = words && "conflict" in words;
    const sayTyped = () => say(clash ? words.clash : words.typed);

    // Another sign-in gives the browser another token; the one in the form is then worth nothing.
    const renewToken = async () => {
        const answer = await fetch(words.keep, { redirect: "manual", headers: { Accept: "application/json" } });
        if (!answer.ok) return false;
        const { csrf } = await answer.json();
        for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = csrf;
        return true;
    };

    const post = async (address, makeBody, options = {}) => {
        const send = () => fetch(address, { method: "POST", body: makeBody(), redirect: "manual", ...options });
        let answer = await send();
        const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
        if (answer.status === 403 && !isJson && await renewToken()) answer = await send();
        return answer;
    };

    const keep = async () => {
        clearTimeout(waiting);
        waiting = null;
        if (sending || isSaving || !changed) return;
        const text = textOf(typed());
        if (text === kept) return;
        sending = new AbortController();
        try {
            const answer = await post(words.keep, typed, { signal: sending.signal });
            await told(answer, text);
        } catch (error) {
            if (error.name !== "AbortError") say(words.offline);
        }
        sending = null;
        if (changed && kept !== textOf(typed()) && !isSaving) later();
    };
    const told = async (answer, text) => {
        if (answer.type === "opaqueredirect") {
            isSignedOut = true;
            say(words.signedOut, true);
            return;
        }
        isSignedOut = false;
        const said = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
        if (answer.ok) {
            kept = text;
            say(`${clash ? words.clash : words.kept} ${said.kept}${said.gone ? ` · ${said.gone}` : ""}`);
            document.dispatchEvent(new CustomEvent("wenmai:kept", { detail: { token: form.elements.copy.value } }));
        } else {
            say(said.refused ?? words.offline);
        }
    };
    const later = () => {
        waiting ??= setTimeout(keep, EVERY);
    };
    const touch = () => {
        if (isSaving) return;
        if (!changed || !isSignedOut && textOf(typed()) !== kept) sayTyped();
        changed = true;
        later();
    };

    // What closes the page cannot be waited for.
    const keepBehind = () => {
        const data = typed();
        const text = textOf(data);
        if (!changed || isSaving || text === kept) return;
        const isShort = new Blob([text]).size < MOST_BEHIND;
        fetch(words.keep, { method: "POST", body: data, keepalive: isShort, redirect: "manual" }).then(
            (answer) => { if (answer.ok) kept = text; },
            () => {},
        );
    };

    if (form && state) {
        if (clash || "unsaved" in words) {
            changed = true;
            sayTyped();
            later();
        } else {
            say(words.at ? `${words.saved} ${words.at}` : "");
        }
        form.addEventListener("input", touch);
        form.addEventListener("change", touch);
        // Whoever goes to save needs no copy, and no word that moves the button under the mouse.
        form.addEventListener("focusout", (event) => { if (changed && event.relatedTarget?.type !== "submit") keep(); });
        document.addEventListener("formset:added", touch);
        document.addEventListener("formset:removed", touch);
        // Chosen suggestions are told to jQuery alone.
        window.django?.jQuery?.(form).on("select2:select select2:clear", touch);
        // The editor writes into its field without an event.
        document.querySelector(".prose-editor")?.addEventListener("keyup", touch);
        form.addEventListener("submit", () => {
            isSaving = true;
            clearTimeout(waiting);
            sending?.abort();
            say(words.saving);
            form.dataset.isSaving = "yes";
        });
        // Back from the next page, or stopped on the way to it.
        window.addEventListener("pageshow", (event) => { if (event.persisted) isSaving = false; });
        document.addEventListener("visibilitychange", () => { if (document.hidden) keepBehind(); });
        window.addEventListener("pagehide", keepBehind);
        window.addEventListener("online", () => { if (changed) keep(); });
        window.addEventListener("focus", () => { if (changed && isSignedOut) { kept = ""; keep(); } });
        window.addEventListener("beforeunload", (event) => {
            if (changed && !isSaving && textOf(typed()) !== kept) event.preventDefault();
        });
    }
}

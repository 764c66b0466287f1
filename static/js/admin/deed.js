// A deed goes on batch by batch while its page is open; without this a button does one batch at a time.
"use strict";
{
    const form = document.getElementById("going");
    const progress = document.getElementById("progress");
    let isGoing = Boolean(form);
    // whoever presses a button, or leaves, has taken it into their own hands
    document.addEventListener("submit", () => { isGoing = false; });

    const goOn = async () => {
        while (isGoing) {
            const headers = { Accept: "application/json" };
            const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers });
            if (!answer.ok || answer.redirected) break;
            const told = await answer.json();
            progress.max = told.total;
            progress.value = told.over;
            progress.parentElement.querySelector("[role=status]").textContent = told.told;
            if (told.is_over) break;
        }
        if (isGoing) location.replace(location.pathname);
    };
    if (isGoing) goOn().catch(() => location.replace(location.pathname));
}

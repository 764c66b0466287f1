// The preview in its frame: shown anew when a choice changes, when asked, and when the form beside it was kept.
"use strict";

for (const pane of document.querySelectorAll("[data-preview]")) {
  const frame = pane.querySelector("iframe");
  const choices = [...pane.querySelectorAll("[data-choice]")];

  function show() {
    const chosen = Object.fromEntries(choices.map((choice) => [choice.name, choice.value]));
    const query = new URLSearchParams({ look: chosen.look, script: chosen.script });
    if (chosen.width === "print") query.set("as", "print");
    if (pane.dataset.copy) query.set("copy", pane.dataset.copy);
    pane.dataset.width = chosen.width;
    const place = frame.contentWindow?.scrollY ?? 0;
    frame.addEventListener("load", () => frame.contentWindow?.scrollTo(0, place), { once: true });
    frame.src = `${pane.dataset.address}?${query}`;
  }

  for (const choice of choices) choice.addEventListener("change", show);
  pane.querySelector("[data-refresh]").addEventListener("click", show);
  // keeping.js tells that the form's words were kept aside, and under which token
  document.addEventListener("wenmai:kept", (event) => {
    pane.dataset.copy = event.detail.token;
    if (frame.offsetParent) show();
  });
}

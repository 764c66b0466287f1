// The preview in its frame: shown anew when a choice changes, when asked, and when the form beside it was kept.
"use strict";

// The rules for print hold for every medium: the page stands on the screen as it comes out of the printer.
function print(page) {
  for (const sheet of page.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (rule.media?.mediaText !== "print") continue;
      rule.media.mediaText = "all";
      rule.insertRule("body { padding: 20mm }", rule.cssRules.length); // the margins of the paper
    }
  }
}

for (const pane of document.querySelectorAll("[data-preview]")) {
  const frame = pane.querySelector("iframe");
  const choices = [...pane.querySelectorAll("[data-choice]")];

  function show() {
    const chosen = Object.fromEntries(choices.map((choice) => [choice.name, choice.value]));
    const query = new URLSearchParams({ look: chosen.look, script: chosen.script });
    if (pane.dataset.copy) query.set("copy", pane.dataset.copy);
    pane.dataset.width = chosen.width;
    const place = frame.contentWindow?.scrollY ?? 0;
    const arrive = () => {
      if (chosen.width === "print") print(frame.contentDocument);
      frame.contentWindow?.scrollTo(0, place);
    };
    frame.addEventListener("load", arrive, { once: true });
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

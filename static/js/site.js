// What a page can do only with script: text size, light or dark, print, an open table of contents beside the text.
// Every page is whole without it: its controls are rendered hidden and shown from here.
"use strict";

(() => {
  const root = document.documentElement;
  const SIZES = ["small", "usual", "large", "larger"];

  function remembered(name, usual) {
    try {
      return localStorage.getItem(name) || usual;
    } catch {
      return usual; // storage is switched off: the choice lasts as long as the page
    }
  }

  function choose(name, value) {
    root.classList.remove(...[...root.classList].filter((one) => one.startsWith(`${name}-`)));
    root.classList.add(`${name}-${value}`);
    try {
      localStorage.setItem(name, value);
    } catch {
      // as above
    }
  }

  function resize(step) {
    const at = step ? SIZES.indexOf(remembered("size", "usual")) + step : SIZES.indexOf("usual");
    choose("size", SIZES[Math.min(SIZES.length - 1, Math.max(0, at))]);
  }

  function press(look) {
    for (const button of document.querySelectorAll("[data-look]")) {
      button.setAttribute("aria-pressed", String(button.dataset.look === look));
    }
  }

  for (const tools of document.querySelectorAll("[data-tools]")) {
    tools.hidden = false;
    press(remembered("look", "auto"));
    tools.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.size) resize(Number(button.dataset.size));
      if (button.dataset.look) {
        choose("look", button.dataset.look);
        press(button.dataset.look);
      }
      if ("print" in button.dataset) window.print();
    });
  }

  // Where the page came over plain HTTP there is no clipboard, and the old command has to do.
  async function copy(button) {
    const line = document.getElementById(button.dataset.copy);
    const text = line.textContent.trim();
    getSelection().selectAllChildren(line);
    let copied = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copied = document.execCommand("copy");
    }
    button.nextElementSibling.textContent = copied ? button.dataset.copied : "";
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }

  // Beside the text (see site.css) an open table moves nothing; above the text it stays closed.
  const contents = document.querySelector("[data-contents]");
  if (contents && getComputedStyle(contents.parentElement).position === "absolute") contents.open = true;
})();

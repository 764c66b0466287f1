// What a page can do only with script: text size, light or dark, print, an open table of contents beside the text, a
// link beside words that are selected.
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

  // Beside the text (see site.css) an open table moves nothing; above the text it stays closed.
  const contents = document.querySelector("[data-contents]");
  if (contents && getComputedStyle(contents.parentElement).position === "absolute") contents.open = true;

  // Beside words that are selected in one paragraph stands a link to the form for readers' letters, with these words.
  const report = document.querySelector("[data-report]");
  if (report) offerReport(report);

  function offerReport(report) {
    const MOST = 200; // of longer passages the form asks for the words
    const link = report.cloneNode(true);
    link.className = "report-here";
    link.hidden = true;
    document.querySelector(".apparatus").before(link);
    let waiting = 0;

    function show() {
      const selection = document.getSelection();
      const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
      const around = range && range.commonAncestorContainer;
      const block = around && (around.closest ? around : around.parentElement).closest(".text [id^=p]");
      const words = selection.toString().trim();
      link.hidden = !block || !words || words.length > MOST;
      if (link.hidden) return;
      const before = document.createRange();
      before.setStart(block, 0);
      before.setEnd(range.startContainer, range.startOffset);
      const address = new URL(report.href);
      address.searchParams.set("block", block.id.slice(1));
      address.searchParams.set("start", before.toString().length);
      address.searchParams.set("passage", words);
      link.href = address.href;
      const at = range.getBoundingClientRect();
      const room = root.clientWidth - link.offsetWidth - 8;
      link.style.top = `${at.bottom + window.scrollY + 6}px`;
      link.style.left = `${Math.max(8, Math.min(at.left, room))}px`;
    }

    document.addEventListener("selectionchange", () => {
      clearTimeout(waiting);
      waiting = setTimeout(show, 200);
    });
  }
})();

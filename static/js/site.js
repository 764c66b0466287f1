// What a page can do only with script: text size, light or dark, print, paragraph numbers, listening, sharing, an open
// table of contents beside the text, a link beside words that are selected. Every page is whole without it: controls
// are rendered hidden and shown here.
"use strict";

(() => {
  const root = document.documentElement;
  const SIZES = ["small", "usual", "large", "larger"];
  const LONGEST_SENTENCE = 80; // browsers' own voices fall silent after some fifteen seconds of one utterance
  const SENTENCE = /[^。！？；!?;]+[。！？；!?;]*[”’」』）》]*|[。！？；!?;]+/gu;
  const PAUSE = /.*[，、：,:]/su;
  const VOICES = { "zh-Hans": /^(zh|cmn)(-hans)?(-cn|-sg)?$/, "zh-Hant": /^((zh|cmn)(-hant)?-(tw|hk|mo)|(zh|cmn)-hant|yue.*)$/ };
  const SECONDS_SAID = 5;

  // What no reader waits for comes when the page stands.
  const later = (work) => (window.requestIdleCallback || setTimeout)(work);

  function all(selector, within = document) {
    return [...within.querySelectorAll(selector)];
  }

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

  // The browser's own frame takes the colour of the page, whatever the system prefers.
  function press(look) {
    for (const button of all("[data-look]")) button.setAttribute("aria-pressed", String(button.dataset.look === look));
    for (const colour of all("meta[name=theme-color]")) {
      colour.dataset.usual ??= colour.media;
      colour.media = look === "auto" ? colour.dataset.usual : colour.dataset.usual.includes(look) ? "all" : "not all";
    }
  }

  // Reading tools

  let silence = 0;

  function say(words) {
    const said = document.querySelector("[data-said]");
    if (!said) return;
    said.textContent = words;
    clearTimeout(silence);
    silence = setTimeout(() => { said.textContent = ""; }, 1000 * SECONDS_SAID);
  }

  // Where the clipboard is closed to us, `shown` is selected for the reader's own keys.
  async function copy(words, done, shown) {
    try {
      await navigator.clipboard.writeText(words);
      say(done);
    } catch {
      if (shown) getSelection().selectAllChildren(shown);
    }
  }

  function paragraphs(selector) {
    return all(selector).filter((block) => /^p\d+$/.test(block.id));
  }

  function number(button, text) {
    const blocks = paragraphs(".text :is(p, h2, h3, h4, li)[id]");
    if (!text || !blocks.length) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const isShown = text.classList.toggle("numbered");
      button.setAttribute("aria-pressed", String(isShown));
      if (!text.querySelector(".number")) for (const block of blocks) block.prepend(numberOf(block, button.dataset));
    });
  }

  function numberOf(block, { address, numbers: name, copied }) {
    const link = document.createElement("a");
    link.className = "number";
    link.href = `${address || ""}#${block.id}`;
    link.textContent = block.id.slice(1);
    link.setAttribute("aria-label", name.replace("0", link.textContent));
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      location.hash = block.id;
      copy(link.href, copied);
    });
    return link;
  }

  function share(box) {
    const address = box.querySelector("[data-address]");
    const [copying, sending] = ["[data-copy]", "[data-send]"].map((one) => box.querySelector(one));
    copying.hidden = false;
    copying.addEventListener("click", () => copy(address.textContent, copying.dataset.copy, address));
    sending.hidden = !navigator.share;
    sending.addEventListener("click", () => {
      navigator.share({ title: sending.dataset.send, url: address.textContent }).catch(() => {}); // the reader thought better of it
    });
  }

  // Listening

  function voiceFor(voices, tag) {
    const wanted = VOICES[tag] || /^(zh|cmn|yue)\b/;
    const fit = voices.filter((voice) => wanted.test(voice.lang.replace("_", "-").toLowerCase()));
    return fit.find((voice) => voice.localService) || fit[0];
  }

  function wordsOf(block) {
    const copied = block.cloneNode(true);
    for (const aside of all(".number, .unseen, .credit", copied)) aside.remove();
    for (const sup of all("sup", copied)) if (/^[[〔]\d+[\]〕]$/.test(sup.textContent)) sup.remove();
    return copied.textContent;
  }

  function sentences(words) {
    const found = [];
    for (let rest of words.match(SENTENCE) || []) {
      while (rest.length > LONGEST_SENTENCE) {
        const first = rest.slice(0, LONGEST_SENTENCE).replace(/[\ud800-\udbff]$/, "");
        const cut = (PAUSE.exec(first)?.[0] || first).length;
        found.push(rest.slice(0, cut));
        rest = rest.slice(cut);
      }
      found.push(rest);
    }
    return found.filter((one) => /[\p{L}\p{N}]/u.test(one));
  }

  function listen(button, player, text) {
    const speech = window.speechSynthesis;
    const blocks = [document.querySelector(".work h1"), ...paragraphs(".text :is(p, h2, h3, h4, li)[id]")];
    const { listen: start, pause, resume } = button.dataset;
    let voice, utterance, isPlaying = false, at = 0, turn = 0;
    let left = sentences(wordsOf(blocks[0]));

    function offer() {
      voice = voiceFor(speech.getVoices(), text.lang);
      button.hidden = !voice;
    }

    function mark(block) {
      for (const one of blocks) one.removeAttribute("aria-current");
      block?.setAttribute("aria-current", "true");
      if (block && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
        block.scrollIntoView({ block: "center", behavior: "smooth" });
      }
    }

    // What was begun before this turn ends in silence.
    function halt(label) {
      turn += 1;
      isPlaying = false;
      speech.cancel();
      button.textContent = label;
    }

    function play() {
      halt(pause);
      isPlaying = true;
      player.hidden = false;
      mark(blocks[at]);
      speak(turn);
    }

    function turnTo(number) {
      at = number;
      left = sentences(wordsOf(blocks[at]));
    }

    function speak(mine) {
      while (!left.length && at + 1 < blocks.length) {
        turnTo(at + 1);
        mark(blocks[at]);
      }
      if (!left.length) return finish();
      utterance = new SpeechSynthesisUtterance(left[0]);
      Object.assign(utterance, { voice, lang: voice.lang, rate: Number(player.querySelector("select").value) });
      utterance.onend = () => {
        if (mine !== turn) return;
        left.shift();
        speak(mine);
      };
      utterance.onerror = () => { if (mine === turn) halt(resume); };
      speech.speak(utterance);
    }

    function finish() {
      halt(start);
      mark(null);
      player.hidden = true;
      turnTo(0);
    }

    offer();
    speech.addEventListener?.("voiceschanged", offer);
    window.addEventListener("pagehide", () => halt(resume));
    button.addEventListener("click", () => (isPlaying ? halt(resume) : play()));
    player.addEventListener("change", () => { if (isPlaying) play(); });
    player.addEventListener("click", ({ target }) => {
      if (target.dataset.step) {
        turnTo(Math.min(blocks.length - 1, Math.max(0, at + Number(target.dataset.step))));
        if (isPlaying) play();
        else mark(blocks[at]);
      }
      if ("stop" in target.dataset) {
        finish();
        button.focus();
      }
    });
  }

  function tool(button) {
    if (button.dataset.size) resize(Number(button.dataset.size));
    if (button.dataset.look) {
      choose("look", button.dataset.look);
      press(button.dataset.look);
    }
    if ("print" in button.dataset) window.print();
  }

  press(remembered("look", "auto"));
  for (const tools of all("[data-tools]")) {
    const text = document.querySelector(".work .text");
    for (const part of all("[data-scripted]", tools)) part.hidden = false;
    tools.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) tool(button);
    });
    for (const button of all("[data-numbers]", tools)) number(button, text);
    for (const box of all("[data-share]", tools)) share(box);
    for (const button of all("[data-listen]", tools)) {
      if (window.speechSynthesis && text) later(() => listen(button, document.querySelector("[data-player]"), text));
    }
  }

  // In another script or language a reader goes on where the page stood.
  for (const link of all(".languages a")) {
    link.addEventListener("click", () => {
      const block = paragraphs(".text [id]").find((one) => one.getBoundingClientRect().bottom > 0);
      if (block && block.getBoundingClientRect().top < 0) link.hash = block.id;
    });
  }

  window.addEventListener("beforeprint", () => {
    const today = new Date().toLocaleDateString(root.lang, { dateStyle: "long" });
    for (const day of all("[data-today]")) day.textContent = today;
  });
  // The page tells that it was read once it was open for a while; it asks for the numbers, so that no kept page holds any.
  function count(box) {
    setTimeout(() => navigator.sendBeacon(box.dataset.read), 4000);
    const counted = box.querySelector("[data-counted]");
    fetch(box.dataset.counts).then((answer) => answer.json()).then((counts) => {
      for (const place of counted.querySelectorAll("[data-count]")) place.textContent = counts[place.dataset.count];
      counted.hidden = !(counts.reads || counts.useful);
    }).catch(() => {}); // the numbers are no part of the text
  }
  const useful = document.querySelector("[data-counts]");
  if (useful) later(() => count(useful));

  // Where the page came over plain HTTP there is no clipboard, and the old command has to do.
  async function copyLine(button) {
    const line = document.getElementById(button.dataset.line);
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

  for (const button of document.querySelectorAll("[data-line]")) {
    button.hidden = false;
    button.addEventListener("click", () => copyLine(button));
  }

  // Beside the text (see site.css) an open table moves nothing; above the text it stays closed.
  const contents = document.querySelector("[data-contents]");
  const isWide = matchMedia("(min-width: 48rem)").matches; // a telephone is not made to lay out the page for the answer
  if (contents && isWide && getComputedStyle(contents.parentElement).position === "absolute") contents.open = true;

  // Beside words that are selected in one paragraph stands a link to the form for readers' letters, with these words.
  const report = document.querySelector("[data-report]");
  if (report) later(() => offerReport(report));

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
    show(); // what was selected before the page was idle
  }
})();

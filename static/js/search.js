// Results while one types: the page is asked for again, and what it found takes the place of what stands here. Without
// it the button does the same.
"use strict";

(() => {
  const WAIT = 300;
  const form = document.querySelector(".search-form");
  const field = form?.elements.q;
  const results = document.getElementById("results");
  if (!field || !results) return;
  let waiting = null;
  let asking = null;
  let composing = false;

  const ask = async () => {
    const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(address, { signal: asking.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      results.replaceChildren(...page.getElementById("results").childNodes);
      document.title = page.title;
      history.replaceState(null, "", address);
    } catch {
      // another question was asked meanwhile, or the network is gone: the button still asks
    }
  };
  const later = () => {
    clearTimeout(waiting);
    if (!composing) waiting = setTimeout(ask, WAIT);
  };
  // what is typed in pinyin is no word until it is chosen
  field.addEventListener("compositionstart", () => { composing = true; });
  field.addEventListener("compositionend", () => { composing = false; later(); });
  field.addEventListener("input", later);
  form.addEventListener("submit", () => { clearTimeout(waiting); asking?.abort(); });
})();

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
  let composing = false;
  // which reads a page into a document by itself: to parse one from text is for trusted text alone (Trusted Types)
  const asking = new XMLHttpRequest();

  const ask = () => {
    const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
    asking.open("GET", address); // another question that waits for its answer is given up
    asking.responseType = "document";
    asking.send();
  };
  asking.addEventListener("load", () => {
    const found = asking.status === 200 && asking.response?.getElementById("results");
    if (!found) return; // the button still asks
    results.replaceChildren(...found.childNodes);
    document.title = asking.response.title;
    history.replaceState(null, "", asking.responseURL);
  });
  const later = () => {
    clearTimeout(waiting);
    if (!composing) waiting = setTimeout(ask, WAIT);
  };
  // what is typed in pinyin is no word until it is chosen
  field.addEventListener("compositionstart", () => { composing = true; });
  field.addEventListener("compositionend", () => { composing = false; later(); });
  field.addEventListener("input", later);
  form.addEventListener("submit", () => { clearTimeout(waiting); asking.abort(); });
})();

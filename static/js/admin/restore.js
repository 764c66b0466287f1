// The restoration desk by keyboard: n and p walk through the findings, a accepts, d dismisses, ? shows this.
// Everything here is a button or a link of the page too.
const findings = [...document.querySelectorAll(".finding")];
const pane = document.querySelector(".pane");
const help = document.querySelector("#keys");
const switchOn = document.querySelector("#keys-on");
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";

function remembered(value) {
  try {
    if (value !== undefined) localStorage.setItem("wenmai.keys", value);
    return localStorage.getItem("wenmai.keys");
  } catch {
    return null; // a browser may keep nothing
  }
}

// The words of the finding come into view in the pane, which scrolls by itself.
function show(finding) {
  const key = finding.id.slice(1);
  for (const mark of document.querySelectorAll("[data-finding].current")) mark.classList.remove("current");
  const marks = [...pane.querySelectorAll(`[data-finding="${key}"]`)];
  for (const mark of marks) mark.classList.add("current");
  const seen = marks.find((mark) => mark.offsetParent) ?? document.querySelector(finding.querySelector("a[href^='#p']")?.hash || null);
  if (seen) pane.scrollTop += seen.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
}

function go(to) {
  const finding = findings[Math.max(0, Math.min(to, findings.length - 1))];
  if (!finding) return;
  finding.focus({ preventScroll: true });
  finding.scrollIntoView({ block: "nearest" });
}

function here() {
  return findings.findIndex((finding) => finding.contains(document.activeElement));
}

const KEYS = {
  n: () => go(here() + 1),
  p: () => go(here() < 0 ? findings.length - 1 : here() - 1),
  a: () => {
    const finding = findings[here()];
    finding?.querySelector(".accept")?.click();
    finding?.querySelector(".words")?.focus(); // nothing is suggested: the editor's own words are the answer
  },
  d: () => {
    const details = findings[here()]?.querySelector(".dismiss");
    if (!details) return;
    details.open = true;
    details.querySelector("button[name=reason]").focus();
  },
  "?": () => {
    help.open = !help.open;
    help.querySelector("summary").focus();
  },
};

document.addEventListener("keydown", (event) => {
  const action = KEYS[event.key];
  if (!action || !switchOn.checked || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest(TYPING)) return;
  event.preventDefault();
  action();
});
document.addEventListener("focusin", (event) => {
  const finding = event.target.closest(".finding");
  if (finding) show(finding);
});
pane.addEventListener("click", (event) => {
  const mark = event.target.closest("[data-finding]");
  const finding = mark && document.querySelector(`#f${mark.dataset.finding}`);
  if (finding) go(findings.indexOf(finding));
});
// One decision at a time: a second press would only meet the version the first has used up.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
switchOn.checked = remembered() !== "off";
switchOn.addEventListener("change", () => remembered(switchOn.checked ? "on" : "off"));
if (/^#f\d+$/.test(location.hash)) go(findings.indexOf(document.querySelector(location.hash)));

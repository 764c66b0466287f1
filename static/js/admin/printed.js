// Shows a page on the screen as it comes out of the printer: the rules for print hold for every medium.
"use strict";

for (const sheet of document.styleSheets) {
  for (const rule of sheet.cssRules) {
    if (rule instanceof CSSMediaRule && rule.media.mediaText === "print") {
      rule.media.mediaText = "all";
      rule.insertRule("body { padding: 20mm }", rule.cssRules.length); // the margins of the paper
    }
  }
}

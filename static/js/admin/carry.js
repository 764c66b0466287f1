// Leads on without a click: the form is shown with its words, and nothing is saved by that.
"use strict";
document.querySelector("form[data-goes-on]")?.requestSubmit();

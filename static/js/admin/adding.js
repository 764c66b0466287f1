// A row that is not there yet is added in a small window of Django's, and stands chosen in its select when that closes.
// Without this file the same links open the same form in a new tab.
"use strict";
document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-adds]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const address = new URL(link.href);
    address.searchParams.set("_popup", "1");
    window.showRelatedObjectPopup({ id: `add_${link.dataset.adds}`, href: address.href });
});

// What the pages can do without, made handier: nothing here is the only way to anything.
"use strict";

// Ctrl+K, or the search line of the rail, opens the palette over the page; without a script it is a page of its own.
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyK") openPalette(event);
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-palette]") && !event.ctrlKey && !event.metaKey) openPalette(event);
});
function openPalette(event) {
  const palette = document.getElementById("palette");
  if (!palette || !palette.showPopover) return;
  event.preventDefault();
  document.getElementById("rail").hidePopover();
  if (!palette.matches(":popover-open")) palette.showPopover();
  palette.querySelector("input").focus();
}

// In the palette the arrows lead from the line to what was found and back.
document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const palette = event.target.closest("#palette");
  if (!palette) return;
  const stops = [palette.querySelector("input"), ...palette.querySelectorAll("#palette-found a")];
  const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  event.preventDefault();
  stops[Math.max(0, Math.min(next, stops.length - 1))].focus();
});

// A table with boxes to tick: one box for all of them, and how many are ticked.
function boxes() {
  return [...document.querySelectorAll('input[name="row"][form="toolbar"]')];
}
function tell() {
  const picked = boxes().filter((box) => box.checked).length;
  document.querySelectorAll("[data-picked]").forEach((place) => { place.textContent = picked ? `\u00a0(${picked})` : ""; });
  document.querySelectorAll("[data-all]").forEach((all) => {
    all.checked = picked > 0 && picked === boxes().length;
    all.indeterminate = picked > 0 && picked < boxes().length;
  });
}
function addAll() {
  const corner = document.querySelector("thead .pick");
  if (!corner || corner.firstElementChild || !boxes().length) return;
  corner.innerHTML = '<label><input type="checkbox" data-all aria-label="Отметить все"></label>';
  tell();
}
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-all]")) boxes().forEach((box) => { box.checked = event.target.checked; });
  if (event.target.matches("[data-all], input[name=row]")) tell();
});
document.addEventListener("DOMContentLoaded", addAll);
document.addEventListener("htmx:afterSettle", addAll);

// A table that is wider than its page is set tighter; if that is not enough, it moves within its box. Others let their
// heads stay in sight.
function fit() {
  document.querySelectorAll(".table-box.fits").forEach((box) => {
    box.classList.remove("tight", "moves");
    for (const way of ["tight", "moves"]) {
      if (box.firstElementChild.scrollWidth > box.clientWidth) box.classList.add(way);
    }
  });
}
document.addEventListener("DOMContentLoaded", fit);
document.addEventListener("htmx:afterSettle", fit);
window.addEventListener("resize", fit);

// On a telephone long parts begin folded; on paper they are open.
function fold(open) {
  document.querySelectorAll("details[data-fold]").forEach((part) => { part.open = open; });
}
const narrow = window.matchMedia("(max-width: 40rem)");
document.addEventListener("DOMContentLoaded", () => { if (narrow.matches) fold(false); });
window.addEventListener("beforeprint", () => fold(true));

// After a form that was not accepted: to what is wrong.
document.addEventListener("DOMContentLoaded", () => {
  const summary = document.querySelector('form[method="post"] .summary');
  if (summary) { summary.tabIndex = -1; summary.focus(); }
});

// Conveniences. Every page works without them.
"use strict";

// A page that shows work under way looks again by itself.
const busy = document.querySelector("[data-refresh]");
if (busy) setTimeout(() => location.reload(), 1000 * Number(busy.dataset.refresh));

// Files may be dropped on the field for them.
for (const drop of document.querySelectorAll(".drop")) {
  const input = drop.querySelector("input[type=file]");
  const over = (on) => (event) => { event.preventDefault(); drop.classList.toggle("over", on); };
  drop.addEventListener("dragover", over(true));
  drop.addEventListener("dragleave", over(false));
  drop.addEventListener("drop", (event) => {
    over(false)(event);
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// Leaving what was typed and not sent is asked about.
for (const form of document.querySelectorAll("form[data-guard]")) {
  let touched = false;
  form.addEventListener("input", () => { touched = true; });
  form.addEventListener("submit", () => { touched = false; });
  addEventListener("beforeunload", (event) => { if (touched) event.preventDefault(); });
}

// What cannot be taken back is asked about.
document.addEventListener("submit", (event) => {
  const words = event.target.dataset.ask;
  if (words && !confirm(words)) event.preventDefault();
});

// J and K go from finding to finding.
const findings = document.querySelector("[data-findings]");
if (findings) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const step = { j: 1, k: -1 }[event.key.toLowerCase()];
    if (!step) return;
    const all = [...findings.querySelectorAll("a[data-finding]")];
    const now = all.findIndex((link) => link === document.activeElement || link.hasAttribute("aria-current"));
    const next = all[now < 0 ? 0 : now + step];
    if (next) { next.focus(); next.click(); }
  });
  findings.querySelector(".chosen")?.scrollIntoView({ block: "nearest" });
}

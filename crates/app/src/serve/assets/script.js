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

// A block copied from a spreadsheet goes into the cells of a grid, from the one on which it is pasted.
for (const grid of document.querySelectorAll("table[data-grid]")) {
  grid.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text");
    const rows = [...grid.tBodies[0].rows].filter((row) => row.querySelector("[name=cell]"));
    const from = event.target.closest("tr");
    if (!text.includes("\t") && !text.trim().includes("\n")) return;
    event.preventDefault();
    const column = [...from.querySelectorAll("[name=cell]")].indexOf(event.target);
    text.replace(/\r/g, "").replace(/\n$/, "").split("\n").forEach((line, down) => {
      let row = rows[rows.indexOf(from) + down];
      if (!row) {
        row = rows[rows.length - 1].cloneNode(true);
        row.querySelector("th").textContent = rows.length + 1;
        row.querySelectorAll("[name=cell]").forEach((cell) => { cell.value = ""; cell.removeAttribute("id"); });
        grid.tBodies[0].append(row);
        rows.push(row);
      }
      const cells = row.querySelectorAll("[name=cell]");
      line.split("\t").forEach((words, right) => {
        const cell = cells[column + right];
        if (cell) cell.value = words.trim();
      });
    });
    grid.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// <desk-queue>: rows that keep themselves current, walked with j and k, chosen with x; "#10042" jumps.
import { define, fill } from "../../ui/js/core.js";

const GATHER = 150; // milliseconds in which updates are told together
const AT_MOST = 800; // milliseconds between two fetches of the list while a desk is busy
const NUMBER = /^\s*#\s*(\d{1,18})\s*$/;

define("desk-queue", class extends HTMLElement {
  connectedCallback() {
    this.fetchedAt = 0;
    this.fresh = new Set();
    this.at = null; // id of the row the keys stand on
    this.on(document.body, "ticket:created", (event) => this.created(event.detail));
    this.on(document.body, "ticket:updated", () => this.later());
    this.on(document.body, "live:resync", () => this.later());
    this.on(document, "htmx:after:swap", () => this.mark());
    this.on(document, "htmx:config:request", (event) => this.tidy(event));
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("keydown", (event) => this.searched(event));
    this.addEventListener("focusin", (event) => {
      const row = event.target.closest?.("tr[id]");
      if (row) { this.at = row.id; this.mark(); }
    });
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    for (const [target, kind, handler] of this.handlers ?? []) target.removeEventListener(kind, handler);
    this.handlers = [];
  }

  on(target, kind, handler) {
    (this.handlers ??= []).push([target, kind, handler]);
    target.addEventListener(kind, handler);
  }

  get list() { return this.querySelector("#list"); }

  get rows() { return [...this.querySelectorAll("tbody tr[id]")]; }

  // --- live
  created(detail) {
    if (this.list?.dataset.first === "true") { this.later(); return; }
    this.fresh.add(detail.ref);
    const link = this.querySelector("#new-rows");
    if (!link) return;
    link.textContent = this.fresh.size === 1 ? link.dataset.one : fill(link.dataset.many, { n: this.fresh.size });
    link.hidden = false;
  }

  later() {
    if (this.timer) return;
    const wait = Math.max(GATHER, this.fetchedAt + AT_MOST - performance.now());
    this.timer = setTimeout(() => { this.timer = 0; this.refresh(); }, wait);
  }

  async refresh() {
    const list = this.list;
    if (!list) return;
    this.fetchedAt = performance.now();
    list.classList.add("refreshing");
    // The chosen rows are the person's, not the server's: they are put back after the swap.
    const chosen = new Set([...this.querySelectorAll("tbody input:checked")].map((box) => box.value));
    await htmx.ajax("GET", list.dataset.url, { target: "#list", swap: "outerMorph" });
    for (const box of this.querySelectorAll("tbody input[type=checkbox]")) box.checked = chosen.has(box.value);
    this.querySelector("select-rows")?.update?.();
    this.list?.classList.remove("refreshing");
  }

  // --- filters: an address to share has no empty parts
  tidy(event) {
    const { ctx } = event.detail;
    if (ctx.sourceElement?.id !== "filters") return;
    for (const [name, value] of [...ctx.request.body]) if (value === "") ctx.request.body.delete(name);
  }

  searched(event) {
    if (event.key !== "Enter" || !event.target.matches?.('input[type="search"]')) return;
    const number = NUMBER.exec(event.target.value)?.[1];
    if (!number) return;
    event.preventDefault();
    htmx.ajax("GET", `${this.dataset.jump}?number=${number}`, { target: "#dialog-slot", swap: "none" });
  }

  // --- keys
  clicked(event) {
    const mover = event.target.closest("[data-move]");
    if (mover) this.move(Number(mover.dataset.move));
    if (event.target.closest("[data-choose]")) this.row?.querySelector("input[type=checkbox]")?.click();
    const opener = event.target.closest("[data-bulk-dialog]");
    if (opener) {
      const ids = [...this.querySelectorAll("tbody input:checked")].map((box) => box.value);
      htmx.ajax("GET", `${opener.dataset.bulkDialog}&ticket=${ids.join(",")}`, { target: "#dialog-slot", swap: "innerHTML" });
    }
  }

  get row() { return this.at ? document.getElementById(this.at) : null; }

  move(step) {
    const rows = this.rows;
    if (!rows.length) return;
    const now = rows.indexOf(this.row);
    const next = rows[now < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, now + step))];
    this.at = next.id;
    this.mark();
    next.querySelector("a")?.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  mark() {
    for (const row of this.rows) row.classList.toggle("current", row.id === this.at);
  }
});

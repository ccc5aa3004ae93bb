// <live-region topics="ticket:42,department:3" last="811">: one stream a page. An update `ticket.updated` of 42
// becomes the events "ticket:updated" and "ticket:42" on the body, so that panels refetch with
// hx-trigger="ticket:42 from:body, live:resync from:body". What the page may see is decided by the refetch.
import { define } from "./core.js";

const RETRY = 1000, RETRY_MOST = 20_000; // milliseconds between tries, doubled with jitter
const HIDDEN_FOR = 15_000; // a page in the background gives its connection back after this
const SILENT_FOR = 40_000; // the server says something every 15 s; a stream silent for longer is dead
const TELL_AFTER = 2; // tries; a short interruption is nobody's business
const GATHER = 40; // ms, more or less: updates of one action are told once, and not by all pages at the same moment

define("live-region", class extends HTMLElement {
  connectedCallback() {
    this.last = this.getAttribute("last") ?? "";
    this.tries = 0;
    this.waiting = new Map();
    this.onVisible = () => this.watchVisibility();
    document.addEventListener("visibilitychange", this.onVisible);
    addEventListener("online", this.onVisible);
    this.onOffline = () => this.tell(true);
    addEventListener("offline", this.onOffline);
    this.open();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.onVisible);
    removeEventListener("online", this.onVisible);
    removeEventListener("offline", this.onOffline);
    this.close();
    this.tell(false);
  }

  watchVisibility() {
    clearTimeout(this.hiding);
    if (document.hidden) this.hiding = setTimeout(() => this.close(), HIDDEN_FOR);
    else if (!this.stream) { this.tries = 0; this.open(); }
  }

  close() {
    for (const timer of ["retrying", "hiding", "silence"]) clearTimeout(this[timer]);
    this.stream?.abort();
    this.stream = null;
  }

  async open() {
    this.close();
    const stream = new AbortController();
    this.stream = stream;
    const address = new URL(this.getAttribute("url") ?? "/live/events", location.href);
    address.searchParams.set("topics", this.getAttribute("topics") ?? "");
    if (this.last) address.searchParams.set("last", this.last);
    try {
      const response = await fetch(address, { signal: stream.signal, credentials: "same-origin", cache: "no-store" });
      if ([401, 403, 404].includes(response.status)) { this.tell(response.status === 401); return; }
      if (!response.ok) throw new Error(`live: ${response.status}`);
      this.opened();
      await this.read(response.body.pipeThrough(new TextDecoderStream()).getReader(), stream);
    } catch { /* the network went away, or we closed: decided below */ }
    if (this.stream === stream && this.isConnected) this.retry();
  }

  opened() {
    // Without a position the server cannot replay what was missed, so everything is asked for again.
    if (this.wasOpen && !this.last) this.fire("live:resync");
    this.wasOpen = true;
    this.tries = 0;
    this.tell(false);
  }

  retry() {
    this.stream = null;
    const wait = Math.min(RETRY_MOST, RETRY * 2 ** this.tries++) * (0.5 + Math.random());
    this.retrying = setTimeout(() => this.open(), wait);
    if (this.tries > TELL_AFTER) this.tell(true);
  }

  async read(reader, stream) {
    let rest = "";
    for (;;) {
      clearTimeout(this.silence);
      this.silence = setTimeout(() => stream.abort(), SILENT_FOR);
      const { value, done } = await reader.read();
      if (done) return;
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop();
      for (const block of blocks) this.take(block);
    }
  }

  take(block) {
    const fields = {};
    for (const line of block.split("\n")) {
      const [, name, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
      if (name) fields[name] = value;
    }
    if (!fields.event) return;
    if (fields.id) this.last = fields.id;
    if (fields.event === "resync") { this.gather("live:resync", {}); return; }
    const [subject] = fields.event.split(".");
    const detail = { name: fields.event, ref: fields.data, id: fields.id };
    this.gather(fields.event.replaceAll(".", ":"), detail);
    this.gather(`${subject}:${fields.data}`, detail);
  }

  gather(name, detail) {
    this.waiting.set(name, detail);
    this.gathering ??= setTimeout(() => {
      const told = [...this.waiting];
      this.waiting.clear();
      this.gathering = null;
      for (const [event, content] of told) this.fire(event, content);
    }, GATHER * (0.5 + Math.random()));
  }

  fire(name, detail = {}) {
    document.body.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  tell(lost) {
    const banner = document.getElementById("live-banner");
    if (banner) banner.hidden = !lost;
  }
});

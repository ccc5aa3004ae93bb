// The one module of every page. The editor's own code is fetched only where there is an editor.
import { strings, toast } from "./core.js";
import { dressKeys } from "./keys.js";
import { openWaiting } from "./floating.js";
import "./times.js";
import "./elements.js";
import "./recipients.js";
import "./files.js";
import "./finding.js";
import "./draft.js";
import "./live.js";
import "./editor.js";

// A whole page where a part was expected: an error page is told in a toast and the page stays;
// a sign-in page (the session ended) is where the browser goes.
document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  if (!/^\s*<!doctype/i.test(ctx.text ?? "") || ctx.target === document.body || ctx.select) return;
  event.preventDefault();
  if (ctx.response.raw.redirected && ctx.response.status < 400) location.assign(ctx.response.raw.url);
  else toast(/<title>([^<]*)<\/title>/i.exec(ctx.text)?.[1].trim() || strings.request_failed, "error");
});
document.addEventListener("htmx:error", (event) => {
  if (event.detail.error?.name !== "AbortError") toast(strings.request_failed, "error");
});

// Focus is never lost in a swap: it returns to the element of the same id.
let focused = "";
document.addEventListener("htmx:before:swap", () => { focused = document.activeElement?.id ?? ""; });
document.addEventListener("htmx:after:swap", (event) => {
  dressKeys();
  openWaiting();
  const lost = !document.activeElement || document.activeElement === document.body;
  if (lost && focused) document.getElementById(focused)?.focus({ preventScroll: true });
  const summary = event.detail?.ctx?.target?.querySelector?.(".error-summary");
  if (summary) summary.focus();
});

dressKeys();
openWaiting();
document.querySelector(".error-summary")?.focus();

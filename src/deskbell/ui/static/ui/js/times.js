// Keeps <time data-relative="ago|due"> current, and shows what time it is for a person elsewhere.
import { define, fill, language, now, strings, timeZone } from "./core.js";

const MINUTE = 60, HOUR = 3600, DAY = 86400;
const patterns = strings.relative ?? {};

function length(seconds) {
  if (seconds < MINUTE) return patterns.under;
  if (seconds < 100 * MINUTE) return fill(patterns.minutes, { n: Math.floor(seconds / MINUTE) });
  if (seconds < 48 * HOUR) return fill(patterns.hours, { n: Math.floor(seconds / HOUR) });
  return fill(patterns.days, { n: Math.floor(seconds / DAY) });
}

function said(kind, moment) {
  const seconds = (now() - moment) / 1000;
  if (kind === "ago") return seconds < MINUTE ? patterns.now : length(seconds);
  return fill(seconds <= 0 ? patterns.in : patterns.over, { n: length(Math.abs(seconds)) });
}

function refresh() {
  if (document.hidden) return;
  for (const time of document.querySelectorAll("time[data-relative]")) {
    const text = said(time.dataset.relative, Date.parse(time.dateTime));
    if (text && time.textContent !== text) time.textContent = text;
  }
  for (const clock of document.querySelectorAll("local-time")) clock.show();
}

define("local-time", class extends HTMLElement {
  connectedCallback() { this.show(); }

  show() {
    const zone = this.getAttribute("zone");
    if (!zone) return;
    try {
      const parts = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone };
      const day = { weekday: "short", timeZone: zone };
      const there = new Intl.DateTimeFormat(language(), parts).format(now());
      const weekday = new Intl.DateTimeFormat(language(), day);
      const here = new Intl.DateTimeFormat(language(), { weekday: "short", timeZone }).format(now());
      this.textContent = weekday.format(now()) === here ? there : `${weekday.format(now())} ${there}`;
      this.title = zone.replaceAll("_", " ");
    } catch { this.textContent = ""; }
  }
});

setInterval(refresh, 20_000);
document.addEventListener("visibilitychange", refresh);

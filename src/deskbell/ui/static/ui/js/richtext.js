// Between HTML and plain text: what is pasted is cleaned, what is written is also sent as plain text.

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

export function textToHtml(text) {
  if (!text.trim()) return "";
  return text.split(/\n{2,}/).map((part) => `<p>${escaped(part).replaceAll("\n", "<br>")}</p>`).join("");
}

// Parsing alone makes the browser complain about every style and handler the page's policy forbids.
function disarmed(html) {
  return html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/<[a-z][^>]*>/gi, (tag) =>
    tag.replace(/\sstyle\s*=/gi, " data-style=").replace(/\son\w+\s*=/gi, " data-on="));
}

// Mail and office programs bring styles, comments and markup of their own; the structure is kept, the rest goes.
export function cleanPasted(html) {
  const page = new DOMParser().parseFromString(disarmed(html), "text/html");
  for (const node of page.querySelectorAll("style, script, meta, link, title, xml, o\\:p, noscript, iframe, object")) node.remove();
  const comments = page.createNodeIterator(page.body, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (comments.nextNode()) found.push(comments.referenceNode);
  for (const comment of found) comment.remove();
  for (const node of page.body.querySelectorAll("*")) {
    // Google Docs wraps everything in a <b> that is not bold.
    if (node.matches("b[data-style*='font-weight:normal'], b[data-style*='font-weight: normal']")) { node.replaceWith(...node.childNodes); continue; }
    const bold = /font-weight:\s*(bold|[6-9]00)/.test(node.getAttribute("data-style") ?? "");
    for (const { name } of [...node.attributes]) {
      if (!["href", "src", "alt", "title", "colspan", "rowspan", "data-id", "data-type", "data-label", "data-mention-suggestion-char", "data-pm-slice", "start"].includes(name)) node.removeAttribute(name);
    }
    if (bold && node.matches("span")) { const strong = page.createElement("strong"); strong.append(...node.childNodes); node.replaceWith(strong); }
    // A picture of the sender's own mail program cannot be fetched from here.
    if (node.matches("img") && !/^(https?:|\/)/.test(node.getAttribute("src") ?? "")) node.remove();
  }
  return page.body.innerHTML;
}

const BLOCKS = new Set(["P", "DIV", "H1", "H2", "H3", "H4", "PRE", "UL", "OL", "BLOCKQUOTE", "TABLE", "HR", "FIGURE"]);

function inline(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.nodeValue;
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  if (node.tagName === "BR") return node.classList.contains("ProseMirror-trailingBreak") ? "" : "\n";
  if (node.tagName === "IMG") return node.classList.contains("ProseMirror-separator") ? "" : `[${node.alt || "image"}]`;
  const text = [...node.childNodes].map(inline).join("");
  if (node.tagName === "A" && node.getAttribute("href") && !text.includes(node.getAttribute("href").replace(/^(https?:\/\/|mailto:)/, ""))) return `${text} <${node.getAttribute("href")}>`;
  return text;
}

const indented = (text, first, rest) => text.split("\n").map((line, index) => (index ? rest : first) + line).join("\n");

function block(node) {
  switch (node.tagName) {
    case "UL": case "OL": {
      const start = Number(node.getAttribute("start") ?? 1);
      return [...node.children].map((item, index) => {
        const mark = node.tagName === "OL" ? `${start + index}. ` : "- ";
        return indented(blocks(item, "\n"), mark, " ".repeat(mark.length));
      }).join("\n");
    }
    case "BLOCKQUOTE": return indented(blocks(node), "> ", "> ");
    case "TABLE": return [...node.rows].map((row) => [...row.cells].map((cell) => blocks(cell, " ").replaceAll("\n", " ")).join(" | ")).join("\n");
    case "HR": return "---";
    default: return [...node.children].some((child) => BLOCKS.has(child.tagName)) ? blocks(node) : inline(node);
  }
}

function blocks(parent, between = "\n\n") {
  const parts = [];
  for (const node of parent.childNodes) {
    if (node.nodeType === Node.ELEMENT_NODE && (BLOCKS.has(node.tagName) || node.querySelector?.("table"))) parts.push(node.tagName === "DIV" && node.querySelector("table") ? block(node.querySelector("table")) : block(node));
    else if (inline(node)) parts.push(inline(node));
  }
  return parts.join(between);
}

export function plainText(root) {
  return blocks(root).replace(/[ \t]+\n/g, "\n").trim();
}

// Assembles the vendored folders: <name>@<version>/ with the licence and the checksums of every file.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";

const out = process.argv[2];
const modules = join(import.meta.dirname, "node_modules");
const read = (path) => readFileSync(path, "utf8");
const version = (name) => JSON.parse(read(join(modules, name, "package.json"))).version;
const wanted = JSON.parse(read(join(import.meta.dirname, "package.json"))).dependencies;

function folder(name, versionedBy = name) {
  if (version(versionedBy) !== wanted[versionedBy]) throw new Error(`${versionedBy} is not the pinned version`);
  const path = join(out, `${name}@${version(versionedBy)}`);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  return path;
}

function htmx() {
  const target = folder("htmx", "htmx.org");
  cpSync(join(modules, "htmx.org/LICENSE"), join(target, "LICENSE"));
  for (const file of ["dist/htmx.min.js", "dist/ext/hx-sse.min.js"]) {
    // The source maps are not shipped, so the comment that names them would only cause 404s.
    const text = read(join(modules, "htmx.org", file)).replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
    writeFileSync(join(target, basename(file)), text);
  }
}

function lucide() {
  const target = folder("lucide", "lucide-static");
  cpSync(join(modules, "lucide-static/LICENSE"), join(target, "LICENSE"));
  const names = read(join(import.meta.dirname, "icons.txt")).split(/\s+/).filter(Boolean).sort();
  const drawings = {};
  for (const name of names) {
    const svg = read(join(modules, "lucide-static/icons", `${name}.svg`));
    drawings[name] = svg.replace(/^[\s\S]*?<svg[\s\S]*?>/, "").replace("</svg>", "").replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>");
  }
  writeFileSync(join(target, "icons.json"), `${JSON.stringify(drawings, null, 0).replace(/","/g, '",\n"')}\n`);
}

// Every package that ends in the bundle keeps its copyright notice beside it.
function bundledLicences(inputs) {
  const packages = new Set(
    Object.keys(inputs).map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]).filter(Boolean),
  );
  return [...packages].sort().map((name) => {
    const home = join(modules, name);
    const file = readdirSync(home).find((entry) => /^licen[cs]e/i.test(entry));
    const manifest = JSON.parse(read(join(home, "package.json")));
    const text = file ? read(join(home, file)).trim() : `Licence: ${manifest.license}`;
    return `${name} ${manifest.version} (${manifest.license})\n\n${text}\n`;
  });
}

async function tiptap() {
  const target = folder("tiptap", "@tiptap/core");
  const result = await build({
    entryPoints: [join(import.meta.dirname, "editor.mjs")],
    outfile: join(target, "editor.js"),
    bundle: true,
    format: "esm",
    minify: true,
    target: "es2022",
    legalComments: "none",
    metafile: true,
    absWorkingDir: import.meta.dirname,
  });
  writeFileSync(join(target, "LICENSE"), bundledLicences(result.metafile.inputs).join(`\n${"-".repeat(72)}\n\n`));
}

function swagger() {
  const home = join(modules, "swagger-ui-dist");
  const target = folder("swagger-ui", "swagger-ui-dist");
  for (const file of ["swagger-ui-bundle.js", "swagger-ui.css"]) {
    const text = read(join(home, file)).replace(/\n?\/[/*]# sourceMappingURL=[^\n]*\s*$/, "\n");
    writeFileSync(join(target, file), text);
  }
  const notices = ["LICENSE", "NOTICE", "swagger-ui-bundle.js.LICENSE.txt"].map((file) => read(join(home, file)).trim());
  writeFileSync(join(target, "LICENSE"), `${notices.join(`\n\n${"-".repeat(72)}\n\n`)}\n`);
}

function checksums() {
  const lines = [];
  for (const entry of readdirSync(out, { withFileTypes: true }).filter((item) => item.isDirectory())) {
    for (const file of readdirSync(join(out, entry.name)).sort()) {
      const sum = createHash("sha256").update(readFileSync(join(out, entry.name, file))).digest("hex");
      lines.push(`${sum}  ${entry.name}/${file}`);
    }
  }
  writeFileSync(join(out, "SHA256SUMS"), `${lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join("\n")}\n`);
}

mkdirSync(out, { recursive: true });
htmx();
lucide();
swagger();
await tiptap();
checksums();

// Bundles the styles, scripts, fonts and icons of all apps into src/filo/foundation/web/static/dist.
import { build } from "esbuild";
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "node_modules");
const source = resolve(here, "../src/filo");
const dist = join(source, "foundation/web/static/dist");
const layers = ["foundation", "operational", "collaborative", "analytical", "managerial"];

/** The files `<layer>/<topic>/static/<topic>/<topic>.EXT`, `web` first, then layer by layer, each by name. */
async function entries(extension) {
  const found = [];
  for (const layer of layers) {
    const topics = await readdir(join(source, layer), { withFileTypes: true }).catch(() => []);
    for (const topic of topics.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()) {
      const folder = join(source, layer, topic, "static", topic);
      const names = await readdir(folder).catch(() => []);
      if (names.includes(`${topic}.${extension}`)) found.push(join(folder, `${topic}.${extension}`));
    }
  }
  const first = found.filter((path) => basename(path) === `web.${extension}`);
  return [...first, ...found.filter((path) => !first.includes(path))];
}

/** Bundle all entries of one kind into one hashed file; gives its name. */
async function bundle(extension, line) {
  const paths = await entries(extension);
  const result = await build({
    stdin: { contents: paths.map(line).join("\n"), loader: extension, resolveDir: source },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    nodePaths: [packages],
    loader: { ".woff2": "file" },
    outdir: dist,
    entryNames: "app-[hash]",
    assetNames: "[name]-[hash]",
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
  const outputs = Object.entries(result.metafile.outputs);
  const [main, facts] = outputs.find(([, output]) => output.entryPoint);
  return { name: basename(main), bytes: facts.bytes, files: outputs.map(([path]) => basename(path)) };
}

/** Scripts that stand alone, loaded where they are asked for: `static/<topic>/NAME.alone.js` becomes NAME.js. */
async function alone() {
  const found = [];
  for (const layer of layers) {
    const topics = await readdir(join(source, layer), { withFileTypes: true }).catch(() => []);
    for (const topic of topics.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()) {
      const folder = join(source, layer, topic, "static", topic);
      const names = await readdir(folder).catch(() => []);
      for (const name of names.filter((one) => one.endsWith(".alone.js"))) found.push(join(folder, name));
    }
  }
  const made = {};
  for (const path of found) {
    const name = basename(path, ".alone.js");
    const result = await build({
      entryPoints: [path],
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      nodePaths: [packages],
      outdir: dist,
      entryNames: `${name}-[hash]`,
      legalComments: "none",
      metafile: true,
      logLevel: "warning",
    });
    const [main, facts] = Object.entries(result.metafile.outputs)[0];
    made[`${name}.js`] = { name: basename(main), bytes: facts.bytes, files: [basename(main)] };
  }
  return made;
}

/** One file of `<symbol>`s from lucide, for the names that icons.json lists. */
async function sprite() {
  const names = JSON.parse(await readFile(join(here, "icons.json"), "utf8"));
  const unknown = [];
  const symbols = await Promise.all(
    [...new Set(names)].sort().map(async (name) => {
      const svg = await readFile(join(packages, "lucide-static/icons", `${name}.svg`), "utf8").catch(() => null);
      if (svg === null) return unknown.push(name) && "";
      const inner = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s*\n\s*/g, "");
      return `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`;
    }),
  );
  if (unknown.length) {
    console.error(`frontend/icons.json names icons that lucide does not have: ${unknown.join(", ")}`);
    process.exit(1);
  }
  const text = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
  const name = `icons-${createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase()}.svg`;
  await writeFile(join(dist, name), text);
  return { name, bytes: text.length, files: [name] };
}

/** A package's own text, or what it says of itself where it carries none. */
async function licence(name) {
  const told = JSON.parse(await readFile(join(packages, name, "package.json"), "utf8"));
  const short = `${told.license}: ${told.homepage ?? told.repository?.url ?? name}`;
  return readFile(join(packages, name, "LICENSE"), "utf8").catch(() => short);
}

/** The licences of what is bundled, as they ask to be kept with it. */
async function licences() {
  const parts = await Promise.all(
    ["htmx.org", "@fontsource-variable/inter", "lucide-static", "@rrweb/record"].map(
      async (name) => `${name}\n\n${await licence(name)}`,
    ),
  );
  await writeFile(join(dist, "LICENSES.txt"), parts.join("\n\n----\n\n"));
}

await mkdir(dist, { recursive: true });
const built = {
  "app.css": await bundle("css", (path) => `@import "./${relative(source, path)}";`),
  "app.js": await bundle("js", (path) => `import "./${relative(source, path)}";`),
  "icons.svg": await sprite(),
  ...(await alone()),
};
await licences();
const manifest = Object.fromEntries(Object.entries(built).map(([name, made]) => [name, `dist/${made.name}`]));
await writeFile(join(dist, "manifest.json.partial"), `${JSON.stringify(manifest, null, 2)}\n`);
await rename(join(dist, "manifest.json.partial"), join(dist, "manifest.json"));

const kept = new Set(["manifest.json", "LICENSES.txt", ...Object.values(built).flatMap((made) => made.files)]);
// A server that is running still asks for the files it began with: they stay for a week.
const WEEK = 7 * 24 * 3600 * 1000;
for (const name of await readdir(dist)) {
  if (kept.has(name)) continue;
  const { mtimeMs } = await stat(join(dist, name));
  if (Date.now() - mtimeMs > WEEK) await rm(join(dist, name), { recursive: true });
}
if (process.env.FILO_SHOW_SIZES) for (const made of Object.values(built)) console.log(made.name, made.bytes);

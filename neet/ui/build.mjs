// Builds the look: Sass to app.css, print.css and tables.css, scripts to app.js and start.js, and the font beside them.
// Everything lands in build/static/neet, which git ignores.

import { cp, mkdir, rm, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { compile } from "sass"

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, "..", "..")
const out = join(root, "build", "static", "neet")
const inter = join(root, "node_modules", "@fontsource-variable", "inter", "files")

await rm(out, { recursive: true, force: true })
await mkdir(join(out, "fonts"), { recursive: true })

for (const name of ["app", "print", "tables"]) {
  const { css } = compile(join(here, "styles", `${name}.scss`), {
    loadPaths: [join(root, "node_modules")],
    style: "compressed",
    quietDeps: true,
  })
  await writeFile(join(out, `${name}.css`), css)
}

// latin-ext carries the letters of Welsh and Polish names that latin lacks.
for (const part of ["latin", "latin-ext"]) {
  await cp(join(inter, `inter-${part}-wght-normal.woff2`), join(out, "fonts", `inter-${part}.woff2`))
}

await cp(join(here, "images"), out, { recursive: true })

await build({
  entryPoints: [join(here, "scripts", "app.js"), join(here, "scripts", "start.js")],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  legalComments: "none",
  outdir: out,
})

// What the two builds weigh, and whether that is within what a phone on a building site is given. `--json` for the bench.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { gzipSync } from 'node:zlib'

const root = join(import.meta.dirname, '../dist/build')
const MAIN_PACKAGE = 1024 * 1024
const FIRST_LOAD = 250_000
/** Whoever scans a project's code begins here. */
const FIRST_PAGES = ['pages-join-index']

const filesIn = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)

function miniProgram() {
  const folder = join(root, 'mp-weixin')
  const { subPackages = [] } = JSON.parse(readFileSync(join(folder, 'app.json'), 'utf8'))
  const roots = subPackages.map((sub) => sub.root)
  const weights = { main: 0, ...Object.fromEntries(roots.map((name) => [name, 0])) }
  for (const file of filesIn(folder)) {
    const path = relative(folder, file)
    weights[roots.find((name) => path.startsWith(name + sep)) ?? 'main'] += statSync(file).size
  }
  return weights
}

/** The page itself, what it names, and the chunks that the first page imports, each gzipped. */
function firstLoad() {
  const folder = join(root, 'h5')
  const assets = readdirSync(join(folder, 'assets')).filter((name) => !name.endsWith('.gz'))
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  const wanted = new Set(assets.filter((name) => html.includes(name) || FIRST_PAGES.some((page) => name.startsWith(page))))
  for (const name of wanted) {
    if (!name.endsWith('.js') || html.includes(name)) continue
    const code = readFileSync(join(folder, 'assets', name), 'utf8')
    for (const other of assets) if (code.includes(other)) wanted.add(other)
  }
  const zipped = [...wanted].map((name) => gzipSync(readFileSync(join(folder, 'assets', name)), { level: 9 }).length)
  return sum(zipped) + gzipSync(html).length
}

const packages = miniProgram()
const h5 = firstLoad()
const kB = (bytes) => `${(bytes / 1000).toFixed(0)} kB`
if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ main_package: packages.main, sub_packages: packages, h5_first_load_gzip: h5 }))
} else {
  for (const [name, bytes] of Object.entries(packages)) console.log(`mini-program, ${name === 'main' ? 'main package' : `sub-package ${name}`}: ${kB(bytes)}`)
  console.log(`H5, first load, gzipped: ${kB(h5)}`)
}
if (packages.main > MAIN_PACKAGE) throw new Error(`the main package is heavier than ${kB(MAIN_PACKAGE)}`)
if (h5 > FIRST_LOAD) throw new Error(`the first load is heavier than ${kB(FIRST_LOAD)}`)

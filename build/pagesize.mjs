// Adds up the scripts and styles that the built kiosk page loads at its start, gzipped, and fails above the limit.
// Fonts are not counted: they are cut by unicode-range and come as letters need them.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { join } from 'node:path'

const limit = 120 * 1024
const dist = 'frontend/dist'
const seen = new Set()

/** Counts a file and what it imports at once; dynamic imports are loaded later. */
function load(path) {
  if (seen.has(path)) return
  seen.add(path)
  if (!path.endsWith('.js')) return
  const script = readFileSync(join(dist, path), 'utf8')
  for (const [, name] of script.matchAll(/(?:^|[;}\s])import\s*(?:[^'"()]*?from\s*)?["']\.\/([^"']+)["']/g)) {
    load(`assets/${name}`)
  }
}

const page = readFileSync(join(dist, 'kiosk.html'), 'utf8')
for (const [, path] of page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)) load(path)

const sizes = [...seen].map((path) => [path, gzipSync(readFileSync(join(dist, path)), { level: 9 }).length])
const sum = sizes.reduce((total, [, size]) => total + size, 0)
for (const [path, size] of sizes) console.log(`  ${path}: ${size} bytes gzipped`)
console.log(`kiosk page: ${(sum / 1024).toFixed(1)} KB of script and style, limit ${limit / 1024} KB`)
process.exit(sum > 0 && sum <= limit ? 0 : 1)

/**
 * Weighs the built kiosk page: its script and style, compressed as the hall sends them, may be 120 KB in all, so that
 * an old touch machine opens it at once. Run after a build.
 */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const most = 120_000
const dist = new URL('../dist/', import.meta.url)

const page = readFileSync(new URL('kiosk.html', dist), 'utf8')
const files = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, file]) => file)
const weights = files.map((file) => [gzipSync(readFileSync(new URL(file, dist))).length, file])
const total = weights.reduce((sum, [weight]) => sum + weight, 0)

for (const [weight, file] of weights) process.stdout.write(`${String(weight).padStart(8)}  ${file}\n`)
process.stdout.write(`${String(total).padStart(8)}  the kiosk page, of ${most} bytes\n`)
if (total > most || files.length === 0) process.exit(1)

// Reads `go test -json` and tells what a person wants of it: one line a package, the whole output of what failed, and
// at the end the numbers, which it also writes to the file named by its argument. A skipped test counts as failed: what
// is not run proves nothing.
import { createInterface } from 'node:readline'
import { writeFileSync } from 'node:fs'

const count = { pass: 0, fail: 0, skip: 0 }
const outputs = new Map()

for await (const line of createInterface({ input: process.stdin })) {
  let event
  try {
    event = JSON.parse(line)
  } catch {
    console.log(line) // the go command itself, for example a package that does not compile
    continue
  }
  const { Action: action, Package: name, ImportPath: built, Test: test, Output: output, Elapsed: seconds } = event
  const key = `${name ?? built} ${test ?? ''}`
  if (action === 'output' || action === 'build-output') {
    if (!outputs.has(key)) outputs.set(key, [])
    outputs.get(key).push(output)
  } else if (action === 'pass' || action === 'fail' || action === 'skip') {
    // A package that fails while its tests pass did so by itself: it did not compile, or it exited.
    if (test || action === 'fail') report(action, key, test)
    if (!test && action !== 'skip') console.log(`  ${action === 'pass' ? 'ok  ' : 'FAIL'} ${name} ${seconds}s`)
    outputs.delete(key)
  } else if (action === 'build-fail') {
    console.log((outputs.get(key) ?? []).join(''))
  }
}

function report(action, key, test) {
  if (test) count[action]++
  else if (count.fail === 0) count.fail++
  if (action !== 'pass') console.log(`--- ${action.toUpperCase()}: ${key}\n${(outputs.get(key) ?? []).join('')}`)
}

writeFileSync(process.argv[2], `${count.pass} ${count.fail + count.skip}\n`)
process.exit(count.fail + count.skip > 0 ? 1 : 0)

/** A real hall for a script: the program, on a free port, with a data directory of its own. */
import { spawn } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** Starts it, and ends once it answers. `stop` ends it; the data directory is the caller's to remove. */
export async function startHall(program, ...flags) {
  const data = await mkdtemp(join(tmpdir(), 'petitionhall-script-'))
  const hall = spawn(program, ['serve', '--open', '--listen', '127.0.0.1:0', '--data', data, ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const address = await new Promise((found, failed) => {
    hall.once('exit', () => failed(new Error('the hall ended')))
    createInterface({ input: hall.stdout }).on('line', (line) => {
      const at = line.split('ready at ')[1]
      if (at) found(at.trim())
    })
  })
  const stop = async () => {
    const ended = new Promise((done) => hall.once('exit', done))
    hall.kill('SIGTERM')
    await ended
  }
  return { address, data, stop }
}

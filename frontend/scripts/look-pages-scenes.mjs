// The states of which look-pages.mjs takes pictures. `act` brings the page there; window.demo is the hall in the page.

const clerk = [1366, 768]
const wall = [1920, 1080]

const press = (action) => (page) => page.click(`[data-action="${action}"]`)
const demo = (change) => (page) => page.evaluate(change)

export const scenes = [
  { name: 'window-called', path: '/window/3', size: clerk },
  { name: 'window-serving', path: '/window/3', size: clerk, act: press('start') },
  { name: 'window-serving-1080', path: '/window/3', size: wall, act: press('start') },
  { name: 'window-serving-720', path: '/window/3', size: [1280, 720], act: press('start') },
  { name: 'window-serving-650', path: '/window/3', size: [1366, 650], act: press('start') },
  { name: 'window-idle', path: '/window/3', size: clerk, act: press('resolved') },
  { name: 'window-nobody', path: '/window/4', size: clerk },
  { name: 'window-closed', path: '/window/17', size: clerk },
  { name: 'window-paused', path: '/window/12', size: clerk },
  { name: 'window-transfer', path: '/window/3', size: clerk, act: press('transfer') },
  { name: 'window-pause', path: '/window/4', size: clerk, act: press('pause') },
  { name: 'window-close', path: '/window/4', size: clerk, act: press('close') },
  { name: 'window-lost', path: '/window/3', size: clerk, act: demo(() => globalThis.demo.lose()) },
  { name: 'window-unknown', path: '/window/77', size: clerk },
  { name: 'window-choose', path: '/window', size: clerk },
  { name: 'window-serving-en', path: '/window/3?lang=en', size: clerk, act: press('start') },
  { name: 'window-called-en', path: '/window/3?lang=en', size: [1280, 720] },
  { name: 'window-transfer-en', path: '/window/3?lang=en', size: clerk, act: press('transfer') },
]

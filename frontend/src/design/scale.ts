/**
 * Keeps sizes in millimetres on a panel other than the one a page was drawn for: `?panel=217` tells the width of the
 * panel's picture in millimetres (217 for a 10" tablet lying). Then --mm is right, and with it everything drawn in it.
 */
export function applyScale(search = location.search, body = document.body): void {
  const width = Number(new URLSearchParams(search).get('panel'))
  if (width >= 50 && width <= 5000) body.style.setProperty('--mm', `calc(100vw / ${width})`)
}

/** Chooses a theme: paper is the page's own. */
export function applyTheme(theme: 'paper' | 'dark' | 'clear', body = document.body): void {
  if (theme === 'paper') delete body.dataset['theme']
  else body.dataset['theme'] = theme
}

import { onScopeDispose, ref } from 'vue'

/** Where in the page one is: at the list, in a pack, or at its trial. The address says it, so that one may come back. */
export function usePlace() {
  const read = () => {
    const query = new URLSearchParams(location.search)
    return { pack: query.get('pack') ?? '', trial: query.has('trial'), clip: query.get('clip') ?? '' }
  }
  const place = ref(read())

  function go(pack: string, trial = false, clip = ''): void {
    const address = new URL(location.href)
    address.search = ''
    const language = new URLSearchParams(location.search).get('lang')
    if (language) address.searchParams.set('lang', language)
    if (pack) address.searchParams.set('pack', pack)
    if (trial) address.searchParams.set('trial', '')
    if (clip) address.searchParams.set('clip', clip)
    history.pushState(null, '', address)
    place.value = read()
  }

  const back = () => (place.value = read())
  window.addEventListener('popstate', back)
  onScopeDispose(() => window.removeEventListener('popstate', back))
  return { place, go }
}

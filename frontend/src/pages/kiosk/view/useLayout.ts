import { computed, onScopeDispose, ref } from 'vue'

/** The forms a screen is drawn in: the upright and the lying 21.5" panel, and panels that are smaller than a hand's reach. */
export type Form = 'tall' | 'wide' | 'small'

export interface Layout {
  form: Form
  /** The unit of the drawing in CSS pixels: one pixel of the 21.5" panel, 0.248 mm. */
  unit: number
  /** The sheet in units. */
  width: number
  height: number
}

const tall = { width: 1080, height: 1920 }
const unitMillimetres = 0.248

/**
 * Fits the drawing to a viewport. `panel` is the picture's width in millimetres where it was told: then a finger's
 * width stays one, and a panel too small for the whole drawing gets the small form. Otherwise all is scaled to fit.
 */
export function layoutOf(width: number, height: number, panel: number | null): Layout {
  const upright = height >= width
  const drawn = upright ? tall : { width: tall.height, height: tall.width }
  const fit = Math.min(width / drawn.width, height / drawn.height)
  const real = panel ? (width / panel) * unitMillimetres : 0
  if (real > fit * 1.05) return { form: 'small', unit: real, width: width / real, height: height / real }
  return { form: upright ? 'tall' : 'wide', unit: fit, ...drawn }
}

/** The layout of this page's own viewport, as it changes. */
export function useLayout(search = location.search) {
  const told = Number(new URLSearchParams(search).get('panel'))
  const panel = told >= 50 && told <= 5000 ? told : null
  const measure = () => layoutOf(innerWidth, innerHeight, panel)
  const layout = ref(measure())
  const update = () => (layout.value = measure())
  addEventListener('resize', update)
  onScopeDispose(() => removeEventListener('resize', update))
  return computed(() => layout.value)
}

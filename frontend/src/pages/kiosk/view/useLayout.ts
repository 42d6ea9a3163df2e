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

/** A hand reaches so high (millimetres above the floor) from a wheelchair. */
const reach = 1220
/** What is to be touched begins so far down the upright sheet, in units. */
const firstTouch = 428

/**
 * Whether an upright panel hangs too high for a wheelchair. `edge` is the height of the picture's lower edge above the
 * floor in millimetres, where it was told; `panel` its width.
 */
export function hangsHigh(edge: number | null, panel: number | null): boolean {
  if (!edge) return false
  const unit = panel ? panel / tall.width : unitMillimetres
  return edge + (tall.height - firstTouch) * unit > reach + 1
}

function told(search: string, name: string, least: number, most: number): number | null {
  const value = Number(new URLSearchParams(search).get(name))
  return value >= least && value <= most ? value : null
}

/** What was told of the panel: its width and how high it hangs, in millimetres. */
export function panelOf(search = location.search) {
  return { panel: told(search, 'panel', 50, 5000), edge: told(search, 'edge', 200, 2000) }
}

/** The layout of this page's own viewport, as it changes. */
export function useLayout(search = location.search) {
  const { panel } = panelOf(search)
  const measure = () => layoutOf(innerWidth, innerHeight, panel)
  const layout = ref(measure())
  const update = () => (layout.value = measure())
  addEventListener('resize', update)
  onScopeDispose(() => removeEventListener('resize', update))
  return computed(() => layout.value)
}

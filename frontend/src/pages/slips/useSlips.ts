import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { toHallError } from '@/client/errors'
import { answer, openApi } from '@/client/http'
import type { components } from '@/client/schema'

type Template = components['schemas']['Template']

/** How long (milliseconds) the text rests before its picture is asked for. */
const rest = 250

/** The hall's slips, the one that is being written, and the picture of it. */
export function useSlips() {
  const api = openApi()
  const all = shallowRef<Template[]>([])
  const name = ref('ticket')
  const text = ref('')
  const width = ref<58 | 80>(80)
  const english = ref(false)
  const reprint = ref(false)
  const picture = ref('')
  const bytes = ref(0)
  /** Why the text is no slip, or was not kept; null when nothing is wrong. */
  const wrong = shallowRef<unknown>(null)
  const note = ref<'' | 'saved' | 'given'>('')

  const present = computed(() => all.value.find((one) => one.name === name.value))
  const changed = computed(() => present.value !== undefined && text.value !== present.value.text)

  function take(templates: Template[]): void {
    all.value = templates
    text.value = present.value?.text ?? ''
  }

  async function load(): Promise<void> {
    take(await answer(api.GET('/api/v1/slips')))
  }

  function choose(other: string): void {
    name.value = other
    text.value = present.value?.text ?? ''
    note.value = ''
  }

  let asked = 0
  async function look(): Promise<void> {
    const mine = ++asked
    const body = {
      name: name.value,
      text: text.value,
      width: width.value,
      language: english.value ? 'en' : 'zh',
      reprint: reprint.value,
    }
    const response = await fetch('/api/v1/slips/preview', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }).catch(() => null)
    if (mine !== asked || !response) return
    if (!response.ok) {
      wrong.value = toHallError(await response.json())
      return
    }
    wrong.value = null
    bytes.value = Number(response.headers.get('Slip-Bytes'))
    const shown = URL.createObjectURL(await response.blob())
    if (picture.value) URL.revokeObjectURL(picture.value)
    picture.value = shown
  }

  async function save(): Promise<void> {
    await keep(async () =>
      answer(
        api.PUT('/api/v1/slips/{name}', {
          params: { path: { name: name.value } },
          body: { text: text.value },
        }),
      ),
    )
    if (wrong.value === null) note.value = 'saved'
  }

  async function reset(): Promise<void> {
    await keep(async () =>
      answer(api.DELETE('/api/v1/slips/{name}', { params: { path: { name: name.value } } })),
    )
    note.value = 'given'
  }

  async function keep(what: () => Promise<Template[]>): Promise<void> {
    try {
      take(await what())
      wrong.value = null
    } catch (cause) {
      wrong.value = cause
    }
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  watch([name, text, width, english, reprint], () => {
    clearTimeout(timer)
    timer = setTimeout(() => void look(), rest)
  })
  watch(text, (_, before) => {
    if (before) note.value = ''
  })
  onScopeDispose(() => clearTimeout(timer))
  void load()

  return {
    all,
    name,
    text,
    width,
    english,
    reprint,
    picture,
    bytes,
    wrong,
    note,
    present,
    changed,
    choose,
    save,
    reset,
  }
}

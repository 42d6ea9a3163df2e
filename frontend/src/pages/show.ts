import { mount, type VueWrapper } from '@vue/test-utils'
import type { App, Component } from 'vue'
import { provideClient, type AnyClient } from '@/client'
import { installLanguages, type MessageFiles } from '@/locales'

const messages: MessageFiles = import.meta.glob(['../locales/*/*.ts', '!../locales/*/{language,words}.ts'], {
  eager: true,
  import: 'default',
})

/** Mounts a component as its page would, on a client of the test's. For tests only. */
export function show(
  component: Component,
  client: AnyClient,
  props: Record<string, unknown> = {},
): VueWrapper {
  const page = {
    install(app: App) {
      void installLanguages(app, messages, {}, 'languages' in client ? client : undefined)
      provideClient(app, client)
    },
  }
  return mount(component, { props, attachTo: document.body, global: { plugins: [page] } })
}

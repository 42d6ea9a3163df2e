import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { type Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The pages of the hall: each is one HTML file with its own small script. */
const pages = ['index', 'kiosk', 'window', 'board', 'strip', 'rate', 'track', 'slips', 'voice']

/** The addresses of interface version 1, as the hall's server maps them to the files above. */
const addresses: [RegExp, string][] = [
  [/^\/kiosk\/?$/, '/kiosk.html'],
  [/^\/window(\/[^/.]*)?\/?$/, '/window.html'],
  [/^\/board\/?$/, '/board.html'],
  [/^\/slips\/?$/, '/slips.html'],
  [/^\/voice\/?$/, '/voice.html'],
  [/^\/strip\/[^/.]+\/?$/, '/strip.html'],
  [/^\/rate\/[^/.]+\/?$/, '/rate.html'],
  [/^\/T\/[^/.]+$/, '/track.html'],
]

/** Gives `vite dev` the same addresses as the server, so that links work in both. */
function addressesLikeTheServer(): Plugin {
  return {
    name: 'addresses-like-the-server',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const [path = '/', query] = (request.url ?? '/').split('?')
        const page = addresses.find(([pattern]) => pattern.test(path))?.[1]
        if (page) request.url = query ? `${page}?${query}` : page
        next()
      })
    },
  }
}

/**
 * vue-i18n looks a name up in the whole of Vue at run time, which would keep all of Vue, the parts for servers too, in
 * each page. It needs one function of it.
 */
function onlyTheVueThatIsUsed(): Plugin {
  const whole = "import * as Vue from 'vue'"
  const one =
    "import { getCurrentInstance as instance } from 'vue'\nconst Vue = { getCurrentInstance: instance }\n"
  return {
    name: 'only-the-vue-that-is-used',
    apply: 'build',
    transform(code, id) {
      if (/node_modules\/vue-i18n\//.test(id) && code.includes(whole)) return code.replace(whole, one)
      return undefined
    },
  }
}

/** The font's cuts for emoji, private signs, and alphabets that no page has, would only lengthen every page's style. */
function onlyTheLettersThatAreUsed(): Plugin {
  return {
    name: 'only-the-letters-that-are-used',
    enforce: 'pre',
    transform(code, id) {
      if (!/@fontsource-variable\/noto-sans-sc\/index\.css/.test(id)) return undefined
      return code.replace(/@font-face\s*\{[^}]*sc-(?:4|6|cyrillic|vietnamese|latin-ext)-[^}]*\}/g, '')
    },
  }
}

export default defineConfig({
  plugins: [vue(), addressesLikeTheServer(), onlyTheVueThatIsUsed(), onlyTheLettersThatAreUsed()],
  resolve: { alias: { '@': here('./src') } },
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
    // Compiles messages to a syntax tree instead of `new Function`, which a strict content policy forbids.
    __INTLIFY_JIT_COMPILATION__: 'true',
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
  build: {
    target: ['chrome100', 'safari15'],
    // The polyfill would be an inline script; every browser of the target knows modulepreload or does without.
    modulePreload: { polyfill: false },
    // Data URLs for fonts would need `font-src data:` in the content policy.
    assetsInlineLimit: 0,
    rollupOptions: {
      input: Object.fromEntries(pages.map((page) => [page, here(`./${page}.html`)])),
      // The style of every page names each of the font's ninety files: four letters tell two versions of one apart.
      output: { assetFileNames: 'assets/[name]-[hash:4][extname]' },
    },
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'] },
})

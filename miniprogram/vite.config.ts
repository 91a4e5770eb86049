import uniPlugin from '@dcloudio/vite-plugin-uni'
import { defineConfig, type PluginOption } from 'vite'
import { gzip } from './build/gzip'
import { own } from './build/own'

// The package is CommonJS: what is exported stands under `default` once more.
type Uni = (options: object) => PluginOption
const uni = ((uniPlugin as unknown as { default?: Uni }).default ?? uniPlugin) as Uni

const isH5 = process.env['UNI_PLATFORM'] === 'h5'

/** Who has opened one page of the registration has them all: on a site the network goes between two steps. */
const together = (id: string) => (/\/src\/(pages\/)?join\//.test(id) ? 'join' : undefined)

const backend = process.env['MINGCE_BACKEND'] ?? 'http://127.0.0.1:8080'

export default defineConfig({
  // Destructured props stay live, as they do by themselves from Vue 3.5 on.
  // Files are served packed as they were built; a mini-program's are packed by WeChat.
  plugins: [uni({ vueOptions: { script: { propsDestructure: true } } }), ...(isH5 ? [own(), gzip()] : [])],
  build: { target: 'es2018', reportCompressedSize: false, ...(isH5 && { rollupOptions: { output: { manualChunks: together } } }) },
  server: { port: 5180, proxy: { '/api': { target: backend }, '/files': { target: backend }, '/wechat': { target: backend } } },
})

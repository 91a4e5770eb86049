import uniPlugin from '@dcloudio/vite-plugin-uni'
import { defineConfig, type PluginOption } from 'vite'
import { gzip } from './build/gzip'

// The package is CommonJS: what is exported stands under `default` once more.
type Uni = (options: object) => PluginOption
const uni = ((uniPlugin as unknown as { default?: Uni }).default ?? uniPlugin) as Uni

const backend = process.env['MINGCE_BACKEND'] ?? 'http://127.0.0.1:8080'

export default defineConfig({
  // Destructured props stay live, as they do by themselves from Vue 3.5 on.
  // Files are served packed as they were built; a mini-program's are packed by WeChat.
  plugins: [uni({ vueOptions: { script: { propsDestructure: true } } }), ...(process.env['UNI_PLATFORM'] === 'h5' ? [gzip()] : [])],
  build: { target: 'es2018', reportCompressedSize: false },
  server: { port: 5180, proxy: { '/api': { target: backend }, '/files': { target: backend }, '/wechat': { target: backend } } },
})

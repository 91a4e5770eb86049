import uniPlugin from '@dcloudio/vite-plugin-uni'
import { defineConfig, type PluginOption } from 'vite'

// The package is CommonJS: what is exported stands under `default` once more.
const uni = ((uniPlugin as unknown as { default?: () => PluginOption }).default ?? uniPlugin) as () => PluginOption

const backend = process.env['MINGCE_BACKEND'] ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [uni()],
  build: { target: 'es2018', reportCompressedSize: false },
  server: { port: 5180, proxy: { '/api': { target: backend }, '/files': { target: backend }, '/wechat': { target: backend } } },
})

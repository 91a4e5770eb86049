import uniPlugin from '@dcloudio/vite-plugin-uni'
import { defineConfig, type PluginOption } from 'vite'
import { gzip } from './build/gzip'

// The package is CommonJS: what is exported stands under `default` once more.
const uni = ((uniPlugin as unknown as { default?: () => PluginOption }).default ?? uniPlugin) as () => PluginOption

const backend = process.env['MINGCE_BACKEND'] ?? 'http://127.0.0.1:8080'

export default defineConfig({
  // Files are served packed as they were built; a mini-program's are packed by WeChat.
  plugins: [uni(), ...(process.env['UNI_PLATFORM'] === 'h5' ? [gzip()] : [])],
  build: { target: 'es2018', reportCompressedSize: false },
  server: { port: 5180, proxy: { '/api': { target: backend }, '/files': { target: backend }, '/wechat': { target: backend } } },
})

import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import Components from 'unplugin-vue-components/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import { defineConfig } from 'vitest/config'
import { gzip } from './build/gzip.ts'
import { mock } from './mock/plugin.ts'

const backend = process.env['MINGCE_BACKEND'] ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [
    vue(),
    // Element Plus components are resolved as they are used; ours are imported by hand, so no file is generated.
    Components({ dts: false, dirs: [], resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
    gzip(),
    mock(),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022',
    assetsInlineLimit: 2048,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
    // The API document is a page of its own.
    rollupOptions: { input: ['index.html', 'docs.html'] },
  },
  // All at once: finding them page by page would reload the page under one's hands.
  optimizeDeps: { include: ['element-plus', 'element-plus/es/components/*/style/css', 'leaflet', 'echarts/core', 'echarts/charts', 'echarts/components', 'echarts/renderers', 'vue-echarts'] },
  server: {
    proxy: Object.fromEntries(['/api', '/files', '/readyz'].map((path) => [path, { target: backend }])),
  },
  test: {
    environment: 'happy-dom',
    include: ['tests/**/*.test.ts', 'src/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    server: { deps: { inline: ['element-plus'] } },
  },
})

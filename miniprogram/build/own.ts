import type { Plugin } from 'vite'

const FOREIGN = /url\((["']?)https?:[^)]*\1\)/g
const PICTURE = 'rootRef.value.appendChild(img);'
const SHEET = / *<link rel="stylesheet"[^>]*>\n/g

/** What the framework's build does not do for pages that are opened at a gate. */
export function own(): Plugin {
  return {
    name: 'mingce-own',
    apply: 'build',
    /** Its picture element has the name; the picture within it is no second one. */
    transform: (code) => (code.includes(PICTURE) ? code.replace(PICTURE, `img.alt = '';${PICTURE}`) : null),
    /** Its style sheets show pictures of its maker's server. Nothing here asks another machine. */
    generateBundle(_options, bundle) {
      for (const asset of Object.values(bundle)) {
        if (asset.type !== 'asset' || !asset.fileName.endsWith('.css')) continue
        asset.source = asset.source.toString().replace(FOREIGN, 'none')
      }
    },
    /** Nothing is drawn before the sheets that stand above it are there: they go below what is seen first. */
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replace(SHEET, '').replace('</main>\n    </div>\n', `</main>\n    </div>\n${(html.match(SHEET) ?? []).join('')}`),
    },
  }
}

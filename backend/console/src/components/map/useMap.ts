import L from 'leaflet'
import 'leaflet/dist/leaflet.css'
import { onBeforeUnmount, onMounted, watch, type Ref } from 'vue'
import type { Settings } from '@/composables/useSettings'
import type { Position } from '../form/types'
import { rounded } from './place'

const CHINA: L.LatLngTuple = [34.5, 105.5]
const COUNTRY_ZOOM = 4
const SITE_ZOOM = 15

/** Drawn here, because Leaflet's own picture is a file that its style sheet looks for in the wrong place. */
const PIN = `<svg viewBox="0 0 28 38" width="28" height="38" aria-hidden="true">
  <path d="M14 37C14 37 27 23.600 27 14A13 13 0 0 0 1 14C1 23.600 14 37 14 37Z" fill="#c0402c" stroke="#fff" stroke-width="1.500"/>
  <circle cx="14" cy="14" r="5" fill="#fff"/></svg>`

interface Options {
  host: Ref<HTMLElement | undefined>
  position: Ref<Position | null | undefined>
  settings: Ref<Settings | undefined>
  disabled: () => boolean
}

/** Leaflet and our position, each following the other. */
export function useMap({ host, position, settings, disabled }: Options) {
  let map: L.Map | undefined
  let marker: L.Marker | undefined
  let background: L.GridLayer | undefined
  let resize: ResizeObserver | undefined

  function show(place: Position | null | undefined, move: boolean): void {
    if (!map) return
    if (!place) {
      marker?.remove()
      marker = undefined
      return
    }
    const at: L.LatLngTuple = [place.latitude, place.longitude]
    if (marker) marker.setLatLng(at)
    else marker = pin(at).addTo(map)
    if (move) map.setView(at, Math.max(map.getZoom(), SITE_ZOOM))
  }

  function pin(at: L.LatLngTuple): L.Marker {
    const icon = L.divIcon({ html: PIN, className: 'map-pin', iconSize: [28, 38], iconAnchor: [14, 37] })
    const made = L.marker(at, { icon, draggable: !disabled(), autoPan: true, alt: '项目位置' })
    made.on('dragend', () => put(made.getLatLng()))
    return made
  }

  function put(at: L.LatLng): void {
    const { lng, lat } = at.wrap()
    position.value = rounded(lng, lat)
  }

  function drawBackground(): void {
    if (!map || !settings.value) return
    background?.remove()
    const { tile_url: url, attribution } = settings.value.map
    background = url ? L.tileLayer(url, { attribution, maxZoom: 19 }) : new L.GridLayer({ className: 'map-grid' })
    background.addTo(map)
  }

  onMounted(() => {
    if (!host.value) return
    map = L.map(host.value, { center: CHINA, zoom: COUNTRY_ZOOM, maxZoom: 19, minZoom: 3, zoomControl: false })
    map.attributionControl.setPrefix(false)
    L.control.zoom({ zoomInTitle: '放大', zoomOutTitle: '缩小' }).addTo(map)
    L.control.scale({ imperial: false }).addTo(map)
    map.on('click', ({ latlng }: L.LeafletMouseEvent) => disabled() || put(latlng))
    show(position.value, true)
    drawBackground()
    // A dialog grows while it opens, and Leaflet measures only when told.
    resize = new ResizeObserver(() => map?.invalidateSize({ pan: false }))
    resize.observe(host.value)
  })
  onBeforeUnmount(() => {
    resize?.disconnect()
    map?.remove()
    map = undefined
  })

  watch(settings, drawBackground)
  watch(position, (now) => show(now, false))

  return { lookAt: (place: Position) => show(place, true) }
}

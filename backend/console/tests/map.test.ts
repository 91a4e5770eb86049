import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import MapPicker from '@/components/map/MapPicker.vue'
import { readDegrees, readPair } from '@/components/map/place'
import { show } from './support/mount'
import { serve } from './support/server'

const settings = (map: object) => ({ demo: true, version: '1', public_url: '', upload_limit: 1, map })

beforeEach(() => {
  vi.stubGlobal('ResizeObserver', class { observe() {} disconnect() {} })
})

describe('coordinates as people write them', () => {
  it.each([['113.0819', 113.0819], [' １１３.５ ', 113.5], ['-12', -12], ['181', null], ['113°', null], ['', null]])('%j', (text, degrees) => {
    expect(readDegrees(text, 180)).toBe(degrees)
  })

  it('a copied pair is read whichever way round', () => {
    const place = { longitude: 113.0819, latitude: 22.5789 }
    expect(readPair('113.0819,22.5789')).toEqual(place)
    expect(readPair('22.5789， 113.0819')).toEqual(place)
    expect(readPair('蓬江区')).toBeNull()
  })
})

describe('the map without tiles', () => {
  it('draws its own grid, asks no other host and offers no search', async () => {
    const calls = serve(() => ({ body: settings({ tile_url: '', attribution: '', geocoder: false }) }))
    const { wrapper } = await show(MapPicker, { props: { modelValue: { longitude: 113.0819, latitude: 22.5789 } } })
    expect(calls.map((call) => call.path)).toEqual(['/settings'])
    expect(wrapper.find('.map-grid').exists()).toBe(true)
    expect(wrapper.find('img').exists()).toBe(false)
    expect(wrapper.find('.map-pin').exists()).toBe(true)
    expect(wrapper.find('[aria-label="搜索地址"]').exists()).toBe(false)
  })

  it('takes typed coordinates, rounded, and says what is wrong with others', async () => {
    serve(() => ({ body: settings({ tile_url: '', attribution: '', geocoder: false }) }))
    const { wrapper } = await show(MapPicker, { props: { modelValue: null } })
    const [east, north] = wrapper.findAll('input')
    await east?.setValue('113.08190123')
    await east?.trigger('change')
    expect(wrapper.emitted('update:modelValue')).toBeUndefined()
    await north?.setValue('22.5789')
    await north?.trigger('change')
    expect(wrapper.emitted('update:modelValue')?.at(-1)).toEqual([{ longitude: 113.081901, latitude: 22.5789 }])
    await north?.setValue('95')
    await north?.trigger('change')
    await flushPromises()
    expect(wrapper.text()).toContain('纬度应为')
  })

  it('searches an address where the platform has a geocoder', async () => {
    const place = { name: '江门市蓬江区', longitude: 113.07, latitude: 22.59 }
    serve(({ path }) => (path === '/geocode' ? { body: [place] } : { body: settings({ tile_url: '', attribution: '', geocoder: true }) }))
    const { wrapper } = await show(MapPicker, { props: { modelValue: null } })
    const search = wrapper.find('input[aria-label="搜索地址"]')
    await search.setValue('蓬江')
    await search.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    await wrapper.find('.search li button').trigger('click')
    expect(wrapper.emitted('update:modelValue')?.at(-1)).toEqual([{ longitude: 113.07, latitude: 22.59 }])
  })
})

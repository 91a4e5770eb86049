import { describe, expect, it } from 'vitest'
import { pdfOf } from './pdf'
import { linesOf, spaced } from './words'

describe('the poster', () => {
  it('is a PDF whose table leads to its objects', () => {
    const bytes = pdfOf(new Uint8Array([0xff, 0xd8, 0xff, 0xd9]), 2480, 3508)
    const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
    const start = Number(/startxref\n(\d+)/.exec(text)?.[1])
    expect(text.slice(start, start + 4)).toBe('xref')
    const offsets = [...text.slice(start).matchAll(/(\d{10}) 00000 n/g)].map((match) => Number(match[1]))
    expect(offsets).toHaveLength(5)
    offsets.forEach((offset, at) => expect(text.slice(offset)).toMatch(new RegExp(`^${at + 1} 0 obj`)))
    expect(text).toContain('/DCTDecode')
  })

  it('prints every name within its width', () => {
    for (const length of [2, 8, 14, 20, 33, 60, 100]) {
      const { lines, size } = linesOf('工'.repeat(length))
      expect(lines.join('')).toHaveLength(length)
      expect(lines.length).toBeLessThanOrEqual(3)
      for (const line of lines) expect(line.length * size).toBeLessThanOrEqual(181)
    }
    expect(linesOf('滨江花园').size).toBe(13)
  })

  it('spaces a code to be read aloud', () => {
    expect(spaced('ABCDEFGHJKMN')).toBe('ABCD EFGH JKMN')
  })
})

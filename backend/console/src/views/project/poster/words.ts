/** A name on paper: as large as its length allows, in lines of about the same length. */
export interface Lines {
  lines: string[]
  /** Of the letters, in millimetres. */
  size: number
}

const WIDTH = 178
const LARGEST = 13
const SMALLEST = 7

export function linesOf(name: string): Lines {
  const letters = [...name.trim()]
  for (let count = 1; count <= 3; count++) {
    const perLine = Math.ceil(letters.length / count)
    const size = Math.min(LARGEST, WIDTH / Math.max(perLine, 1))
    if (size >= SMALLEST + 2 || count === 3) {
      const lines = Array.from({ length: count }, (_, at) => letters.slice(at * perLine, (at + 1) * perLine).join('')).filter(Boolean)
      return { lines, size: Math.max(Math.min(size, LARGEST - (count - 1) * 1.5), 4.5) }
    }
  }
  return { lines: [name], size: SMALLEST }
}

/** ABCD EFGH JKMN: to be read aloud. */
export const spaced = (code: string) => code.replace(/(.{4})(?=.)/g, '$1 ')

export interface Step {
  title: string
  hint: string
  /** Drawn in a field of 24 by 24. */
  paths: string[]
}

export const STEPS: readonly Step[] = [
  {
    title: '微信扫码',
    hint: '打开微信“扫一扫”',
    paths: ['M8 2h8a1.6 1.6 0 0 1 1.6 1.6v16.8A1.6 1.6 0 0 1 16 22H8a1.6 1.6 0 0 1-1.6-1.6V3.6A1.6 1.6 0 0 1 8 2Z', 'M9.2 8h2v2h-2zM12.8 8h2v2h-2zM9.2 11.6h2v2h-2zM12.8 11.6h2v2h-2z', 'M11 19.2h2'],
  },
  {
    title: '拍身份证',
    hint: '正反两面，自动识别',
    paths: ['M2.5 5.5h19v13h-19z', 'M7.6 10.1a1.7 1.7 0 1 0 .01 0ZM4.9 15.8c.4-1.9 1.4-2.7 2.7-2.7s2.3.8 2.7 2.7', 'M13.2 9.4h5.6M13.2 12.2h5.6M13.2 15h3.6'],
  },
  {
    title: '拍人脸',
    hint: '本人正对镜头',
    paths: ['M3 7.5V4.6A1.6 1.6 0 0 1 4.6 3h2.9M16.5 3h2.9A1.6 1.6 0 0 1 21 4.6v2.9M21 16.5v2.9a1.6 1.6 0 0 1-1.6 1.6h-2.9M7.5 21H4.600A1.6 1.6 0 0 1 3 19.4v-2.900', 'M12 6.6c-2.500 0-4 1.9-4 4.600s1.700 5.700 4 5.700 4-3 4-5.700-1.500-4.600-4-4.600Z', 'M10.400 10.900v.4M13.600 10.900v.4M10.500 14c.9.7 2.100.7 3 0'],
  },
  {
    title: '选班组',
    hint: '填工种和工资卡',
    paths: ['M4.500 13a7.500 7.500 0 0 1 15 0', 'M2.800 13h18.400v2.600H2.800z', 'M10 6v4.500M14 6v4.500', 'M6.500 15.600v2.200a5.500 3.800 0 0 0 11 0v-2.200'],
  },
  {
    title: '等待审核',
    hint: '通过后微信通知',
    paths: ['M12 3a9 9 0 1 0 .01 0Z', 'm7.800 12.300 2.900 2.900 5.600-6'],
  },
]

/**
 * A PDF of one A4 page that is one picture. The browser makes it, and not the server: it has the letters that Chinese is
 * printed with, and what a clerk saw is what hangs at the gate, on whatever machine it is printed.
 */
const A4 = { width: 595.28, height: 841.89 }

export function pdfOf(jpeg: Uint8Array, width: number, height: number): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = []
  const offsets: number[] = []
  let length = 0
  const put = (part: string | Uint8Array) => {
    const bytes = typeof part === 'string' ? new TextEncoder().encode(part) : part
    parts.push(bytes)
    length += bytes.length
  }
  const object = (body: string, stream?: Uint8Array | string) => {
    offsets.push(length)
    put(`${offsets.length} 0 obj\n${body}\n`)
    if (stream !== undefined) {
      put('stream\n')
      put(stream)
      put('\nendstream\n')
    }
    put('endobj\n')
  }
  const draw = `q ${A4.width} 0 0 ${A4.height} 0 0 cm /Poster Do Q`
  put('%PDF-1.4\n')
  object('<< /Type /Catalog /Pages 2 0 R >>')
  object('<< /Type /Pages /Kids [3 0 R] /Count 1 >>')
  object(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${A4.width} ${A4.height}] /Resources << /XObject << /Poster 4 0 R >> >> /Contents 5 0 R >>`)
  object(
    `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length} >>`,
    jpeg,
  )
  object(`<< /Length ${draw.length} >>`, draw)
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const start = length
  put(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${offsets.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`)
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Three hundred dots an inch: a code that is scanned from two metres has sharp edges. */
const PIXELS = { width: 2480, height: 3508 }

/** What is drawn, as a PDF. */
export async function pdfOfSvg(svg: SVGSVGElement): Promise<Blob> {
  const text = new XMLSerializer().serializeToString(svg)
  const picture = new Image()
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
  await picture.decode()
  const canvas = document.createElement('canvas')
  canvas.width = PIXELS.width
  canvas.height = PIXELS.height
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, PIXELS.width, PIXELS.height)
  context.drawImage(picture, 0, 0, PIXELS.width, PIXELS.height)
  const jpeg = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.92))
  if (!jpeg) throw new Error('no picture')
  return new Blob([pdfOf(new Uint8Array(await jpeg.arrayBuffer()), PIXELS.width, PIXELS.height)], { type: 'application/pdf' })
}

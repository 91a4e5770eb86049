/** Puts text into the clipboard. Over plain HTTP a page has no clipboard; the old way still works there. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = Object.assign(document.createElement('textarea'), { value: text, readOnly: true })
    // Inside an open dialog focus is trapped, so the text must be there as well.
    const host = document.querySelector('.el-overlay-dialog') ?? document.body
    host.append(area)
    area.select()
    const done = document.execCommand('copy')
    area.remove()
    return done
  }
}
